package suiload.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import suiload.metrics.Metrics;

/** One embedded PostgreSQL for all tests of this JVM, in a folder of its own; a fresh, migrated database for whoever asks. */
public final class TestDatabase {
    public static final Path HOME = Path.of(System.getProperty("suiload.home", ".")).toAbsolutePath();
    public static final Path BINARIES = HOME.resolve("build/postgres");
    public static final Path SCHEMA = HOME.resolve("conf/schema");
    private static final Duration KEPT = Duration.ofDays(1);
    /** On a machine that does everything at once, a connection may take longer than the service would wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestDatabase() {
    }

    /** Started by the first who asks; it ends with this JVM, as the service's does. */
    private static final class Server {
        static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.start(BINARIES, folder("postgres"));
    }

    /** A new folder below {@code build/test-data}; what runs of more than a day ago left there goes. */
    public static Path folder(String name) {
        try {
            Path base = Files.createDirectories(HOME.resolve("build/test-data"));
            try (Stream<Path> old = Files.list(base)) {
                for (Path folder : old.toList()) removeIfOld(folder);
            }
            return Files.createTempDirectory(base, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeIfOld(Path folder) throws IOException {
        if (Files.getLastModifiedTime(folder).toInstant().isAfter(Instant.now().minus(KEPT))) return;
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }

    /** How to reach a fresh database that has the whole schema. */
    public static DatabaseConfig config() {
        DatabaseConfig fresh = empty();
        try (Database database = Database.open(fresh, new Metrics())) {
            Schema.migrate(database, SCHEMA);
        }
        return fresh;
    }

    /** How to reach a fresh database without any table. */
    public static DatabaseConfig empty() {
        String name = "test_" + COUNT.incrementAndGet();
        DatabaseConfig server = Server.POSTGRES.config().withConnections(1).withWaits(PATIENCE, PATIENCE, PATIENCE);
        try (Database admin = Database.open(server, new Metrics())) {
            admin.update("CREATE DATABASE " + name + " TEMPLATE template0");
        }
        return Server.POSTGRES.config(name).withConnections(4).withWaits(PATIENCE, PATIENCE, PATIENCE);
    }

    /** An open database, fresh and with the whole schema; the caller closes it. */
    public static Database open() {
        return Database.open(config(), new Metrics());
    }
}
