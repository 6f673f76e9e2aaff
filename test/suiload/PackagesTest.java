package suiload;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Goal: packages depend on each other only as the table says, and third parties come in by one door each.
 * Method: read every class file's constant pool; what a class names there is what it depends on.
 */
class PackagesTest {
    private static final Path CLASSES = Path.of(System.getProperty("suiload.home"), "build", "classes");
    private static final Pattern OURS = Pattern.compile("suiload/(?:([a-z]+)/)?[A-Za-z0-9_/$]+");
    private static final Set<String> DATA = Set.of("chain", "bcs", "crypto", "metrics");

    /** Package → what it may import. The root package, "", may import all. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("users", union(DATA, "http", "json", "store", "transactions", "sui")),
            entry("messaging", union(DATA, "http", "json", "store", "transactions", "sui", "users")),
            entry("transactions", union(DATA, "store", "sui")),
            entry("localnet", union(DATA, "http", "json", "grpcweb")),
            entry("sui", Set.of("grpcweb", "chain", "bcs", "metrics")),
            entry("store", Set.of("metrics")),
            entry("http", Set.of("json", "metrics")),
            entry("grpcweb", Set.of()),
            entry("chain", Set.of("bcs", "crypto")),
            entry("bcs", Set.of()),
            entry("crypto", Set.of()),
            entry("json", Set.of()),
            entry("metrics", Set.of()),
            entry("load", Set.of("report", "json", "metrics")),
            entry("report", Set.of("json", "metrics", "http")),
            entry("audit", Set.of("json")),
            entry("vectors", Set.of("json", "chain", "bcs", "crypto")));

    /** A third party's package prefix → the packages of ours that may name it. */
    private static final Map<String, Set<String>> DOORS = Map.of(
            "com/fasterxml/jackson/", Set.of("json"),
            "com/sun/net/httpserver/", Set.of("http"),
            "java/sql/", Set.of("store"),
            "com/zaxxer/hikari/", Set.of("store"),
            "org/postgresql/", Set.of("store"),
            "com/google/protobuf/", Set.of("grpcweb", "sui", "localnet"),
            "org/bouncycastle/", Set.of("crypto"),
            // The optional node client is compiled apart: nothing that is always there names what it needs.
            "io/dipcoin/", Set.of(),
            "okhttp3/", Set.of(),
            "org/HdrHistogram/", Set.of("metrics"));

    @Test
    void packagesImportOnlyWhatTheTableAllows() throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        eachClass((owner, names) -> names.forEach(name -> {
            Matcher matcher = OURS.matcher(name);
            if (matcher.matches() && matcher.group(1) != null) found.computeIfAbsent(owner, o -> new TreeSet<>()).add(matcher.group(1));
        }));
        Map<String, Set<String>> forbidden = new TreeMap<>();
        found.forEach((owner, imports) -> {
            Set<String> extra = new TreeSet<>(imports);
            extra.remove(owner);
            extra.removeAll(MAY_IMPORT.getOrDefault(owner, Set.of()));
            if (!owner.isEmpty() && !extra.isEmpty()) forbidden.put(owner, extra);
        });
        assertTrue(found.containsKey("chain"), "class files were read: " + found.keySet());
        assertEquals(Map.of(), forbidden, "imports that are not in the table");
        assertEquals(Set.of(), unknown(found.keySet()), "packages that are not in the table");
    }

    @Test
    void theTableHasNoCycle() {
        MAY_IMPORT.keySet().forEach(start -> assertFalse(reaches(start, start, new TreeSet<>()), "cycle through " + start));
    }

    @Test
    void thirdPartiesComeInByOneDoor() throws IOException {
        Map<String, Set<String>> wrong = new TreeMap<>();
        eachClass((owner, names) -> names.forEach(name -> DOORS.forEach((prefix, doors) -> {
            if (name.startsWith(prefix) && !doors.contains(owner)) wrong.computeIfAbsent(owner, o -> new TreeSet<>()).add(name);
        })));
        assertEquals(Map.of(), wrong, "third parties named outside their door");
    }

    private static boolean reaches(String from, String target, Set<String> seen) {
        return MAY_IMPORT.getOrDefault(from, Set.of()).stream()
                .anyMatch(next -> next.equals(target) || seen.add(next) && reaches(next, target, seen));
    }

    private static Set<String> unknown(Set<String> packages) {
        Set<String> unknown = new TreeSet<>(packages);
        unknown.remove("");
        unknown.removeAll(MAY_IMPORT.keySet());
        return unknown;
    }

    private interface ClassVisitor {
        void visit(String owner, Set<String> names);
    }

    private static void eachClass(ClassVisitor visitor) throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("suiload"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                visitor.visit(owner(CLASSES.relativize(file).toString()), names(file));
            }
        }
    }

    private static String owner(String classFile) {
        String[] parts = classFile.split("/");
        return parts.length > 2 ? parts[1] : "";
    }

    /** Class names, and the names inside descriptors and signatures: a constant pool holds both. */
    private static Set<String> names(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
            if (entry instanceof ClassEntry type) names.add(type.asInternalName().replaceAll("^\\[+L?|;$", ""));
            if (entry instanceof Utf8Entry text && text.stringValue().matches("[(\\[L<].*;.*")) {
                Matcher matcher = Pattern.compile("L([A-Za-z0-9_$/]+)").matcher(text.stringValue());
                while (matcher.find()) names.add(matcher.group(1));
            }
        }
        return names;
    }

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(Set.of(more));
        return all;
    }
}
