package suiload.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;

/** The embedded server lives exactly as long as the program that started it, and keeps its data however that program ends. */
class EmbeddedPostgresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void dataStaysAcrossStarts() {
        Path home = TestDatabase.folder("stays");
        try (var postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, home)) {
            write(postgres.config());
        }
        try (var postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, home)) {
            assertEquals(1, read(postgres.config()));
        }
    }

    @Test
    void itListensOnLoopbackOnlyAndAsksForThePassword() throws IOException {
        Path home = TestDatabase.folder("closed");
        try (var postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, home)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("password"))));
            var config = postgres.config();
            try (Database database = Database.open(config, new Metrics())) {
                assertEquals("127.0.0.1", database.first("SHOW listen_addresses", row -> row.string("listen_addresses")).orElseThrow());
            }
            var guess = DatabaseConfig.of(config.url(), config.user(), "guess").withWaits(
                    Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(5));
            try (Database database = Database.open(guess, new Metrics())) {
                assertThrows(DatabaseException.class, database::ping);
            }
        }
    }

    @Test
    void itEndsWithTheProgramEvenAfterKill9AndKeepsWhatWasAcknowledged() throws Exception {
        Path home = TestDatabase.folder("killed");
        try (var host = new Host(List.of(), home)) {
            write(EmbeddedPostgres.running(home).orElseThrow());
            host.process.destroyForcibly();
            ProcessHandle server = host.server;
            await("the server ends", () -> !server.isAlive());
        }
        try (var postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, home)) {
            assertEquals(1, read(postgres.config()));
        }
    }

    @Test
    void anOrphanIsStoppedAndItsDataTakenOver() throws Exception {
        Path home = TestDatabase.folder("orphan");
        try (var host = new Host(List.of(), home)) {
            write(EmbeddedPostgres.running(home).orElseThrow());
            // The shell between program and server dies with the program: nobody is left to stop the server.
            host.process.descendants().filter(process -> process.pid() != host.server.pid()
                    && !process.info().command().orElse("").endsWith("postgres")).forEach(ProcessHandle::destroyForcibly);
            host.process.destroyForcibly().waitFor();
            assertTrue(host.server.isAlive());
            try (var postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, home)) {
                assertFalse(host.server.isAlive());
                assertEquals(1, read(postgres.config()));
            }
        }
    }

    @Test
    void aStalePidFileIsNoObstacle() throws IOException {
        Path home = TestDatabase.folder("stale");
        EmbeddedPostgres.start(TestDatabase.BINARIES, home).close();
        // After a reboot the number may belong to anybody: here to ourselves.
        Files.writeString(home.resolve("cluster/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + home.resolve("cluster") + "\n1700000000\n5432\n\n127.0.0.1\n\nready   \n");
        assertEquals(java.util.Optional.empty(), EmbeddedPostgres.running(home));
        EmbeddedPostgres.start(TestDatabase.BINARIES, home).close();
    }

    @Test
    void aServerThatDiesComesBackOnTheSamePort() {
        try (var postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, TestDatabase.folder("revived"))) {
            ProcessHandle first = postgres.process().orElseThrow();
            write(postgres.config());
            first.destroyForcibly();
            await("another server runs", () -> postgres.process().filter(process -> process.pid() != first.pid()).isPresent());
            await("the data is there", () -> {
                try {
                    return read(postgres.config()) == 1;
                } catch (DatabaseUnavailable e) {
                    return false;
                }
            });
            assertNotEquals(first.pid(), postgres.process().orElseThrow().pid());
        }
    }

    @Test
    void anOrdinaryUserNeedsNothing() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become somebody else");
        Path home = Files.createTempDirectory("suiload-test-");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> somebody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        try (var host = new Host(somebody, home.resolve("postgres"))) {
            assertEquals(65534, Files.getAttribute(home.resolve("postgres/cluster"), "unix:uid"));
            write(EmbeddedPostgres.running(home.resolve("postgres")).orElseThrow());
            host.process.getOutputStream().close();
            assertTrue(host.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertFalse(host.server.isAlive());
            // Root may go on with it: the server then runs as the folder's owner.
            try (var postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, home.resolve("postgres"))) {
                assertEquals(1, read(postgres.config()));
            }
        }
    }

    @Test
    void missingBinariesAreOneClearLine() {
        var refusal = assertThrows(CannotStart.class, () -> EmbeddedPostgres.start(Path.of("/nowhere"), TestDatabase.folder("none")));
        assertTrue(refusal.getMessage().contains("DATABASE_URL"), refusal.getMessage());
    }

    private static void write(DatabaseConfig config) {
        try (Database database = Database.open(config.withConnections(1), new Metrics())) {
            database.update("CREATE TABLE kept AS SELECT 1 AS one");
        }
    }

    private static long read(DatabaseConfig config) {
        try (Database database = Database.open(config.withConnections(1), new Metrics())) {
            return database.first("SELECT one FROM kept", row -> row.longValue("one")).orElseThrow();
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertFalse(deadline.expired(), "in vain: " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }

    /** {@link PostgresHost} in a JVM of its own. */
    private static final class Host implements AutoCloseable {
        final Process process;
        final ProcessHandle server;

        Host(List<String> prefix, Path home) throws IOException {
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "--enable-preview", "-Xmx64m",
                    "-cp", System.getProperty("java.class.path") + ":" + classPath(),
                    PostgresHost.class.getName(), TestDatabase.BINARIES.toString(), home.toString()));
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String line = process.inputReader().readLine();
            assertTrue(line != null && line.matches("\\d+ \\d+"), "the program started: " + line);
            server = ProcessHandle.of(Long.parseLong(line.split(" ")[1])).orElseThrow();
        }

        private static String classPath() {
            return TestDatabase.HOME + "/build/classes:" + TestDatabase.HOME + "/build/test-classes:" + TestDatabase.HOME + "/lib/runtime/*";
        }

        @Override
        public void close() {
            process.destroyForcibly();
            server.destroyForcibly();
        }
    }
}
