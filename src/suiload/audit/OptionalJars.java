package suiload.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import suiload.audit.JarReport.Verdict;

/**
 * What lies in {@code lib/sui4j} for the optional node client, against {@code lib/sui4j.lock}. None of it need be there, and a jar of
 * another version will do, unpinned; only one that claims a version and differs from its sum is a problem.
 *
 * @param jars one for each line of the lock; empty where the folder holds no jar
 * @param unused file names in the folder that are on no class path
 */
record OptionalJars(List<JarReport> jars, Set<String> unused) {
    static final String FOLDER = "lib/sui4j";
    static final String LOCK = "lib/sui4j.lock";
    private static final String JAR = ".jar";

    static OptionalJars of(Path home, String machine) throws IOException {
        Set<String> there = jarsIn(home.resolve(FOLDER));
        if (there.isEmpty()) return new OptionalJars(List.of(), Set.of());
        Licences licences = Licences.read(home.resolve("lib/licences"));
        List<JarReport> reports = new ArrayList<>();
        Set<String> unused = new TreeSet<>(there);
        for (Locked wanted : Locked.read(home.resolve(LOCK), machine)) {
            Locked found = found(wanted, there);
            unused.remove(found.artifact().fileName());
            reports.add(report(home, found, licences));
        }
        return new OptionalJars(List.copyOf(reports), unused);
    }

    private static Set<String> jarsIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return Set.of();
        try (Stream<Path> files = Files.list(folder)) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(JAR)).toList());
        }
    }

    /** The line, or the same with the version that is there instead, as build.sh chooses it. */
    private static Locked found(Locked wanted, Set<String> there) {
        Artifact artifact = wanted.artifact();
        if (there.contains(artifact.fileName())) return wanted;
        Optional<String> other = there.stream().filter(file -> file.matches("\\Q" + artifact.name() + "\\E-\\d.*")).findFirst();
        if (other.isEmpty()) return wanted;
        String version = other.get().substring(artifact.name().length() + 1, other.get().length() - JAR.length());
        return new Locked(wanted.scope(), wanted.platform(), Artifact.parse(artifact.coordinates() + ":" + version), Locked.UNPINNED,
                wanted.licence(), wanted.reason());
    }

    private static JarReport report(Path home, Locked locked, Licences licences) throws IOException {
        Path file = home.resolve(locked.file());
        boolean there = Files.exists(file);
        Optional<String> sum = there ? Optional.of(Sha256.of(file)) : Optional.empty();
        return new JarReport(locked, there ? Files.size(file) : 0, Verdict.of(locked, sum), sum, licences.textOf(locked),
                Set.of("the sui4j client"), Set.of(), Set.of(), Set.of(), JarReport.Packages.NONE);
    }

    List<String> problems() {
        return jars.stream().filter(jar -> jar.verdict() == Verdict.ALTERED).map(jar -> "altered: " + jar.locked().file() + " has SHA-256 "
                + jar.sha256().orElseThrow() + ", not " + jar.locked().sha256()).toList();
    }
}
