package suiload.store;

import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL's files in our folder: {@code cluster} as initdb makes it, {@code password} (mode 0600).
 * A cluster comes into being whole: it is made beside its place and renamed.
 */
final class Cluster {
    static final String USER = "suiload";
    private static final Duration INITDB_WAIT = Duration.ofSeconds(60);

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

    String password() throws IOException {
        return Files.readString(home.resolve("password")).strip();
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

    /** Locale C: the order of text never depends on the machine. The files are synced after the start, see {@link EmbeddedPostgres}. */
    private void initdb(Path target) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command("initdb", List.of("--pgdata=" + target, "--username=" + USER,
                "--pwfile=" + home.resolve("password"), "--auth=scram-sha-256", "--locale=C", "--encoding=UTF8", "--no-instructions",
                "--no-sync", "--wal-segsize=4"))).redirectErrorStream(true);
        process.environment().put("LC_ALL", "C");
        Process initdb = process.start();
        var log = new PostgresLog(home.resolve("log"));
        log.follow(initdb.getInputStream()).join();
        if (!initdb.waitFor(INITDB_WAIT.toSeconds(), TimeUnit.SECONDS)) initdb.destroyForcibly();
        if (initdb.waitFor() != 0) throw new CannotStart("initdb failed in " + home + ": " + log.reason());
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
