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
    private final Histogram total = new Histogram(DIGITS);
    /** What was collected since the last interval by who asked for the total: mostly nothing. */
    private final Histogram sinceInterval = new Histogram(DIGITS);
    private Histogram latest;

    /** @param micros microseconds; below 0 counts as 0 */
    public void record(long micros) {
        recorder.recordValue(Math.clamp(micros, 0, MICROS_MAX));
    }

    /** What was recorded since the last call of this method. */
    public LatencySnapshot interval() {
        lock.lock();
        try {
            collect();
            if (sinceInterval.getTotalCount() == 0) return latest.getTotalCount() == 0 ? LatencySnapshot.EMPTY : snapshot(latest);
            sinceInterval.add(latest);
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
            if (latest.getTotalCount() > 0) sinceInterval.add(latest);
            return snapshot(total);
        } finally {
            lock.unlock();
        }
    }

    /** Each pass over a histogram reads all its 23,000 counts, however few are in use. */
    private void collect() {
        latest = recorder.getIntervalHistogram(latest);
        if (latest.getTotalCount() > 0) total.add(latest);
    }

    /** As large as its greatest value asks for: the full range takes 180 kB, a second's latencies a fraction of it. */
    private static LatencySnapshot snapshot(Histogram histogram) {
        var copy = new Histogram(DIGITS);
        copy.add(histogram);
        return new LatencySnapshot(copy);
    }
}
