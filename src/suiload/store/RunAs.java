package suiload.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Under which user PostgreSQL runs. It refuses root, so root hides behind a user namespace (the process then sees itself as nobody,
 * files stay root's), or where that is not allowed becomes user 65534, to whom the folder then belongs.
 *
 * @param prefix words before every command
 */
record RunAs(List<String> prefix) {
    private static final String NOBODY = "65534";
    private static final RunAs OURSELVES = new RunAs(List.of());

    /**
     * @param home our folder for PostgreSQL; exists
     * @throws CannotStart if the folder belongs to somebody else, or we are root and have neither way out
     */
    static RunAs choose(Path home) {
        try {
            int ourselves = user(Files.createTempFile(home, "owner", ""));
            Path cluster = home.resolve("cluster");
            int owner = Files.exists(cluster) ? (int) Files.getAttribute(cluster, "unix:uid") : ourselves;
            if (ourselves != 0) {
                if (owner == ourselves) return OURSELVES;
                throw new CannotStart(cluster + " belongs to user " + owner + ", we are user " + ourselves + ": run as that user, or set DATA_DIR");
            }
            return owner == 0 ? forRoot(home) : somebody(home, String.valueOf(owner));
        } catch (IOException e) {
            throw new CannotStart("cannot use " + home + ": " + DataFolder.reason(e), e);
        }
    }

    private static int user(Path probe) throws IOException {
        try {
            return (int) Files.getAttribute(probe, "unix:uid");
        } finally {
            Files.delete(probe);
        }
    }

    private static RunAs forRoot(Path home) throws IOException {
        if (works("unshare", "-U", "true")) return new RunAs(List.of("unshare", "-U"));
        return somebody(home, NOBODY);
    }

    private static RunAs somebody(Path home, String user) throws IOException {
        List<String> prefix = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups");
        if (!works(prefix, "true")) {
            throw new CannotStart("PostgreSQL does not run as root, and here neither 'unshare -U' nor 'setpriv' (util-linux) works:"
                    + " run as an ordinary user, or set DATABASE_URL");
        }
        give(home, Integer.parseInt(user));
        if (!works(prefix, "test", "-w", home.toString())) {
            throw new CannotStart("user " + user + ", under which PostgreSQL runs for root, cannot reach " + home
                    + ": open the folders above it for all (chmod o+x), set DATA_DIR, or run as an ordinary user");
        }
        return new RunAs(prefix);
    }

    private static void give(Path home, int user) throws IOException {
        Files.setAttribute(home, "unix:uid", user);
        try (Stream<Path> inside = Files.list(home)) {
            for (Path path : inside.toList()) {
                if (!Files.isDirectory(path)) Files.setAttribute(path, "unix:uid", user);
            }
        }
    }

    /** Whether this command can be run here and succeeds. */
    static boolean works(String... command) {
        return works(List.of(), command);
    }

    private static boolean works(List<String> prefix, String... command) {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
