package suiload.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;

/**
 * F2 in short: the server is killed, frozen, or cuts connections in the middle of a query. Every call ends by its deadline, with a value
 * or {@link DatabaseUnavailable}; afterwards all permits are free and calls succeed again.
 */
class DatabaseFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 4;

    private EmbeddedPostgres postgres;
    private Database database;
    private Metrics metrics;

    @BeforeEach
    void start() {
        postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, TestDatabase.folder("faults"));
        metrics = new Metrics();
        var patient = Duration.ofSeconds(2);
        database = Database.open(postgres.config().withConnections(CONNECTIONS).withWaits(patient, patient, Duration.ofSeconds(10)), metrics);
        database.ping();
    }

    @AfterEach
    void stop() {
        database.close();
        postgres.close();
    }

    @Test
    void aServerThatIsKilledUnderLoadIsUsedAgainWhenItIsBack() throws Exception {
        try (var load = new Load()) {
            long since = System.nanoTime();
            postgres.process().orElseThrow().destroyForcibly();
            load.awaitFailure(since);
            load.awaitSuccess(System.nanoTime());
        }
        checkAllFree();
    }

    @Test
    void aFrozenServerHoldsNobodyPastTheDeadline() throws Exception {
        try (var load = new Load()) {
            long since = System.nanoTime();
            signal("STOP");
            try {
                load.awaitFailure(since);
            } finally {
                signal("CONT");
            }
            load.awaitSuccess(System.nanoTime());
        }
        checkAllFree();
    }

    @Test
    void connectionsCutInTheMiddleOfAQueryAreReplaced() throws Exception {
        try (Database other = Database.open(postgres.config().withConnections(1), new Metrics()); var load = new Load()) {
            long since = System.nanoTime();
            other.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'suiload'",
                    row -> 1);
            load.awaitFailure(since);
            load.awaitSuccess(System.nanoTime());
        }
        checkAllFree();
    }

    @Test
    void aTransactionThatIsCutLeavesNothing() {
        database.update("CREATE TABLE cut (x int)");
        assertThrows(DatabaseUnavailable.class, () -> database.transaction(session -> {
            session.update("INSERT INTO cut VALUES (1)");
            session.first("SELECT pg_terminate_backend(pg_backend_pid()) AS done", row -> 1);
            return null;
        }));
        assertEquals(0, database.query("SELECT 1 FROM cut", row -> 1).size());
    }

    private void signal(String name) throws IOException, InterruptedException {
        ProcessHandle server = postgres.process().orElseThrow();
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        Stream.concat(Stream.of(server), server.descendants()).forEach(process -> command.add(String.valueOf(process.pid())));
        new ProcessBuilder(command).start().waitFor();
    }

    private void checkAllFree() {
        Deadline deadline = Deadline.after(PATIENCE);
        String free = "suiload_database_permits_free " + CONNECTIONS;
        while (!metrics.prometheus().contains(free) && !deadline.expired()) LockSupport.parkNanos(10_000_000);
        assertTrue(metrics.prometheus().contains(free), "a permit was lost");
        database.ping();
    }

    /** More callers than permits, each with a deadline of a second a call, as requests have. */
    private final class Load implements AutoCloseable {
        private static final Duration REQUEST = Duration.ofSeconds(1);
        private final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        private final List<Thread> callers = new ArrayList<>();
        private volatile boolean over;
        private volatile long failures;
        private volatile long successes;

        Load() {
            for (int i = 0; i < 2 * CONNECTIONS; i++) callers.add(Thread.ofVirtual().start(this::call));
        }

        private void call() {
            while (!over) {
                var context = new RequestContext("load", Deadline.after(REQUEST));
                try {
                    ScopedValue.where(RequestContext.CURRENT, context).run(() -> database.query("SELECT pg_sleep(0.01)", row -> 1));
                    successes = System.nanoTime();
                } catch (DatabaseUnavailable e) {
                    failures = System.nanoTime();
                } catch (RuntimeException e) {
                    unexpected.add(e);
                }
            }
        }

        void awaitFailure(long since) {
            await(() -> failures > since);
        }

        void awaitSuccess(long since) {
            await(() -> successes > since);
        }

        private void await(java.util.function.BooleanSupplier condition) {
            Deadline deadline = Deadline.after(PATIENCE);
            while (!condition.getAsBoolean()) {
                assertFalse(deadline.expired(), "in vain");
                LockSupport.parkNanos(10_000_000);
            }
        }

        @Override
        public void close() {
            over = true;
            await(() -> callers.stream().noneMatch(Thread::isAlive));
            assertEquals(List.of(), List.copyOf(unexpected));
        }
    }
}
