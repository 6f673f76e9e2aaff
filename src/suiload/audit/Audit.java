package suiload.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import suiload.audit.JarReport.Verdict;

/**
 * What the program consists of, read off the disk: every file of {@code lib/} against {@code lib/deps.lock}, and the
 * class files against each other.
 *
 * @param unsigned names of the jars that run from a copy without their signature
 * @param sui4j what the optional node client would need, and has
 * @param preview class → the preview interfaces of the JDK that it names
 * @param problems what does not hold, each naming the file; empty when all is well
 */
record Audit(String version, String machine, Path programJar, String programSha256, List<JarReport> jars, List<String> unsigned,
        OptionalJars sui4j, List<Address> addresses, Map<String, Set<String>> preview, List<String> problems) {
    private static final Set<String> PREVIEW_INTERFACES = Set.of("java/util/concurrent/StructuredTaskScope", "java/lang/StableValue");

    boolean holds() {
        return problems.isEmpty();
    }

    /** @param home the project's folder, built */
    static Audit of(Path home) throws IOException {
        String machine = Locked.machine();
        List<Locked> locked = Locked.read(home.resolve("lib/deps.lock"), machine);
        Path programJar = home.resolve("build/suiload.jar");
        JarContent program = JarContent.read(programJar);
        List<String> problems = new ArrayList<>(unexpected(home, locked));
        List<JarReport> jars = new Inspection(home, program, problems).jars(locked);
        OptionalJars sui4j = OptionalJars.of(home, machine);
        problems.addAll(sui4j.problems());
        problems.addAll(UnsignedCopies.problems(home));
        List<Address> addresses = Address.read(home.resolve("conf/addresses.list"));
        Address.unlisted(program, addresses).forEach(host -> problems.add("unlisted network address in the program: " + host));
        return new Audit(Files.readString(home.resolve("conf/version")).strip(), machine, home.relativize(programJar),
                Sha256.of(programJar),
                jars, UnsignedCopies.names(home), sui4j, addresses, preview(program), List.copyOf(problems));
    }

    /** Files of {@code lib/} that nothing names. */
    private static List<String> unexpected(Path home, List<Locked> locked) throws IOException {
        Set<Path> expected = locked.stream().map(entry -> home.resolve(entry.file())).collect(Collectors.toSet());
        expected.add(home.resolve("lib/deps.lock"));
        expected.add(home.resolve(OptionalJars.LOCK));
        Licences licences = Licences.read(home.resolve("lib/licences"));
        for (Locked entry : locked) licences.textOf(entry).ifPresent(text -> expected.add(licences.folder().resolve(text)));
        try (Stream<Path> files = Files.walk(home.resolve("lib"))) {
            return files.filter(Files::isRegularFile).filter(file -> !expected.contains(file))
                    .filter(file -> !file.startsWith(home.resolve(OptionalJars.FOLDER))).sorted()
                    .map(file -> "unexpected file: " + home.relativize(file)).toList();
        }
    }

    private static Map<String, Set<String>> preview(JarContent program) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (ClassFacts facts : program.classes().values()) {
            if (!facts.preview()) continue;
            Set<String> named = new TreeSet<>();
            for (String reference : facts.references()) {
                String outer = reference.replaceFirst("\\$.*", "");
                if (PREVIEW_INTERFACES.contains(outer)) named.add(outer.replace('/', '.'));
            }
            if (!named.isEmpty()) found.put(facts.name().replace('/', '.'), named);
        }
        return found;
    }

    /** Reads the files and puts together what is to be said of each. */
    private record Inspection(Path home, JarContent program, List<String> problems) {
        List<JarReport> jars(List<Locked> locked) throws IOException {
            Licences licences = Licences.read(home.resolve("lib/licences"));
            Map<String, JarContent> contents = new HashMap<>();
            for (Locked entry : locked) {
                Path file = home.resolve(entry.file());
                boolean readable = entry.scope() == Locked.Scope.RUNTIME && Files.exists(file);
                if (readable) contents.put(entry.artifact().fileName(), content(file));
            }
            var usage = new Usage(program, contents);
            var modules = new JdkModules();
            List<JarReport> reports = new ArrayList<>();
            for (Locked entry : locked) reports.add(report(entry, licences, contents, usage, modules));
            return reports;
        }

        private JarContent content(Path file) {
            try {
                return JarContent.read(file);
            } catch (IOException | IllegalArgumentException broken) {
                problems.add("not a readable jar: " + home.relativize(file));
                return JarContent.EMPTY;
            }
        }

        private JarReport report(Locked entry, Licences licences, Map<String, JarContent> contents, Usage usage, JdkModules modules)
                throws IOException {
            Path file = home.resolve(entry.file());
            boolean there = Files.exists(file);
            Optional<String> sum = there ? Optional.of(Sha256.of(file)) : Optional.empty();
            Verdict verdict = Verdict.of(entry, sum);
            if (verdict == Verdict.MISSING) problems.add("missing: " + entry.file() + " (./build.sh test fetches it)");
            if (verdict == Verdict.ALTERED) problems.add("altered: " + entry.file() + " has SHA-256 " + sum.get() + ", not "
                    + entry.sha256());
            Optional<String> text = licence(entry, licences, verdict);
            String name = entry.artifact().fileName();
            long bytes = there ? Files.size(file) : 0;
            if (!contents.containsKey(name)) {
                return new JarReport(entry, bytes, verdict, sum, text, user(entry), Set.of(), Set.of(), Set.of(), JarReport.Packages.NONE);
            }
            JarContent content = contents.get(name);
            checkNeeded(name, usage, contents);
            return new JarReport(entry, bytes, verdict, sum, text, usage.usedBy(name), usage.services(name), usage.dependencies(name),
                    modules.usedBy(content), new JarReport.Packages(content.classes().size(), usage.reachedClasses(name),
                            content.packages().size(), usage.unused(name)));
        }

        private Optional<String> licence(Locked entry, Licences licences, Verdict verdict) throws IOException {
            Optional<String> text = licences.textOf(entry);
            if (text.isEmpty()) problems.add("no licence text in lib/licences for " + entry.file());
            boolean jar = entry.artifact().extension().equals("jar") && verdict == Verdict.MATCHES;
            if (jar && text.isPresent() && !licences.agreesWithJar(text.get(), home.resolve(entry.file()))) {
                problems.add("lib/licences/" + text.get() + " is not the licence that " + entry.file() + " carries");
            }
            return text;
        }

        private void checkNeeded(String name, Usage usage, Map<String, JarContent> contents) {
            boolean named = contents.keySet().stream().anyMatch(other -> usage.dependencies(other).contains(name));
            if (!named && usage.usedBy(name).isEmpty() && usage.services(name).isEmpty()) {
                problems.add("needed by nothing: lib/runtime/" + name);
            }
        }

        private static Set<String> user(Locked entry) {
            return Set.of(switch (entry.scope()) {
                case TEST -> "tests";
                case TOOL -> "build.sh";
                case RUNTIME, SUI4J -> "";
            });
        }
    }
}
