package suiload.metrics;

import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Latencies in microseconds, to 3 significant digits, up to {@link #MICROS_MAX}, in constant memory. {@link #record} is
 * wait-free and may be called by any thread.
 */
public final class Latencies {
    /** Longer ones are counted as this long: one hour. */
    public static final long MICROS_MAX = 3_600_000_000L;

    static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(1, MICROS_MAX, DIGITS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Histogram total = new Histogram(1, MICROS_MAX, DIGITS);
    private final Histogram sinceInterval = new Histogram(1, MICROS_MAX, DIGITS);
    private Histogram spare;

    /** @param micros microseconds; below 0 counts as 0 */
    public void record(long micros) {
        recorder.recordValue(Math.clamp(micros, 0, MICROS_MAX));
    }

    /** What was recorded since the last call of this method. */
    public LatencySnapshot interval() {
        lock.lock();
        try {
            collect();
            if (sinceInterval.getTotalCount() == 0) return LatencySnapshot.EMPTY;
            LatencySnapshot interval = snapshot(sinceInterval);
            sinceInterval.reset();
            return interval;
        } finally {
            lock.unlock();
        }
    }

    /** Everything recorded so far. */
    public LatencySnapshot total() {
        lock.lock();
        try {
            collect();
            return snapshot(total);
        } finally {
            lock.unlock();
        }
    }

    private void collect() {
        spare = recorder.getIntervalHistogram(spare);
        if (spare.getTotalCount() == 0) return;
        total.add(spare);
        sinceInterval.add(spare);
    }

    /** As large as its greatest value asks for: the full range takes 180 kB, a second's latencies a fraction of it. */
    private static LatencySnapshot snapshot(Histogram histogram) {
        var copy = new Histogram(DIGITS);
        copy.add(histogram);
        return new LatencySnapshot(copy);
    }
}
