package suiload.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Bounds socket I/O that has no timeout of its own: when the time is up the thread is interrupted, which closes the socket under it.
 * A thread serves one exchange and ends, so an interrupt that comes a moment late meets nobody else's work.
 */
final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    /** I/O that may throw. */
    @FunctionalInterface
    interface Io {
        void run() throws java.io.IOException;
    }

    Watchdog() {
        timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("http-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs {@code io} in this thread for at most {@code limit}. */
    void bounded(Duration limit, Io io) throws java.io.IOException {
        Thread thread = Thread.currentThread();
        ScheduledFuture<?> bite = timer.schedule(thread::interrupt, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            io.run();
        } finally {
            bite.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
