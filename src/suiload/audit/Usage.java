package suiload.audit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who uses what among the program and its jars, from class files alone. */
final class Usage {
    private final JarContent program;
    private final Map<String, JarContent> jars;
    private final Map<String, String> jarOfClass = new HashMap<>();
    private final Set<String> reached;

    /** @param jars by file name */
    Usage(JarContent program, Map<String, JarContent> jars) {
        this.program = program;
        this.jars = jars;
        jars.forEach((jar, content) -> content.classes().keySet().forEach(name -> jarOfClass.putIfAbsent(name, jar)));
        reached = reach();
    }

    /** Packages of ours, without {@code suiload.}, that name a class of {@code jar} or read a file out of it. */
    Set<String> usedBy(String jar) {
        Set<String> users = new TreeSet<>();
        Set<String> resources = jars.get(jar).resources();
        for (ClassFacts facts : program.classes().values()) {
            if (namesClassOf(jar, facts) || namesResource(facts, resources)) users.add(shortPackage(facts));
        }
        return users;
    }

    /** Jars that {@code jar} names a class of. */
    Set<String> dependencies(String jar) {
        Set<String> found = new TreeSet<>();
        for (ClassFacts facts : jars.get(jar).classes().values()) {
            for (String reference : facts.references()) {
                String other = jarOfClass.get(reference);
                if (other != null && !other.equals(jar)) found.add(other);
            }
        }
        return found;
    }

    /** Services of the JDK or of other jars that {@code jar} is found by. */
    Set<String> services(String jar) {
        Set<String> services = new TreeSet<>();
        jars.get(jar).providers().keySet().forEach(service -> {
            if (!jar.equals(jarOfClass.get(service.replace('.', '/')))) services.add(service);
        });
        return services;
    }

    /** Packages of {@code jar} in which no class can be reached from the program by names in class files. */
    Set<String> unused(String jar) {
        Set<String> packages = new TreeSet<>(jars.get(jar).packages());
        jars.get(jar).classes().values().stream().filter(facts -> reached.contains(facts.name()))
                .forEach(facts -> packages.remove(facts.packageName()));
        return packages;
    }

    /** Classes of {@code jar} that can be reached so. */
    long reachedClasses(String jar) {
        return jars.get(jar).classes().keySet().stream().filter(reached::contains).count();
    }

    /**
     * Every class name that can be come by from the program's classes. A provider of a service counts when the service
     * itself was named: nobody names the provider.
     */
    private Set<String> reach() {
        Set<String> seen = new HashSet<>();
        program.classes().values().forEach(facts -> follow(facts.references(), seen));
        int before;
        do {
            before = seen.size();
            for (JarContent jar : jars.values()) {
                jar.providers().forEach((service, names) -> {
                    if (seen.contains(service.replace('.', '/'))) follow(names, seen);
                });
            }
        } while (seen.size() > before);
        return seen;
    }

    private void follow(Collection<String> names, Set<String> seen) {
        Deque<String> next = new ArrayDeque<>(names);
        while (!next.isEmpty()) {
            String name = next.pop();
            if (!seen.add(name) || !jarOfClass.containsKey(name)) continue;
            next.addAll(jars.get(jarOfClass.get(name)).classes().get(name).references());
        }
    }

    private boolean namesClassOf(String jar, ClassFacts facts) {
        return facts.references().stream().anyMatch(reference -> jar.equals(jarOfClass.get(reference)));
    }

    private static boolean namesResource(ClassFacts facts, Set<String> resources) {
        return facts.strings().stream().map(text -> text.startsWith("/") ? text.substring(1) : text).anyMatch(resources::contains);
    }

    private static String shortPackage(ClassFacts facts) {
        String name = facts.packageName();
        return name.equals("suiload") ? "suiload" : name.replaceFirst("^suiload\\.", "").replaceFirst("\\..*", "");
    }
}
