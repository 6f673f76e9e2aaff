package suiload.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;

/** Against a real PostgreSQL: values go in and come out, transactions hold, and every wait ends when its caller gives up. */
class DatabaseTest {
    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open(TestDatabase.empty().withConnections(2), new Metrics());
        database.update("CREATE TABLE things (id bigint PRIMARY KEY, name text, body bytea, at timestamptz, yes boolean)");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void everyTypeComesBackAsItWent() {
        Instant at = Instant.parse("2026-01-02T03:04:05.678901Z");
        assertEquals(1, database.update("INSERT INTO things VALUES (?, ?, ?, ?, ?)", 1L, "é", new byte[] {0, -1}, at, true));
        String seen = database.first("SELECT * FROM things WHERE id = ?", row -> {
            assertArrayEquals(new byte[] {0, -1}, row.bytes("body"));
            assertEquals(at, row.instant("at"));
            assertTrue(row.bool("yes"));
            return row.string("name") + row.longValue("id");
        }, 1L).orElseThrow();
        assertEquals("é1", seen);
    }

    @Test
    void nullIsEmptyWhereAskedForAndARefusalWhereNot() {
        database.update("INSERT INTO things VALUES (?, ?, ?, ?, ?)", 2, null, null, null, null);
        assertEquals(Optional.empty(), database.first("SELECT name FROM things WHERE id = 2", row -> row.optionalString("name")).orElseThrow());
        assertThrows(IllegalStateException.class, () -> database.first("SELECT name FROM things WHERE id = 2", row -> row.string("name")));
    }

    @Test
    void listsAreArrays() {
        String sql = "SELECT count(*) AS n FROM unnest(?::text[]) AS t(v)";
        assertEquals(2, database.first(sql, row -> row.longValue("n"), List.of("a", "b")).orElseThrow());
        assertEquals(0, database.first(sql, row -> row.longValue("n"), List.of()).orElseThrow());
        assertEquals(1, database.first("SELECT count(*) AS n FROM unnest(?::bytea[]) AS t(v) WHERE v = '\\x0102'", row -> row.longValue("n"),
                List.of(new byte[] {1, 2}, new byte[] {3})).orElseThrow());
    }

    @Test
    void aTransactionThatThrowsLeavesNothing() {
        assertThrows(IllegalStateException.class, () -> database.transaction(session -> {
            session.batch("INSERT INTO things (id) VALUES (?)", List.of(new Object[] {10L}, new Object[] {11L}));
            throw new IllegalStateException("no");
        }));
        assertFalse(database.first("SELECT 1 FROM things WHERE id IN (10, 11)", row -> true).isPresent());
        int rows = database.transaction(session -> {
            session.batch("INSERT INTO things (id) VALUES (?)", List.of(new Object[] {10L}, new Object[] {11L}));
            return session.query("SELECT id FROM things WHERE id IN (10, 11)", row -> row.longValue("id")).size();
        });
        assertEquals(2, rows);
    }

    @Test
    void aBrokenRuleIsAnErrorThatShowsNoSql() {
        database.update("INSERT INTO things (id) VALUES (20)");
        var error = assertThrows(DatabaseError.class, () -> database.update("INSERT INTO things (id) VALUES (20)"));
        assertTrue(error.duplicate());
        assertEquals("database error (SQLSTATE 23505)", error.getMessage());
    }

    @Test
    void theRequestsDeadlineCancelsTheStatementInTheServer() throws InterruptedException {
        var context = new RequestContext("r1", Deadline.after(Duration.ofMillis(200)));
        assertThrows(DatabaseUnavailable.class, () -> ScopedValue.where(RequestContext.CURRENT, context).run(
                () -> database.query("SELECT pg_sleep(60), 'deadline' AS mark", row -> 1)));
        awaitNoStatement("deadline");
    }

    /** A connection whose statement goes on for a while after it was cancelled is given up: on a busy machine one may be. */
    @Test
    void interruptionCancelsTheStatementAndKeepsTheConnection() throws Exception {
        boolean kept = false;
        for (int tries = 0; !kept && tries < 5; tries++) kept = interruptedStatementKeepsTheConnection();
        assertTrue(kept, "not once in five times");
    }

    private static boolean interruptedStatementKeepsTheConnection() throws Exception {
        long before = backend();
        var failed = new CompletableFuture<Boolean>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                database.query("SELECT pg_sleep(60), 'interrupted' AS mark", row -> 1);
            } catch (DatabaseUnavailable e) {
                failed.complete(Thread.currentThread().isInterrupted());
            }
        });
        awaitStatement("interrupted");
        caller.interrupt();
        assertTrue(failed.get(10, TimeUnit.SECONDS), "the flag stays set");
        awaitNoStatement("interrupted");
        return database.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'suiload' AND datname = current_database()",
                row -> row.longValue("pid")).contains(before);
    }

    @Test
    void theGateRefusesInTimeAndForgetsNoPermit() throws Exception {
        var config = TestDatabase.empty().withConnections(1).withWaits(Duration.ofMillis(50), Duration.ofSeconds(3), Duration.ofSeconds(10));
        try (Database narrow = Database.open(config, new Metrics())) {
            Thread holder = Thread.ofVirtual().start(() -> assertThrows(DatabaseUnavailable.class,
                    () -> narrow.query("SELECT pg_sleep(60), 'gate' AS mark", row -> 1)));
            awaitStatement("gate");
            assertThrows(DatabaseUnavailable.class, narrow::ping);
            holder.interrupt();
            holder.join(Duration.ofSeconds(10));
            Deadline patience = Deadline.after(Duration.ofSeconds(20));
            while (!answers(narrow)) {
                assertFalse(patience.expired(), "the permit has not come back");
                Thread.sleep(10);
            }
        }
    }

    private static boolean answers(Database asked) {
        try {
            asked.ping();
            return true;
        } catch (DatabaseUnavailable busy) {
            return false;
        }
    }

    private static long backend() {
        return database.first("SELECT pg_backend_pid() AS pid", row -> row.longValue("pid")).orElseThrow();
    }

    private static void awaitStatement(String mark) throws InterruptedException {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10));
        while (!deadline.expired() && !running(mark)) Thread.sleep(10);
        assertTrue(running(mark));
    }

    private static void awaitNoStatement(String mark) throws InterruptedException {
        Deadline deadline = Deadline.after(Duration.ofSeconds(10));
        while (!deadline.expired() && running(mark)) Thread.sleep(10);
        assertFalse(running(mark), "the statement goes on in the server");
    }

    private static boolean running(String mark) {
        return database.first("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE ? AND pid <> pg_backend_pid()",
                row -> true, "%'" + mark + "' AS mark%").isPresent();
    }
}
