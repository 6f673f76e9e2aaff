package suiload.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of {@code lib/deps.lock}: a file that {@code lib/} must hold, and why.
 *
 * @param sha256 {@value #UNPINNED} where none is promised
 */
record Locked(Scope scope, String platform, Artifact artifact, String sha256, String licence, String reason) {
    static final String UNPINNED = "-";

    enum Scope {
        RUNTIME("runtime"), TEST("test"), TOOL("tools"),
        /** Of {@code lib/sui4j.lock}, whose files need not be there. */
        SUI4J("sui4j");

        private final String folder;

        Scope(String folder) {
            this.folder = folder;
        }
    }

    /** Its place, relative to the project's folder. */
    Path file() {
        return Path.of("lib", scope.folder, artifact.fileName());
    }

    boolean isFor(String machine) {
        return platform.equals("any") || platform.equals(machine);
    }

    /** The lines for {@code machine}, such as {@code linux-x86_64}. */
    static List<Locked> read(Path lockFile, String machine) throws IOException {
        List<Locked> entries = new ArrayList<>();
        for (String line : Files.readAllLines(lockFile)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            Locked entry = parse(line);
            if (entry.isFor(machine)) entries.add(entry);
        }
        return entries;
    }

    private static Locked parse(String line) {
        String[] parts = line.strip().split("\\s+", 6);
        if (parts.length < 6) throw new IllegalArgumentException("six columns expected: " + line);
        return new Locked(Scope.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1], Artifact.parse(parts[2]), parts[3], parts[4],
                parts[5]);
    }

    /** This machine, as {@code build.sh} names it. */
    static String machine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String architecture = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> system.equals("darwin") ? "arm64" : "aarch64";
            default -> System.getProperty("os.arch");
        };
        return system + "-" + architecture;
    }
}
