package suiload.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import suiload.metrics.Log;

/**
 * PostgreSQL's files in our folder: {@code cluster} as initdb makes it, {@code password} (mode 0600).
 * A cluster comes into being whole: it is made beside its place and renamed.
 */
final class Cluster {
    static final String USER = "suiload";
    private static final Duration INITDB_WAIT = Duration.ofSeconds(60);
    private static final Duration OUTPUT_WAIT = Duration.ofSeconds(1);

    private final Path binaries;
    private final Path home;
    private final RunAs runAs;

    Cluster(Path binaries, Path home, RunAs runAs) {
        this.binaries = binaries;
        this.home = home;
        this.runAs = runAs;
    }

    Path path() {
        return home.resolve("cluster");
    }

    DatabaseConfig config(int port, String database) {
        try {
            String password = Files.readString(home.resolve("password")).strip();
            return DatabaseConfig.of("jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, password);
        } catch (IOException e) {
            throw new CannotStart("cannot read the password of PostgreSQL in " + home + ": " + DataFolder.reason(e), e);
        }
    }

    /** The server that runs on it now, ready or not. */
    Optional<Postmaster> running() {
        try {
            return Postmaster.of(path()).filter(postmaster -> postmaster.process(path()).isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code words} as a command under the user that PostgreSQL runs as; the first is the name of one of its programs. */
    List<String> command(String program, List<String> words) {
        List<String> command = new ArrayList<>(runAs.prefix());
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(words);
        return command;
    }

    /** Runs initdb if there is no cluster yet. */
    void create(SecureRandom random) throws IOException, InterruptedException {
        if (Files.exists(path())) return;
        Path unfinished = home.resolve("cluster.new");
        delete(unfinished);
        writePassword(random);
        initdb(unfinished);
        Files.move(unfinished, path(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void writePassword(SecureRandom random) throws IOException {
        Path file = home.resolve("password");
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n");
        // The user under whom PostgreSQL runs must read it, once.
        Files.setOwner(file, Files.getOwner(home));
    }

    /**
     * Writes the fresh cluster to the disk for good, in the background and once: initdb does not wait for that, since it would double
     * the time of the first start. Until it is done only a power failure could harm the cluster.
     */
    void syncOnce() {
        Path done = home.resolve("synced");
        if (Files.exists(done)) return;
        Thread.ofVirtual().name("postgres-sync").start(() -> {
            try {
                Process sync = new ProcessBuilder(command("initdb", List.of("--pgdata=" + path(), "--sync-only")))
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
                if (sync.waitFor() == 0) Files.write(done, new byte[0]);
            } catch (IOException e) {
                Log.error("postgres_sync_failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Locale C: the order of text never depends on the machine. */
    private void initdb(Path target) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command("initdb", List.of("--pgdata=" + target, "--username=" + USER,
                "--pwfile=" + home.resolve("password"), "--auth=scram-sha-256", "--locale=C", "--encoding=UTF8", "--no-instructions",
                "--no-sync", "--wal-segsize=4",
                // Iterations slow down who guesses passwords; ours is 192 random bits, and each costs every start and connection time.
                "--set=scram_iterations=1"))).redirectErrorStream(true);
        process.environment().put("LC_ALL", "C");
        Process initdb = process.start();
        var log = new PostgresLog(home.resolve("log"));
        Thread output = log.follow(initdb.getInputStream());
        if (!initdb.waitFor(INITDB_WAIT.toSeconds(), TimeUnit.SECONDS)) initdb.destroyForcibly();
        // Children of one that hung may hold the pipe.
        output.join(OUTPUT_WAIT);
        if (initdb.waitFor() != 0) throw new CannotStart("initdb failed in " + home + ": " + log.reason());
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
