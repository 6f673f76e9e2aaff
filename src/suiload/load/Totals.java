package suiload.load;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import suiload.metrics.LatencySnapshot;
import suiload.report.Column;
import suiload.report.Metric;
import suiload.report.Timeline;
import suiload.report.Unit;

/** The metrics of a finished run as reports have them. Trends and gauges without a sample are left out, as k6 does. */
final class Totals {
    private Totals() {}

    private static final double[] PERCENTS = {0, 1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97.5, 99, 99.5, 99.9,
            99.99, 100};

    /** Trends that are sampled each second. */
    private static final Map<MetricName, String> SAMPLED = Map.of(MetricName.SERVER_CPU, Column.SERVER_CPU, MetricName.SERVER_RSS,
            Column.SERVER_RSS,
            MetricName.SERVER_CONNECTIONS, Column.SERVER_CONNECTIONS, MetricName.DRIVER_CPU, Column.DRIVER_CPU,
            MetricName.DRIVER_RSS, Column.DRIVER_RSS, MetricName.DRIVER_SOCKETS, Column.DRIVER_SOCKETS);

    /** @param load what rates are of; all else is of the whole run */
    static SequencedMap<String, Metric> metrics(Measurements measurements, Timeline timeline, LoadPhase load) {
        SequencedMap<String, Metric> metrics = new LinkedHashMap<>();
        for (MetricName name : MetricName.values()) {
            Metric metric = switch (name.kind()) {
                case COUNTER -> counter(name, measurements.count(name), load);
                case RATE -> new Metric.Rate(measurements.share(name).passes().sum(), measurements.share(name).fails().sum());
                case GAUGE -> gauge(name, measurements.level(name));
                case TREND -> name.unit() == Unit.MILLISECONDS ? latency(measurements.latencies(name).total()) : sampled(name, timeline);
            };
            if (measurements.known(name) && hasSamples(metric)) metrics.put(name.text(), metric);
        }
        return metrics;
    }

    private static boolean hasSamples(Metric metric) {
        return switch (metric) {
            case Metric.Counter counter -> true;
            case Metric.Rate rate -> true;
            case Metric.Gauge gauge -> gauge.min() <= gauge.max();
            case Metric.Trend trend -> trend.count() > 0;
        };
    }

    private static Metric counter(MetricName name, long count, LoadPhase load) {
        return new Metric.Counter(name.unit(), count, load.perSecond(name, count));
    }

    private static Metric gauge(MetricName name, Measurements.Level level) {
        return new Metric.Gauge(name.unit(), level.last(), level.min(), level.max());
    }

    private static Metric latency(LatencySnapshot micros) {
        return trend(Unit.MILLISECONDS, micros.count(), micros.mean() / 1000, percent ->
                percent == 0 ? micros.min() / 1000.0 : percent == 100 ? micros.max() / 1000.0 : micros.percentile(percent) / 1000.0);
    }

    private static Metric sampled(MetricName name, Timeline timeline) {
        String column = SAMPLED.get(name);
        double[] values = timeline.rows().stream().filter(row -> row.values().containsKey(column))
                .mapToDouble(row -> row.values().get(column))
                .sorted().toArray();
        double avg = Arrays.stream(values).average().orElse(0);
        return trend(name.unit(), values.length, avg, percent -> values.length == 0 ? 0
                : values[Math.clamp((int) Math.ceil(percent / 100 * values.length) - 1, 0, values.length - 1)]);
    }

    private static Metric trend(Unit unit, long count, double avg, ToDoubleFunction<Double> at) {
        List<Metric.Percentile> percentiles = Arrays.stream(PERCENTS).mapToObj(p -> new Metric.Percentile(p, at.applyAsDouble(p))).toList();
        return new Metric.Trend(unit, count, avg, at.applyAsDouble(0.0), at.applyAsDouble(100.0), percentiles);
    }
}
