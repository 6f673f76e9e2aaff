package suiload;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import suiload.metrics.Log;

/** What to stop, in order, each step with a bound: a step that hangs delays the rest by its bound, no more. */
final class ShutdownScript {
    /** A step that may throw what closing things throws. */
    interface Step {
        void run() throws Exception;
    }

    private record Named(String name, Duration bound, Step step) {}

    private final ConcurrentLinkedDeque<Named> steps = new ConcurrentLinkedDeque<>();
    private final List<Runnable> announcements = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean announced;
    private final CountDownLatch done = new CountDownLatch(1);

    /** The step added last is run first: what was started last leans on what was started before it. */
    void add(String name, Duration bound, Step step) {
        steps.addFirst(new Named(name, bound, step));
    }

    /** Runs as soon as a stop is asked for, before the first step, at once where that was before: it must not wait, and may run twice. */
    void announceBy(Runnable announcement) {
        announcements.add(announcement);
        if (announced) announcement.run();
    }

    /** Makes the stop known; {@link #run} does so too. */
    void announce() {
        announced = true;
        announcements.forEach(Runnable::run);
    }

    /** Runs all steps once; a second caller waits until the first is through. */
    void run() throws InterruptedException {
        if (started.compareAndSet(false, true)) {
            announce();
            for (Named step : List.copyOf(steps)) runBounded(step);
            done.countDown();
        }
        done.await();
    }

    boolean begun() {
        return started.get();
    }

    private static void runBounded(Named named) throws InterruptedException {
        var finished = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().name("stop-" + named.name).start(() -> {
            try {
                named.step.run();
            } catch (Exception e) {
                Log.error("stop_failed", e, "step", named.name);
            } finally {
                finished.countDown();
            }
        });
        if (!finished.await(named.bound.toMillis(), TimeUnit.MILLISECONDS)) {
            Log.warn("stop_overran", "step", named.name, "bound_ms", named.bound.toMillis());
            thread.interrupt();
        }
    }
}
