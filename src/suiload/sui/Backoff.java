package suiload.sui;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential waits with full jitter: uniform between zero and a bound that doubles up to a cap. */
public final class Backoff {
    private static final int DOUBLINGS_MAX = 30;

    private final long base;
    private final long cap;
    private final RandomGenerator random;

    /** @param random thread-safe, where the backoff is shared */
    public Backoff(Duration base, Duration cap, RandomGenerator random) {
        if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) throw new IllegalArgumentException("0 < base ≤ cap expected");
        this.base = base.toNanos();
        this.cap = cap.toNanos();
        this.random = random;
    }

    /** The wait before repeat {@code number}, counted from 1. */
    public Duration wait(int number) {
        long bound = Math.min(cap, base << Math.min(number - 1, DOUBLINGS_MAX));
        return Duration.ofNanos(random.nextLong(bound < base ? cap + 1 : bound + 1));
    }
}
