package suiload.sui;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How many retries a client may spend: at most 20 % on top of the first attempts of the last 10 s, so that a sick node is not
 * buried under its own failures. Three are always there, lest a quiet service could not retry at all.
 */
final class RetryBudget {
    static final Duration WINDOW = Duration.ofSeconds(10);
    static final int PERCENT = 20;
    static final int ALWAYS = 3;
    private static final int SLOTS = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier nanoTime;
    private final long slotNanos = WINDOW.toNanos() / SLOTS;
    private final long[] slotNumbers = new long[SLOTS + 1];
    private final long[] firsts = new long[SLOTS + 1];
    private final long[] retries = new long[SLOTS + 1];

    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        java.util.Arrays.fill(slotNumbers, Long.MIN_VALUE);
    }

    /** Counts a first attempt. */
    void first() {
        lock.lock();
        try {
            firsts[current()]++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a retry, if there is one. */
    boolean retry() {
        lock.lock();
        try {
            int slot = current();
            // The window moves in steps: counted a step too short for the one and too long for the other, it holds over any 10 s.
            if (sum(retries, SLOTS) + 1 > Math.max(ALWAYS, sum(firsts, SLOTS - 2) * PERCENT / 100)) return false;
            retries[slot]++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The slot of now, emptied of what was in it a window ago. */
    private int current() {
        long number = Math.floorDiv(nanoTime.getAsLong(), slotNanos);
        int slot = (int) Math.floorMod(number, SLOTS + 1L);
        if (slotNumbers[slot] != number) {
            slotNumbers[slot] = number;
            firsts[slot] = 0;
            retries[slot] = 0;
        }
        return slot;
    }

    private long sum(long[] counts, int slots) {
        long oldest = Math.floorDiv(nanoTime.getAsLong(), slotNanos) - slots;
        long sum = 0;
        for (int slot = 0; slot < counts.length; slot++) if (slotNumbers[slot] >= oldest) sum += counts[slot];
        return sum;
    }
}
