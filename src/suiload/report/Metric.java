package suiload.report;

import java.util.List;

/** A metric of a run in one of k6's four kinds. */
public sealed interface Metric {
    Unit unit();

    /** A sum. {@code perSecond} is over the whole run. */
    record Counter(Unit unit, long count, double perSecond) implements Metric {}

    /** The last value, and the smallest and largest seen. */
    record Gauge(Unit unit, double value, double min, double max) implements Metric {}

    /** How often something was so ({@code passes}, in k6's word) and how often not. */
    record Rate(long passes, long fails) implements Metric {
        @Override
        public Unit unit() {
            return Unit.PLAIN;
        }

        /** 0…1; 0 when nothing was counted. */
        public double value() {
            long total = passes + fails;
            return total == 0 ? 0 : (double) passes / total;
        }
    }

    /** A distribution. All figures are 0 when {@code count} is. */
    record Trend(Unit unit, long count, double avg, double min, double max, List<Percentile> percentiles) implements Metric {
        public Trend {
            percentiles = List.copyOf(percentiles);
        }

        /** The value at the smallest listed percentile that is not below {@code percent}. */
        public double percentile(double percent) {
            return percentiles.stream().filter(p -> p.percent() >= percent).findFirst().map(Percentile::value).orElse(max);
        }
    }

    /** {@code percent} (0…100) of the values are at or below {@code value}. */
    record Percentile(double percent, double value) {}
}
