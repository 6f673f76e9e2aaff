package suiload.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import suiload.json.Json;

/**
 * {@code summary.json} in the shape of k6's {@code --summary-export}: metrics by name with flat values, and their
 * thresholds, where {@code true} means <em>crossed</em>, as k6 has it. What k6 has no place for stands under {@code suiload}.
 */
public final class SummaryJson {
    private SummaryJson() {}

    /** MD5 of the empty string: the id that k6 gives to the root group. */
    private static final String ROOT_ID = "d41d8cd98f00b204e9800998ecf8427e";

    public static String text(RunResult result) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        result.metrics().forEach((name, metric) -> metrics.put(name, metric(name, metric, result.thresholds())));
        return Json.pretty(Json.object("root_group", rootGroup(), "metrics", metrics, "suiload", beyondK6(result)));
    }

    private static Map<String, Object> rootGroup() {
        return Json.object("name", "", "path", "", "id", ROOT_ID, "groups", Map.of(), "checks", Map.of());
    }

    private static Map<String, Object> metric(String name, Metric metric, List<ThresholdResult> thresholds) {
        Map<String, Object> values = values(metric);
        Map<String, Object> crossed = new LinkedHashMap<>();
        thresholds.stream().filter(threshold -> threshold.metric().equals(name))
                .forEach(threshold -> crossed.put(threshold.expression(), !threshold.held()));
        if (!crossed.isEmpty()) values.put("thresholds", crossed);
        return values;
    }

    private static Map<String, Object> values(Metric metric) {
        return switch (metric) {
            case Metric.Counter counter -> Json.object("count", counter.count(), "rate", counter.perSecond());
            case Metric.Gauge gauge -> Json.object("value", gauge.value(), "min", gauge.min(), "max", gauge.max());
            case Metric.Rate rate -> Json.object("passes", rate.passes(), "fails", rate.fails(), "value", rate.value());
            case Metric.Trend trend -> Json.object("avg", trend.avg(), "min", trend.min(), "med", trend.percentile(50), "max", trend.max(),
                    "p(90)", trend.percentile(90), "p(95)", trend.percentile(95), "p(99)", trend.percentile(99),
                    "p(99.9)", trend.percentile(99.9), "count", trend.count());
        };
    }

    private static Map<String, Object> beyondK6(RunResult result) {
        RunInfo run = result.run();
        Accounting requests = result.accounting();
        return Json.object(
                "run", run.id(), "started", run.started().toString(), "seconds", run.took().toMillis() / 1000.0,
                "network", run.network(), "network_embedded", run.networkEmbedded(), "notes", result.notes(),
                "verdict", result.verdict().kind().name().toLowerCase(Locale.ROOT),
                "exit_code", result.verdict().kind().exitCode(), "reason", result.verdict().reason(),
                "requests", Json.object("started", requests.started(), "ok", requests.ok(), "failed", requests.failed(),
                        "interrupted", requests.interrupted()),
                "thresholds", result.thresholds().stream().map(SummaryJson::threshold).toList(),
                "errors", result.errors().stream().map(SummaryJson::error).toList(),
                "settings", run.settings(), "versions", run.versions());
    }

    private static Map<String, Object> threshold(ThresholdResult threshold) {
        return Json.object("metric", threshold.metric(), "expression", threshold.expression(),
                "outcome", threshold.outcome().name().toLowerCase(Locale.ROOT),
                "observed", threshold.observed().isPresent() ? threshold.observed().getAsDouble() : null, "reason", threshold.reason());
    }

    private static Map<String, Object> error(ErrorRow error) {
        return Json.object("layer", error.layer(), "cause", error.cause(), "count", error.count(), "first", error.first().toString(),
                "last", error.last().toString(), "example", error.example(), "hint", error.hint());
    }
}
