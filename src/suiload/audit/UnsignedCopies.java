package suiload.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The copies of signed jars that the program runs from ({@code build/unsigned}), since the JVM would verify a signed jar anew at each
 * start. All that a copy may lack of its original in {@code lib/runtime} is the signature.
 */
final class UnsignedCopies {
    static final String FOLDER = "build/unsigned";
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|MANIFEST\\.MF)|(.+/)?module-info\\.class");

    private UnsignedCopies() {}

    /** Names of the files that are copies, in order. */
    static List<String> names(Path home) throws IOException {
        Path folder = home.resolve(FOLDER);
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** What is wrong with the copies, each naming the file and where it differs. */
    static List<String> problems(Path home) throws IOException {
        List<String> problems = new ArrayList<>();
        for (String name : names(home)) {
            Path original = home.resolve("lib/runtime").resolve(name);
            Path copy = home.resolve(FOLDER).resolve(name);
            if (!Files.exists(original)) {
                problems.add("unexpected file: " + home.relativize(copy));
                continue;
            }
            firstDifference(original, copy).ifPresent(entry ->
                    problems.add("altered: " + home.relativize(copy) + " differs from lib/runtime/" + name + " in " + entry));
        }
        return problems;
    }

    private static Optional<String> firstDifference(Path original, Path copy) throws IOException {
        try (var one = new ZipFile(original.toFile()); var other = new ZipFile(copy.toFile())) {
            Map<String, ZipEntry> expected = entries(one);
            Map<String, ZipEntry> found = entries(other);
            var all = new TreeSet<>(expected.keySet());
            all.addAll(found.keySet());
            for (String name : all) {
                boolean same = expected.containsKey(name) && found.containsKey(name)
                        && Arrays.equals(bytes(one, expected.get(name)), bytes(other, found.get(name)));
                if (!same) return Optional.of(name);
            }
            return Optional.empty();
        } catch (ZipException unreadable) {
            return Optional.of("everything: " + unreadable.getMessage());
        }
    }

    private static Map<String, ZipEntry> entries(ZipFile jar) {
        Map<String, ZipEntry> entries = new TreeMap<>();
        jar.stream().filter(entry -> !entry.isDirectory() && !SIGNATURE.matcher(entry.getName()).matches())
                .forEach(entry -> entries.put(entry.getName(), entry));
        return entries;
    }

    private static byte[] bytes(ZipFile jar, ZipEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
