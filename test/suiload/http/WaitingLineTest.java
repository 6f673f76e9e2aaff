package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import suiload.metrics.Deadline;

/** Goal: no permit is lost or doubled, whoever gives up when; and the line keeps its order and its bound. */
class WaitingLineTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void thousandsWhoGiveUpAtOnceLoseNoPermit() throws Exception {
        Admission admission = new Admission(10, 5000, Duration.ofMillis(100));
        for (int i = 0; i < 10; i++) {
            admission.acquire(Deadline.never());
        }
        AtomicInteger refused = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4000; i++) {
                threads.execute(() -> {
                    if (assertThrows(HttpError.class, () -> admission.acquire(Deadline.never())).status() == 503) refused.incrementAndGet();
                });
            }
        }
        assertEquals(4000, refused.get());
        assertEquals(0, admission.waiting());
        assertEquals(10, admission.inUse());
        for (int i = 0; i < 10; i++) {
            admission.release();
        }
        assertEquals(0, admission.inUse());
    }

    @Test
    void permitsAreNeverDoubledUnderFire() throws Exception {
        Admission admission = new Admission(5, 100, Duration.ofMillis(2));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> workers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                workers.add(threads.submit(() -> work(admission, running, most)));
            }
        }
        int served = 0;
        for (Future<Integer> worker : workers) {
            served += worker.get();
        }
        assertTrue(served > 0 && most.get() <= 5, served + " served, at most " + most + " at once");
        assertEquals(0, admission.inUse());
        assertEquals(0, admission.waiting());
    }

    private static int work(Admission admission, AtomicInteger running, AtomicInteger most) throws InterruptedException {
        int served = 0;
        for (int i = 0; i < 100; i++) {
            try {
                admission.acquire(Deadline.never());
            } catch (HttpError refused) {
                continue;
            }
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.sleep(1);
            running.decrementAndGet();
            admission.release();
            served++;
        }
        return served;
    }

    @Test
    void firstComeFirstServed() throws Exception {
        Admission admission = new Admission(1, 100, LONG);
        admission.acquire(Deadline.never());
        List<Integer> order = new CopyOnWriteArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                int number = i;
                threads.submit(() -> {
                    admission.acquire(Deadline.never());
                    order.add(number);
                    admission.release();
                    return null;
                });
                int standing = i + 1;
                TestService.await("in line", () -> admission.waiting() == standing);
            }
            admission.release();
        }
        assertEquals(java.util.stream.IntStream.range(0, 20).boxed().toList(), order);
    }

    @Test
    void aFullLineRefusesAtOnceAndAnInterruptLeavesIt() throws Exception {
        Admission admission = new Admission(1, 1, LONG);
        admission.acquire(Deadline.never());
        Thread waiter = Thread.ofVirtual().start(() -> assertThrows(InterruptedException.class, () -> admission.acquire(Deadline.never())));
        TestService.await("in line", () -> admission.waiting() == 1);
        assertEquals(503, assertThrows(HttpError.class, () -> admission.acquire(Deadline.never())).status());
        waiter.interrupt();
        assertTrue(waiter.join(LONG));
        assertEquals(0, admission.waiting());
        assertEquals(408, assertThrows(HttpError.class, () -> admission.acquire(Deadline.after(Duration.ofMillis(5)))).status());
        admission.release();
        assertEquals(0, admission.inUse());
    }
}
