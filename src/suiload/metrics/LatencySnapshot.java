package suiload.metrics;

import org.HdrHistogram.Histogram;

/** An immutable distribution of latencies in microseconds. */
public final class LatencySnapshot {
    public static final LatencySnapshot EMPTY = new LatencySnapshot(new Histogram(Latencies.DIGITS));

    private final Histogram histogram;

    LatencySnapshot(Histogram histogram) {
        this.histogram = histogram;
    }

    public long count() {
        return histogram.getTotalCount();
    }

    /** 0 when empty, as all figures here. */
    public long min() {
        return count() == 0 ? 0 : histogram.getMinValue();
    }

    public long max() {
        return count() == 0 ? 0 : histogram.getMaxValue();
    }

    public double mean() {
        return count() == 0 ? 0 : histogram.getMean();
    }

    public double deviation() {
        return count() == 0 ? 0 : histogram.getStdDeviation();
    }

    /** @param percent 0…100 */
    public long percentile(double percent) {
        return count() == 0 ? 0 : histogram.getValueAtPercentile(percent);
    }

    /** How many took {@code micros} or less. */
    public long countUpTo(long micros) {
        return count() == 0 ? 0 : histogram.getCountBetweenValues(0, Math.clamp(micros, 0, Latencies.MICROS_MAX));
    }

    /** Both distributions together. */
    public LatencySnapshot plus(LatencySnapshot other) {
        if (count() == 0) return other;
        if (other.count() == 0) return this;
        Histogram sum = histogram.copy();
        sum.add(other.histogram);
        return new LatencySnapshot(sum);
    }

    Histogram histogram() {
        return histogram;
    }
}
