package suiload.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * A jar as its class files tell it.
 *
 * @param classes by internal name
 * @param providers service → the class names that {@code META-INF/services} gives for it
 * @param resources every other file in it
 */
record JarContent(Map<String, ClassFacts> classes, Map<String, Set<String>> providers, Set<String> resources) {
    static final JarContent EMPTY = new JarContent(Map.of(), Map.of(), Set.of());

    private static final String SERVICES = "META-INF/services/";

    static JarContent read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Map<String, ClassFacts> classes = new HashMap<>();
            Map<String, Set<String>> providers = new HashMap<>();
            Set<String> resources = new HashSet<>();
            for (JarEntry entry : file.stream().filter(each -> !each.isDirectory()).toList()) {
                String name = entry.getName();
                if (name.endsWith(".class")) {
                    if (name.endsWith("module-info.class")) continue;
                    ClassFacts facts = ClassFacts.read(bytes(file, entry));
                    classes.merge(facts.name(), facts, JarContent::both);
                } else {
                    resources.add(name);
                    if (name.startsWith(SERVICES)) providers.put(name.substring(SERVICES.length()), lines(bytes(file, entry)));
                }
            }
            return new JarContent(classes, providers, resources);
        }
    }

    Set<String> packages() {
        return classes.values().stream().map(ClassFacts::packageName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A multi-release jar holds a class more than once; whichever runs, it needs what is named here. */
    private static ClassFacts both(ClassFacts one, ClassFacts other) {
        return new ClassFacts(one.name(), union(one.references(), other.references()), union(one.strings(), other.strings()),
                one.preview() || other.preview());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static byte[] bytes(JarFile file, JarEntry entry) throws IOException {
        try (var in = file.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static Set<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty()).map(line -> line.replace('.', '/')).collect(Collectors.toSet());
    }
}
