package suiload.report;

import static suiload.json.Json.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the charts of a page are drawn from. */
final class ChartData {
    private ChartData() {}

    /** Latencies whose whole distribution is shown, with the words for them. */
    private static final List<List<String>> CURVES = List.of(
            List.of("http_req_duration", "request"),
            List.of("sendMessage_latency", "send"),
            List.of("fetchChannelMessagesByTableId_latency", "poll"),
            List.of("message_delivery_latency", "delivery"));

    static Map<String, Object> of(RunResult result) {
        return object("timeline", timeline(result.timeline()), "percentiles", percentiles(result));
    }

    private static Map<String, Object> timeline(Timeline timeline) {
        Map<String, Object> columns = object();
        for (String column : timeline.columns()) {
            List<Double> values = new ArrayList<>();
            timeline.rows().forEach(row -> values.add(row.values().get(column)));
            columns.put(column, values);
        }
        return object("seconds", timeline.rows().stream().map(Timeline.Row::second).toList(), "columns", columns,
                "phases", timeline.phases().stream().map(ChartData::phase).toList());
    }

    static Map<String, Object> phase(Timeline.Phase phase) {
        return object("name", phase.name(), "second", phase.second());
    }

    static Map<String, Object> row(Timeline.Row row) {
        return object("second", row.second(), "values", row.values());
    }

    /** All trends list the same percentiles; the hundredth has no place on the scale. */
    private static Map<String, Object> percentiles(RunResult result) {
        List<Object> series = new ArrayList<>();
        List<Double> percents = List.of();
        for (List<String> curve : CURVES) {
            if (!(result.metrics().get(curve.getFirst()) instanceof Metric.Trend trend) || trend.count() == 0) continue;
            List<Metric.Percentile> shown = trend.percentiles().stream().filter(each -> each.percent() < 100).toList();
            percents = shown.stream().map(Metric.Percentile::percent).toList();
            series.add(object("name", curve.getFirst(), "label", curve.getLast(),
                    "values", shown.stream().map(each -> Math.max(each.value(), 0.001)).toList()));
        }
        return object("percents", percents, "series", series);
    }
}
