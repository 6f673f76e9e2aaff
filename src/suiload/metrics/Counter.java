package suiload.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A count that only grows. Thread-safe. */
public final class Counter {
    private final LongAdder sum = new LongAdder();

    Counter() {}

    public void increment() {
        sum.increment();
    }

    /** @param amount at least 0 */
    public void add(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("a counter does not go down: " + amount);
        }
        sum.add(amount);
    }

    public long value() {
        return sum.sum();
    }
}
