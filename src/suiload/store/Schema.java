package suiload.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import suiload.metrics.Deadline;
import suiload.metrics.Log;

/**
 * Brings a database to the schema of this version: files {@code NNN_name.sql} in the order of their numbers, all of them in one transaction
 * and each once. What was applied is recorded with its checksum; a file must never change afterwards.
 */
public final class Schema {
    private static final Pattern NAME = Pattern.compile("(\\d{3})_[a-z0-9_]+\\.sql");
    /** An index over a big table takes its time. */
    private static final Duration BOUND = Duration.ofMinutes(30);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** Keeps two services that start at once from migrating at once. Any number will do, as long as it stays. */
    private static final long ADVISORY_LOCK = 7_349_127_505L;

    private Schema() {
    }

    /**
     * Applies what is missing. A database that does not answer yet is given a while.
     *
     * @return how many files were applied
     * @throws CannotStart if the database does not answer, is of a newer version, or has seen another version of a file
     */
    public static int migrate(Database database, Path directory) {
        Map<Integer, Path> files = files(directory);
        Deadline patience = Deadline.after(PATIENCE);
        while (true) {
            try {
                return migrate(database, files);
            } catch (DatabaseUnavailable e) {
                if (e.lasting() || patience.expired() || Thread.currentThread().isInterrupted()) throw new CannotStart(e.getMessage(), e);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static int migrate(Database database, Map<Integer, Path> files) {
        return database.transaction(Deadline.after(BOUND), session -> {
            session.script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL client_min_messages = warning;"
                    + " SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ");"
                    + " CREATE TABLE IF NOT EXISTS schema_versions (version integer PRIMARY KEY, name text NOT NULL,"
                    + " sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())");
            Map<Integer, String> applied = applied(session);
            applied.forEach((version, sum) -> check(version, sum, files.get(version)));
            return apply(session, files, applied);
        });
    }

    private static Map<Integer, String> applied(Session session) {
        Map<Integer, String> applied = new TreeMap<>();
        session.query("SELECT version, sha256 FROM schema_versions",
                row -> applied.put(row.intValue("version"), row.string("sha256")));
        return applied;
    }

    private static void check(int version, String sum, Path file) {
        if (file == null) {
            throw new CannotStart("the database has schema version " + version + ", which this program does not know: use a newer program");
        }
        if (!sum.equals(sha256(file))) throw new CannotStart(file.getFileName() + " was changed after it had been applied to this database");
    }

    private static int apply(Session session, Map<Integer, Path> files, Map<Integer, String> applied) {
        int count = 0;
        for (var entry : files.entrySet()) {
            if (applied.containsKey(entry.getKey())) continue;
            Path file = entry.getValue();
            session.script(text(file));
            session.update("INSERT INTO schema_versions (version, name, sha256) VALUES (?, ?, ?)",
                    entry.getKey(), file.getFileName().toString(), sha256(file));
            Log.info("schema_applied", "file", file.getFileName());
            count++;
        }
        return count;
    }

    private static Map<Integer, Path> files(Path directory) {
        Map<Integer, Path> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (!name.matches()) throw new CannotStart(path + " is not named NNN_name.sql");
                Path other = files.put(Integer.valueOf(name.group(1)), path);
                if (other != null) throw new CannotStart(path + " has the number of " + other);
            }
        } catch (IOException e) {
            throw new CannotStart("cannot read the schema in " + directory + ": " + DataFolder.reason(e), e);
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text(file).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
