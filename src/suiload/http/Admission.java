package suiload.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import suiload.metrics.Deadline;

/**
 * The permits: so many requests run at once, so many wait their turn for so long, and the rest learns at once that it is refused.
 * First come, first served, so that nobody starves behind luckier ones.
 */
final class Admission {
    private final Semaphore permits;
    private final int permitsMax;
    private final int waitingMax;
    private final Duration wait;
    private final AtomicInteger waiting = new AtomicInteger();

    Admission(int permits, int waiting, Duration wait) {
        this.permits = new Semaphore(permits, true);
        this.permitsMax = permits;
        this.waitingMax = waiting;
        this.wait = wait;
    }

    /**
     * Takes a permit; {@link #release} gives it back.
     *
     * @throws HttpError 503 when the line is full or no permit came free in time, 408 when the deadline passed first
     */
    void acquire(Deadline deadline) throws InterruptedException {
        if (!tryAtOnce()) {
            standInLine(deadline);
        }
    }

    void release() {
        permits.release();
    }

    int inUse() {
        return permitsMax - permits.availablePermits();
    }

    int waiting() {
        return waiting.get();
    }

    /** Unlike {@link Semaphore#tryAcquire()}, which barges, this leaves a free permit to those who wait. */
    private boolean tryAtOnce() throws InterruptedException {
        return permits.tryAcquire(0, TimeUnit.NANOSECONDS);
    }

    private void standInLine(Deadline deadline) throws InterruptedException {
        if (waiting.incrementAndGet() > waitingMax) {
            waiting.decrementAndGet();
            throw refused("The service is at its limit and so is its waiting line. Try again in a moment.");
        }
        try {
            long nanos = Math.min(wait.toNanos(), deadline.remaining().toNanos());
            if (permits.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } finally {
            waiting.decrementAndGet();
        }
        if (deadline.expired()) {
            throw HttpError.timeout();
        }
        throw refused("All " + permitsMax + " places stayed taken for " + wait.toMillis() + " ms. Try again in a moment.");
    }

    private static HttpError refused(String details) {
        return HttpError.unavailable("overloaded", details);
    }
}
