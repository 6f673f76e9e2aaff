package suiload.load;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps retries from becoming the overload: in any ten seconds they are at most a fifth of the requests. A handful is
 * always allowed, so that a driver with one user may retry at all.
 */
final class RetryBudget {
    static final double SHARE_MAX = 0.2;
    static final int ALWAYS = 3;
    private static final int WINDOW_SECONDS = 10;

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] requests = new long[WINDOW_SECONDS];
    private final long[] retries = new long[WINDOW_SECONDS];
    private long second;

    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.second = now();
    }

    /** An operation's first attempt. */
    void request() {
        lock.lock();
        try {
            advance();
            requests[slot(second)]++;
        } finally {
            lock.unlock();
        }
    }

    /** Whether one more retry is within the budget; if so it is counted. */
    boolean tryRetry() {
        lock.lock();
        try {
            advance();
            if (sum(retries) + 1 > Math.max(ALWAYS, sum(requests) * SHARE_MAX)) return false;
            retries[slot(second)]++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void advance() {
        long now = now();
        for (int i = 0; second < now && i < WINDOW_SECONDS; i++) {
            second++;
            requests[slot(second)] = 0;
            retries[slot(second)] = 0;
        }
        second = Math.max(second, now);
    }

    private long now() {
        return Math.floorDiv(nanoTime.getAsLong(), 1_000_000_000L);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) WINDOW_SECONDS);
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) sum += value;
        return sum;
    }
}
