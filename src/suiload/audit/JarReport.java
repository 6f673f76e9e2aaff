package suiload.audit;

import java.util.Optional;
import java.util.Set;

/**
 * One file of {@code lib/}: what was promised of it, and what was found.
 *
 * @param sha256 of the file on disk; empty when it is missing
 * @param licenceText name of its text in {@code lib/licences}
 * @param usedBy packages of ours; for tools and tests, what uses them
 * @param services what it is found by through {@code META-INF/services}
 * @param dependencies file names of other jars here that it names classes of
 */
record JarReport(Locked locked, long bytes, Verdict verdict, Optional<String> sha256, Optional<String> licenceText, Set<String> usedBy,
        Set<String> services, Set<String> dependencies, Set<String> jdkModules, Packages packages) {
    enum Verdict {
        MATCHES, ALTERED, MISSING,
        /** It is there, and no sum is promised of it. */
        UNPINNED;

        /** @param sha256 of the file, if there is one */
        static Verdict of(Locked locked, Optional<String> sha256) {
            if (sha256.isEmpty()) return MISSING;
            if (locked.sha256().equals(Locked.UNPINNED)) return UNPINNED;
            return sha256.get().equals(locked.sha256()) ? MATCHES : ALTERED;
        }
    }

    /** Of its packages and classes, how much the program can reach by name. */
    record Packages(int classes, long reachedClasses, int packages, Set<String> unused) {
        static final Packages NONE = new Packages(0, 0, 0, Set.of());
    }

    String fileName() {
        return locked.artifact().fileName();
    }
}
