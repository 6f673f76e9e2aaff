package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user that is told to start, to finish and to stop, while it iterates and while it pauses. */
class VirtualUserTest {
    private static final long HOURS = Duration.ofHours(9).toNanos();

    private final Measurements measurements = new Measurements();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Semaphore begun = new Semaphore(0);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void iterationsFollowEachOtherUntilNoneIsWanted() throws Exception {
        VirtualUser user = user(() -> { }, 0);
        user.start(System.nanoTime());
        assertTrue(begun.tryAcquire(100, 20, TimeUnit.SECONDS), "it goes on and on");
        user.finish();
        await(() -> !user.running());
        long iterations = iterations();
        assertEquals(iterations, 100 + begun.drainPermits(), "each that began is counted");
        assertEquals(iterations, measurements.latencies(MetricName.ITERATION_DURATION).total().count());
        assertEquals(iterations, measurements.latencies(MetricName.SCHEDULE_DELAY).total().count());
    }

    @Test
    void whoPausesEndsAtOnceAndGoesOnWhenWantedAgain() throws Exception {
        VirtualUser user = user(() -> { }, HOURS);
        for (int time = 1; time <= 3; time++) {
            user.start(System.nanoTime());
            assertTrue(begun.tryAcquire(20, TimeUnit.SECONDS));
            user.finish();
            await(() -> !user.running());
            assertEquals(time, iterations());
        }
    }

    @Test
    void whoIsWantedAgainDuringItsLastIterationGoesOn() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        VirtualUser user = user(() -> answer.await(), 0);
        user.start(System.nanoTime());
        assertTrue(begun.tryAcquire(20, TimeUnit.SECONDS));
        user.finish();
        assertTrue(user.running(), "what is under way may end");
        user.start(System.nanoTime());
        answer.countDown();
        assertTrue(begun.tryAcquire(5, 20, TimeUnit.SECONDS));
    }

    @Test
    void anInterruptedIterationEndsTheUserAndIsNotCounted() throws Exception {
        VirtualUser user = user(() -> new CountDownLatch(1).await(), 0);
        user.start(System.nanoTime());
        assertTrue(begun.tryAcquire(20, TimeUnit.SECONDS));
        user.interrupt();
        await(() -> !user.running());
        assertEquals(0, iterations());
        assertFalse(begun.tryAcquire(), "nothing more begins");
    }

    @Test
    void whoNeverBeganCountsNothing() throws Exception {
        VirtualUser user = user(() -> { }, 0);
        user.start(System.nanoTime() + HOURS);
        assertTrue(user.running());
        user.finish();
        assertFalse(user.running());
        assertEquals(0, iterations());
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private VirtualUser user(Work work, long pauseNanos) {
        return new VirtualUser("a", new Behaviour() {
            @Override
            public void iterate(long plannedNanos) {
                begun.release();
                try {
                    work.run();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public long pauseNanos() {
                return pauseNanos;
            }
        }, measurements, timer);
    }

    private long iterations() {
        return measurements.count(MetricName.ITERATIONS);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) Thread.sleep(10);
        assertTrue(condition.getAsBoolean());
    }
}
