package suiload.transactions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.bcs.Bytes;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.store.Database;
import suiload.store.TestDatabase;

/** Goal: a key does its work once and refuses what it must (I2). Method: a real database, work that can be held up and counted. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IdempotencyTest {
    private final Database database = TestDatabase.open();
    private final AtomicInteger worked = new AtomicInteger();

    private Idempotency fresh() {
        return new Idempotency(database, new Metrics(), key -> { });
    }

    private static Optional<IdempotencyKey> key(String key, String body) {
        return Optional.of(Life.key(key, body));
    }

    private Reply work(int status) {
        return new Reply(status, Bytes.of((byte) worked.incrementAndGet()), OptionalLong.of(-5));
    }

    @Test
    void theAnswerIsGivenAgainAlsoAfterARestart() {
        Idempotency first = fresh();
        Reply reply = first.run(key("a", "body"), claim -> work(200));
        assertEquals(reply, first.run(key("a", "body"), claim -> work(200)));
        assertEquals(reply, fresh().run(key("a", "body"), claim -> work(200)));
        assertEquals(1, worked.get());
        assertEquals(2, fresh().run(Optional.of(IdempotencyKey.of("POST", "/other", "a", new byte[0])), claim -> work(200)).body().at(0),
                "a key is one method's and path's");
    }

    @Test
    void a422IsKeptAndAnythingElseLeavesTheKeyOpen() {
        Idempotency idempotency = fresh();
        assertEquals(1, idempotency.run(key("a", ""), claim -> work(422)).body().at(0));
        assertEquals(1, idempotency.run(key("a", ""), claim -> work(422)).body().at(0));
        assertEquals(2, idempotency.run(key("b", ""), claim -> work(502)).body().at(0));
        assertEquals(3, idempotency.run(key("b", ""), claim -> work(200)).body().at(0));
        assertThrows(IllegalStateException.class, () -> idempotency.run(key("c", ""), claim -> {
            throw new IllegalStateException();
        }));
        assertEquals(4, idempotency.run(key("c", ""), claim -> work(200)).body().at(0));
    }

    @Test
    void anotherBodyIsRefusedWhileTheFirstRunsAndAfterwards() throws Exception {
        Idempotency idempotency = fresh();
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> first = executor.submit(() -> idempotency.run(key("a", "one"), claim -> {
                entered.countDown();
                leave.await(30, TimeUnit.SECONDS);
                return work(200);
            }));
            entered.await();
            assertThrows(SendException.KeyReused.class, () -> idempotency.run(key("a", "two"), claim -> work(200)));
            var soon = new RequestContext("r", Deadline.after(Duration.ofMillis(100)));
            assertThrows(SendException.DeadlineExpired.class, () -> ScopedValue.where(RequestContext.CURRENT, soon)
                    .call(() -> idempotency.run(key("a", "one"), claim -> work(200))), "a duplicate waits, within its own deadline");
            List<Future<Reply>> duplicates = new ArrayList<>();
            for (int i = 0; i < 10; i++) duplicates.add(executor.submit(() -> idempotency.run(key("a", "one"), claim -> work(200))));
            leave.countDown();
            for (Future<Reply> duplicate : duplicates) assertEquals(first.get(), duplicate.get());
        }
        assertThrows(SendException.KeyReused.class, () -> idempotency.run(key("a", "two"), claim -> work(200)));
        assertEquals(1, worked.get());
    }

    @Test
    void aWaiterTakesOverWhenTheFirstKeepsNothing() throws Exception {
        Idempotency idempotency = fresh();
        var entered = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> first = executor.submit(() -> idempotency.run(key("a", ""), claim -> {
                entered.countDown();
                leave.await(30, TimeUnit.SECONDS);
                return work(503);
            }));
            entered.await();
            Future<Reply> second = executor.submit(() -> idempotency.run(key("a", ""), claim -> work(200)));
            leave.countDown();
            assertEquals(503, first.get().status());
            assertEquals(200, second.get().status());
        }
    }

    @Test
    void anAnswerIsKeptWithItsEffectOrNotAtAll() {
        Idempotency idempotency = fresh();
        assertThrows(IllegalStateException.class, () -> idempotency.run(key("a", ""), claim -> database.transaction(session -> {
            claim.keep(session, work(200));
            throw new IllegalStateException("rolled back");
        })));
        Reply second = idempotency.run(key("a", ""), claim -> database.transaction(session -> {
            Reply reply = work(200);
            claim.keep(session, reply);
            return reply;
        }));
        assertEquals(2, second.body().at(0));
        assertEquals(second, fresh().run(key("a", ""), claim -> work(200)));
    }

    @Test
    void keysHaveAForm() {
        for (String bad : List.of("", "x".repeat(256), "line\nbreak", "ümlaut")) {
            assertThrows(SendException.BadKey.class, () -> Life.key(bad, ""), bad);
        }
        assertEquals(255, Life.key("x".repeat(255), "").key().length());
    }

    @Test
    void whatIsPastItsTermIsRemovedAndWhatIsOpenStays() {
        Idempotency idempotency = fresh();
        idempotency.run(key("old", ""), claim -> work(200));
        database.update("UPDATE idempotency SET created_at = now() - interval '25 hours'");
        idempotency.run(key("young", ""), claim -> work(200));
        for (String state : List.of("open", "executed")) {
            database.update("INSERT INTO transactions (digest, turn, purpose, parameters, bytes, signature, state, created_at)"
                    + " VALUES (?, '', 'p', '', '', '', ?, now() - interval '25 hours')", state.getBytes(), state);
        }
        var journal = new Journal(database, new Metrics());
        assertEquals(2, journal.removeOld());
        assertEquals(0, journal.removeOld());
        assertEquals(1, database.query("SELECT key_id FROM idempotency", row -> row.bytes("key_id")).size());
        assertEquals(List.of("open"), database.query("SELECT state FROM transactions", row -> row.string("state")));
    }
}
