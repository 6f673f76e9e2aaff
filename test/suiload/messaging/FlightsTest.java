package suiload.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import suiload.http.HttpError;
import suiload.metrics.Deadline;
import suiload.sui.NodeException;

/** Who waits for another's read: what it shares, and what it must find out for itself. */
class FlightsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Flights<String> flights = new Flights<>();
    private final CountDownLatch inTheAir = new CountDownLatch(1);
    private final CountDownLatch land = new CountDownLatch(1);
    private final AtomicInteger readsOfOthers = new AtomicInteger();

    @Test
    void aReadThatFailsForEverybodyFailsForThoseWhoWait() throws Exception {
        HttpError behind = HttpError.badGateway("node_behind", "not there yet");
        assertSame(behind, whoWaited(() -> behind));
        assertEquals(0, readsOfOthers.get());
    }

    @Test
    void whoseOwnTimeRanOutSaysNothingAboutTheNode() throws Exception {
        assertSame(null, whoWaited(() -> new NodeException.RateLimited("no time left", Duration.ofSeconds(5))));
        assertEquals(1, readsOfOthers.get());
    }

    @Test
    void aDeadlineIsTheReadersOwn() throws Exception {
        assertSame(null, whoWaited(HttpError::timeout));
        assertEquals(1, readsOfOthers.get());
    }

    /** Between a reader's look and its call, another's read may have landed: that one is good enough. */
    @Test
    void whatLandedSinceTheReaderLookedIsNotReadAgain() {
        Set<String> there = new HashSet<>(Set.of("b"));
        List<Set<String>> reads = new ArrayList<>();
        Consumer<Set<String>> read = keys -> {
            reads.add(keys);
            there.addAll(keys);
        };
        flights.bring(List.of("a", "b"), key -> !there.contains(key), () -> List.of("b", "c"), Deadline.after(PATIENCE), read);
        flights.bring(List.of("a", "c"), key -> !there.contains(key), List::of, Deadline.after(PATIENCE), read);
        assertEquals(List.of(Set.of("a", "c")), reads);
    }

    @Test
    void companyAloneIsNotWorthACall() {
        AtomicInteger calls = new AtomicInteger();
        flights.bring(List.of("a"), key -> key.equals("b"), () -> List.of("b"), Deadline.after(PATIENCE), keys -> calls.incrementAndGet());
        assertEquals(0, calls.get());
    }

    /** What the second reader of the same met, when the first one's read ended with {@code failure}. */
    private Throwable whoWaited(Supplier<RuntimeException> failure) throws Exception {
        Thread.ofVirtual().start(() -> bring(() -> {
            inTheAir.countDown();
            if (!land.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) throw new IllegalStateException("never landed");
            throw failure.get();
        }));
        inTheAir.await();
        CompletableFuture<Throwable> met = new CompletableFuture<>();
        Thread second = Thread.ofVirtual().start(() -> met.complete(bring(() -> {
            readsOfOthers.incrementAndGet();
            return null;
        })));
        while (second.getState() != Thread.State.TIMED_WAITING && second.isAlive()) Thread.sleep(1);
        land.countDown();
        return met.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private interface Read {
        Object make() throws Exception;
    }

    private Throwable bring(Read read) {
        try {
            flights.bring(List.of("a"), _ -> true, List::of, Deadline.after(PATIENCE), keys -> {
                try {
                    read.make();
                } catch (RuntimeException failure) {
                    throw failure;
                } catch (Exception checked) {
                    throw new IllegalStateException(checked);
                }
            });
            return null;
        } catch (RuntimeException failure) {
            return failure;
        }
    }
}
