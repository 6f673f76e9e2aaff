package suiload.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Durations as a Prometheus histogram in seconds. Thread-safe; a reader may see a record's sum before its count. */
public final class Timer {
    /** Upper bounds in seconds. They reach past the request deadline (25 s) and start where a cached read ends. */
    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 25, 30
    };

    private static final double NANOS = 1e9;

    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Timer() {
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    public void record(Duration duration) {
        recordNanos(duration.toNanos());
    }

    public void recordNanos(long duration) {
        nanos.add(duration);
        buckets[bucket(duration / NANOS)].increment();
    }

    public long count() {
        long count = 0;
        for (LongAdder bucket : buckets) {
            count += bucket.sum();
        }
        return count;
    }

    /** Sum of all durations in seconds. */
    public double seconds() {
        return nanos.sum() / NANOS;
    }

    void expose(String name, Labels labels, StringBuilder out) {
        long below = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            below += buckets[i].sum();
            labels.with("le", Numbers.text(BOUNDS[i])).line(name + "_bucket", below, out);
        }
        below += buckets[BOUNDS.length].sum();
        labels.with("le", "+Inf").line(name + "_bucket", below, out);
        labels.line(name + "_sum", seconds(), out);
        labels.line(name + "_count", below, out);
    }

    private static int bucket(double seconds) {
        for (int i = 0; i < BOUNDS.length; i++) {
            if (seconds <= BOUNDS[i]) {
                return i;
            }
        }
        return BOUNDS.length;
    }
}
