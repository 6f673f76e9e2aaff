package suiload.sui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import suiload.grpcweb.GrpcStatus;
import suiload.metrics.Deadline;
import suiload.sui.NodeException.Kind;

/** Goal: waits, budgets and verdicts are what is promised (R1, R2). Method: seeds, a clock that stands still, texts of real nodes. */
class BoundsTest {
    @Test
    void jitterIsFullAndCapped() {
        var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), new Random(7));
        int[] deciles = new int[10];
        for (int i = 0; i < 10_000; i++) {
            long nanos = backoff.wait(20).toNanos();
            assertTrue(nanos >= 0 && nanos <= Duration.ofSeconds(5).toNanos());
            deciles[(int) Math.min(9, nanos / 500_000_000L)]++;
        }
        for (int count : deciles) assertTrue(Math.abs(count - 1000) < 150, "uniform: " + java.util.Arrays.toString(deciles));
        for (int i = 0; i < 1000; i++) assertTrue(backoff.wait(1).toMillis() <= 200, "the first wait is bounded by the base");
        for (int i = 0; i < 1000; i++) assertTrue(backoff.wait(Integer.MAX_VALUE).toSeconds() <= 5, "no overflow");
    }

    @Test
    void retriesAreAFifthOfTheFirstAttemptsOfTenSeconds() {
        var clock = new AtomicLong();
        var budget = new RetryBudget(clock::get);
        assertEquals(RetryBudget.ALWAYS, taken(budget), "a quiet client has a few");
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        for (int i = 0; i < 1000; i++) budget.first();
        assertEquals(200, taken(budget));
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        assertEquals(0, taken(budget), "still the same ten seconds");
        clock.addAndGet(Duration.ofSeconds(6).toNanos());
        assertEquals(RetryBudget.ALWAYS, taken(budget), "what is past counts no more, on either side");
    }

    private static int taken(RetryBudget budget) {
        int taken = 0;
        while (budget.retry()) taken++;
        return taken;
    }

    /** Else everybody would wait for the sick one again and again, each as long as a call may take. */
    @Test
    void afterItsRestAnEndpointIsTriedByOneCall() throws Exception {
        var clock = new AtomicLong();
        var endpoints = new Endpoints(List.of(URI.create("http://sick"), URI.create("http://well")), clock::get);
        Endpoint sick = chosen(endpoints);
        // Many that were under way together are one round.
        for (int i = 0; i < 20; i++) sick.failed(CallFailure.of(CallFailure.Kind.LOST, "", null));
        assertEquals("http://well", chosen(endpoints).address().toString());
        clock.addAndGet(Endpoint.REST_FIRST.toNanos());
        assertEquals("http://sick", chosen(endpoints).address().toString());
        assertEquals("http://well", chosen(endpoints).address().toString(), "the others wait for its verdict");
        sick.failed(CallFailure.of(CallFailure.Kind.LOST, "", null));
        clock.addAndGet(Endpoint.REST_FIRST.toNanos());
        assertEquals("http://well", chosen(endpoints).address().toString(), "the second rest is twice as long");
        clock.addAndGet(Endpoint.REST_FIRST.toNanos());
        assertEquals("http://sick", chosen(endpoints).address().toString());
        sick.succeeded();
        assertEquals("http://sick", chosen(endpoints).address().toString());
    }

    private static Endpoint chosen(Endpoints endpoints) throws Exception {
        return endpoints.choose(Optional.empty(), Deadline.never());
    }

    @Test
    void aLimitToldByStatusIsOneToo() {
        assertEquals(Optional.of(Duration.ofSeconds(7)), CallFailure.status(GrpcStatus.RESOURCE_EXHAUSTED, "", Optional.of("7")).pause());
        assertEquals(Optional.of(CallFailure.LIMITED_PAUSE), CallFailure.status(GrpcStatus.RESOURCE_EXHAUSTED, "").pause());
        assertEquals(Optional.empty(), CallFailure.status(GrpcStatus.INTERNAL, "").pause());
    }

    @Test
    void rejectionsAreToldApartByTheirTexts() {
        kind(Kind.STALE, GrpcStatus.INVALID_ARGUMENT, "Transaction is rejected as invalid by more than 1/3 of validators by stake"
                + " (non-retriable). Non-retriable errors: [Transaction needs to be rebuilt because object 0x1 version 0x2 is unavailable"
                + " for consumption, current version: 0x3 { a } with 1 stake].");
        kind(Kind.STALE, GrpcStatus.INVALID_ARGUMENT,
                "Object ID 0x1 Version 0x2 Digest d is not available for consumption, current version: 0x3");
        kind(Kind.STALE, GrpcStatus.NOT_FOUND, "Could not find the referenced object 0x1 at version Some(2).");
        kind(Kind.STALE, GrpcStatus.INVALID_ARGUMENT, "Gas price 500 under reference gas price (RGP) 1000");
        kind(Kind.CONFLICT, GrpcStatus.FAILED_PRECONDITION,
                "Object (0x1, SequenceNumber(2), o#d) already locked by a different transaction: TransactionDigest(x)");
        kind(Kind.INSUFFICIENT_GAS, GrpcStatus.INVALID_ARGUMENT, "Balance of gas object 5 is lower than the needed amount: 9.");
        kind(Kind.INVALID, GrpcStatus.INVALID_ARGUMENT, "Transaction was not signed by the correct sender: x");
    }

    private static void kind(Kind expected, GrpcStatus status, String text) {
        assertEquals(expected, Failures.kind(status, text), text);
    }
}
