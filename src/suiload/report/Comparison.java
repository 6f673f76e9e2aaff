package suiload.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import suiload.json.Json;

/**
 * Two summaries, figure by figure, and which of the later one's are worse than the tolerance allows.
 *
 * @param missing metrics that only the former one has
 * @param unusable which of the two is void, and why: then no figure is judged
 */
record Comparison(List<Line> lines, List<String> differingSettings, List<String> missing, List<String> unusable) {
    /** Latencies that differ by less are the same: a scheduler's whim. */
    private static final double NOISE_MS = 5;
    /** Shares of requests likewise. */
    private static final double NOISE_SHARE = 0.001;
    /** What an operation costs the node is near one call or none: a single one more is an infinite growth. */
    private static final Map<String, Double> NOISE_NODE_CALLS = Map.of("node_calls_per_message", 0.01, "node_calls_per_1000_polls", 1.0,
            "node_calls_per_membership_read", 0.02);

    /** @param change relative, 0.1 for a tenth more; infinite from zero */
    record Line(String metric, String figure, double base, double now, double change, Judgement judgement) {
        private Line unjudged() {
            return new Line(metric, figure, base, now, change, Judgement.NOT_JUDGED);
        }
    }

    enum Judgement { SAME, BETTER, WORSE, NOT_JUDGED }

    enum Better { LOWER, HIGHER, NEITHER }

    List<Line> regressions() {
        return lines.stream().filter(line -> line.judgement == Judgement.WORSE).toList();
    }

    /** @param tolerance relative: 0.1 allows a tenth */
    static Comparison of(Json base, Json now, double tolerance) {
        List<Line> lines = new ArrayList<>();
        Map<String, Json> later = now.get("metrics").entries();
        Map<String, Json> former = base.get("metrics").entries();
        former.forEach((name, metric) -> {
            if (later.containsKey(name)) addLines(lines, name, metric, later.get(name), tolerance);
        });
        List<String> missing = former.keySet().stream().filter(name -> !later.containsKey(name)).toList();
        List<String> unusable = Stream.of(unusable("the former run", base), unusable("the later run", now)).flatMap(Optional::stream).toList();
        boolean survivors = latenciesVoid(base) || latenciesVoid(now);
        lines.replaceAll(line -> !unusable.isEmpty() || survivors && List.of("med", "p(95)").contains(line.figure()) ? line.unjudged() : line);
        return new Comparison(List.copyOf(lines), differing(settings(base), settings(now)), missing, unusable);
    }

    /** A run whose figures do not count, by its verdict; summaries of k6's own have none. */
    private static Optional<String> unusable(String which, Json summary) {
        Optional<Json> ours = summary.find("suiload");
        return ours.flatMap(part -> part.find("verdict")).map(Json::asString)
                .filter(List.of("unfit", "interrupted", "unreachable", "bad_settings")::contains)
                .map(verdict -> which + " is void: " + ours.flatMap(part -> part.find("reason")).map(Json::asString).orElse(verdict));
    }

    /** Whether so much failed that latencies are those of the survivors. */
    private static boolean latenciesVoid(Json summary) {
        return summary.find("suiload").flatMap(part -> part.find("thresholds")).map(Json::asList).orElse(List.of()).stream()
                .anyMatch(each -> each.string("metric").equals("http_req_failed") && each.string("outcome").equals("failed"));
    }

    private static void addLines(List<Line> lines, String name, Json base, Json now, double tolerance) {
        for (String figure : figures(base)) {
            Optional<Double> before = value(base, figure);
            Optional<Double> after = value(now, figure);
            if (before.isPresent() && after.isPresent()) lines.add(line(name, figure, before.get(), after.get(), tolerance));
        }
    }

    /** By the shape that k6 gives each kind of metric: trends have a median, counters a count, rates and gauges a value. */
    private static List<String> figures(Json metric) {
        if (metric.has("med")) return List.of("med", "p(95)", "p(99)");
        return metric.has("count") ? List.of("count", "rate") : List.of("value");
    }

    private static Line line(String metric, String figure, double base, double now, double tolerance) {
        double change = base == 0 ? (now == 0 ? 0 : Double.POSITIVE_INFINITY) : (now - base) / Math.abs(base);
        Better better = direction(metric, figure);
        if (better == Better.NEITHER) return new Line(metric, figure, base, now, change, Judgement.NOT_JUDGED);
        boolean slight = Math.abs(change) <= tolerance || Math.abs(now - base) < noise(metric, figure);
        if (slight) return new Line(metric, figure, base, now, change, Judgement.SAME);
        boolean grew = now > base;
        return new Line(metric, figure, base, now, change, grew == (better == Better.HIGHER) ? Judgement.BETTER : Judgement.WORSE);
    }

    /** What is judged: medians and p95 of latencies, failures, work done per second, and what it cost the node. */
    static Better direction(String metric, String figure) {
        if (figure.equals("med") || figure.equals("p(95)")) return isLatency(metric) ? Better.LOWER : Better.NEITHER;
        if (metric.startsWith("errorRate_") || List.of("http_req_failed", "operations_failed").contains(metric)) return Better.LOWER;
        if (figure.equals("count")) {
            boolean fault = List.of("connection_resets", "messages_lost", "messages_duplicated", "dropped_iterations").contains(metric);
            return fault ? Better.LOWER : Better.NEITHER;
        }
        if (figure.equals("rate")) return List.of("http_reqs", "iterations", "messages_sent").contains(metric) ? Better.HIGHER
                : Better.NEITHER;
        return NOISE_NODE_CALLS.containsKey(metric) ? Better.LOWER : Better.NEITHER;
    }

    private static boolean isLatency(String metric) {
        return metric.endsWith("_latency") || metric.startsWith("http_req_") || metric.startsWith("sendMessage_")
                || metric.equals("iteration_duration") || metric.equals("schedule_delay");
    }

    private static double noise(String metric, String figure) {
        if (figure.equals("med") || figure.equals("p(95)")) return NOISE_MS;
        return figure.equals("value") ? NOISE_NODE_CALLS.getOrDefault(metric, NOISE_SHARE) : 0;
    }

    private static Optional<Double> value(Json metric, String figure) {
        return metric.find(figure).filter(Json::isNumber).map(Json::asDouble);
    }

    private static Map<String, String> settings(Json summary) {
        Map<String, String> settings = new LinkedHashMap<>();
        summary.find("suiload").flatMap(part -> part.find("settings")).ifPresent(part ->
                part.entries().forEach((name, value) -> settings.put(name, value.isString() ? value.asString() : value.toString())));
        return settings;
    }

    private static List<String> differing(Map<String, String> base, Map<String, String> now) {
        var names = new TreeSet<>(base.keySet());
        names.addAll(now.keySet());
        names.removeIf(name -> base.getOrDefault(name, "unset").equals(now.getOrDefault(name, "unset")));
        return names.stream().map(name -> name + ": " + base.getOrDefault(name, "unset") + " → " + now.getOrDefault(name, "unset"))
                .toList();
    }
}
