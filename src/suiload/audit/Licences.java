package suiload.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The licence texts in {@code lib/licences}. A text is named after the beginning of an artifact's name, or after the SPDX
 * id where the standard text applies as it is. Where a jar carries its licence, the kept text must be that one.
 */
record Licences(Path folder, List<String> texts) {
    private static final String ENDING = ".txt";
    private static final Pattern IN_JAR = Pattern.compile("(.*/)?LICENSE(\\.txt|\\.md)?");

    static Licences read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return new Licences(folder, List.of());
        try (Stream<Path> files = Files.list(folder)) {
            return new Licences(folder, files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(ENDING)).sorted()
                    .toList());
        }
    }

    /** The file with the text for {@code locked}: the longest name that its artifact's begins with, else its SPDX id's. */
    Optional<String> textOf(Locked locked) {
        return texts.stream().filter(text -> locked.artifact().name().startsWith(stem(text)))
                .max(Comparator.comparingInt(String::length))
                .or(() -> texts.stream().filter(text -> stem(text).equals(locked.licence())).findFirst());
    }

    /** Whether the kept text stands in the jar, too; true for a jar that carries none. */
    boolean agreesWithJar(String text, Path jar) throws IOException {
        byte[] kept = Files.readAllBytes(folder.resolve(text));
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            List<JarEntry> carried = file.stream().filter(entry -> IN_JAR.matcher(entry.getName()).matches()).toList();
            for (JarEntry entry : carried) {
                try (var in = file.getInputStream(entry)) {
                    if (Arrays.equals(kept, in.readAllBytes())) return true;
                }
            }
            return carried.isEmpty();
        }
    }

    private static String stem(String text) {
        return text.substring(0, text.length() - ENDING.length());
    }
}
