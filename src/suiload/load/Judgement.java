package suiload.load;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import suiload.metrics.LatencySnapshot;
import suiload.report.Metric;
import suiload.report.ThresholdResult;
import suiload.report.ThresholdResult.Outcome;
import suiload.report.Unit;

/** What the thresholds say about the measurements. */
final class Judgement {
    private static final String ERRORS = MetricName.HTTP_REQ_FAILED.text();

    private final Measurements measurements;
    private final Map<String, Metric> metrics;

    Judgement(Measurements measurements, Map<String, Metric> metrics) {
        this.measurements = measurements;
        this.metrics = metrics;
    }

    /** Latencies are void when too many requests failed: those of the survivors say nothing. */
    List<ThresholdResult> of(List<Threshold> thresholds) {
        List<ThresholdResult> plain = thresholds.stream().map(this::single).toList();
        Optional<ThresholdResult> tooManyErrors = plain.stream().filter(t -> t.metric().equals(ERRORS) && !t.held()).findFirst();
        if (tooManyErrors.isEmpty()) return plain;
        String why = "void: " + ERRORS + " " + tooManyErrors.get().expression() + " failed";
        return plain.stream().map(result -> isLatency(result) ? new ThresholdResult(result.metric(), result.expression(), Outcome.VOID,
                result.observed(), why) : result).toList();
    }

    private static boolean isLatency(ThresholdResult result) {
        return isTrend(result.metric()) && MetricName.of(result.metric()).unit() == Unit.MILLISECONDS;
    }

    private static boolean isTrend(String metric) {
        return MetricName.of(metric).kind() == MetricName.Kind.TREND;
    }

    private ThresholdResult single(Threshold threshold) {
        OptionalDouble observed = observed(threshold);
        boolean held = observed.isEmpty() || threshold.holds(observed.getAsDouble());
        Optional<String> doubt = held ? doubt(MetricName.of(threshold.metric()), observed.isEmpty()) : Optional.empty();
        if (doubt.isPresent()) {
            return new ThresholdResult(threshold.metric(), threshold.expression(), Outcome.VOID, observed, "void: " + doubt.get());
        }
        return new ThresholdResult(threshold.metric(), threshold.expression(), held ? Outcome.HELD : Outcome.FAILED, observed,
                observed.isEmpty() ? "no sample" : "");
    }

    /** Why a threshold does not hold although nothing contradicts it; what was never done contradicts nothing and is no reason. */
    private Optional<String> doubt(MetricName name, boolean noSample) {
        if (!measurements.checked(name)) return Optional.of("not all channels could be read");
        if (!noSample) return Optional.empty();
        if (allFailed(name)) return Optional.of("every such request failed");
        if (name == MetricName.MESSAGE_DELIVERY_LATENCY && nothingShown()) return Optional.of("messages were sent, and no poll showed one");
        boolean sampled = name.kind() == MetricName.Kind.TREND && name.unit() != Unit.MILLISECONDS;
        return sampled || !measurements.known(name) ? Optional.of("it could not be measured") : Optional.empty();
    }

    /** Whether the latency of an operation has no sample because there was no success. */
    private boolean allFailed(MetricName latency) {
        return Arrays.stream(Operation.values()).filter(each -> each.latency().filter(latency::equals).isPresent())
                .anyMatch(each -> each.errors().filter(name -> measurements.share(name).passes().sum() > 0).isPresent());
    }

    private boolean nothingShown() {
        Measurements.Share polls = measurements.share(MetricName.TABLE_MESSAGES_ERRORS);
        return measurements.count(MetricName.MESSAGES_SENT) > 0 && polls.passes().sum() + polls.fails().sum() > 0;
    }

    private OptionalDouble observed(Threshold threshold) {
        Metric metric = metrics.get(threshold.metric());
        return switch (metric) {
            case null -> isTrend(threshold.metric()) && threshold.figure().equals("count") ? OptionalDouble.of(0) : OptionalDouble.empty();
            case Metric.Counter counter -> OptionalDouble.of(threshold.figure().equals("rate") ? counter.perSecond() : counter.count());
            case Metric.Rate rate -> rate.passes() + rate.fails() == 0 ? OptionalDouble.empty() : OptionalDouble.of(rate.value());
            case Metric.Gauge gauge -> OptionalDouble.of(switch (threshold.figure()) {
                case "min" -> gauge.min();
                case "max" -> gauge.max();
                default -> gauge.value();
            });
            case Metric.Trend trend -> trend.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(figure(trend, threshold));
        };
    }

    private double figure(Metric.Trend trend, Threshold threshold) {
        return switch (threshold.figure()) {
            case "avg" -> trend.avg();
            case "min" -> trend.min();
            case "max" -> trend.max();
            case "count" -> trend.count();
            default -> percentile(trend, threshold);
        };
    }

    /** Any percentile, not only those that reports list. */
    private double percentile(Metric.Trend trend, Threshold threshold) {
        double percent = threshold.percent().orElseThrow();
        MetricName name = MetricName.of(threshold.metric());
        if (name.unit() != Unit.MILLISECONDS) return trend.percentile(percent);
        LatencySnapshot total = measurements.latencies(name).total();
        return total.percentile(percent) / 1000.0;
    }
}
