package suiload.report;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code report.html}: one file with everything in it, to be opened offline, printed or mailed. */
public final class HtmlReport {
    /** Metric and label of each bar. */
    private static final List<List<String>> NODE_CALLS = List.of(
            List.of("node_calls_per_message", "per message sent"),
            List.of("node_calls_per_1000_polls", "per 1000 polls"),
            List.of("node_calls_per_membership_read", "per membership read"));

    /** What is timed, and the metrics that time it, each from further inside than the one before. */
    private static final List<Steps> STEPS = List.of(
            new Steps("Sending a message", List.of("sendMessage_e2e", "sendMessage_duration", "sendMessage_server_time", "sendMessage_latency")),
            new Steps("Any request", List.of("http_req_e2e", "http_req_duration", "http_req_server_time")));
    private static final List<String> STEP_WORDS = List.of("from its planned start, with waits and retries", "as sent, until its answer",
            "of that, in the service (whole milliseconds)", "of that, waiting for the chain (whole milliseconds)");

    private final RunResult result;

    private record Steps(String what, List<String> metrics) {}

    private HtmlReport(RunResult result) {
        this.result = result;
    }

    public static String text(RunResult result) {
        return new HtmlReport(result).page();
    }

    private String page() {
        RunInfo run = result.run();
        return Html.page("report.html", Map.ofEntries(
                Map.entry("title", "suiload run " + Html.escape(run.id())),
                Map.entry("verdict", Html.badge(kind(result.verdict()), words(result.verdict()))),
                Map.entry("subtitle", Html.escape("Run " + run.id() + ", " + run.started().truncatedTo(ChronoUnit.SECONDS) + ", took "
                + Figures.duration(run.took())
                        + ", network " + run.network())),
                Map.entry("notes", result.notes().stream().map(Html::note).collect(Collectors.joining())),
                Map.entry("tiles", tiles()),
                Map.entry("thresholds", thresholds()),
                Map.entry("steps", steps()),
                Map.entry("operations", nodeCalls()),
                Map.entry("errors", errors()),
                Map.entry("metrics", metrics()),
                Map.entry("settings", Html.pairs(run.settings())),
                Map.entry("versions", Html.pairs(run.versions())),
                Map.entry("footer", Html.escape(accounting())),
                Map.entry("data", Html.json(ChartData.of(result)))));
    }

    private static String kind(Verdict verdict) {
        return switch (verdict.kind()) {
            case HELD -> "held";
            case UNFIT, INTERRUPTED -> "void";
            case THRESHOLD_FAILED, UNREACHABLE, BAD_SETTINGS -> "failed";
        };
    }

    private static String words(Verdict verdict) {
        String sign = verdict.kind() == Verdict.Kind.HELD ? "✓ all thresholds held" : "✗ " + verdict.reason();
        return sign + " (exit code " + verdict.kind().exitCode() + ")";
    }

    /** The figures that a person looks for first; those that the run has. */
    private String tiles() {
        var tiles = new StringBuilder();
        trend("http_req_duration", 95).ifPresent(text -> tiles.append(Html.tile(text, "request latency, p95")));
        trend("sendMessage_latency", 95).ifPresent(text -> tiles.append(Html.tile(text, "sending a message, p95")));
        trend("message_delivery_latency", 95).ifPresent(text -> tiles.append(Html.tile(text, "delivery, p95")));
        counter("http_reqs").ifPresent(reqs -> tiles.append(Html.tile(Figures.plain(Math.round(reqs.perSecond() * 10) / 10.0),
                "requests per second")));
        rate("http_req_failed").ifPresent(failed -> tiles.append(Html.tile(Figures.share(failed.value()), "of the requests failed")));
        count(tiles, "connection_resets", "connection resets");
        count(tiles, "messages_sent", "messages sent");
        count(tiles, "messages_lost", "messages lost");
        count(tiles, "messages_duplicated", "messages doubled");
        return tiles.toString();
    }

    private void count(StringBuilder tiles, String name, String label) {
        counter(name).ifPresent(counter -> tiles.append(Html.tile(Figures.of(counter.unit(), counter.count()), label)));
    }

    private String thresholds() {
        if (result.thresholds().isEmpty()) return "<p>none were set</p>";
        List<List<String>> rows = new ArrayList<>();
        for (ThresholdResult threshold : result.thresholds()) {
            rows.add(List.of("<td>" + sign(threshold) + "</td>", Html.name(threshold.metric()), Html.cell(threshold.expression()),
                    Html.number(observed(threshold)), Html.cell(threshold.reason())));
        }
        return Html.table(List.of("", "metric", "threshold", "was#", ""), rows);
    }

    private static String sign(ThresholdResult threshold) {
        return switch (threshold.outcome()) {
            case HELD -> Html.badge("held", "✓ held");
            case FAILED -> Html.badge("failed", "✗ failed");
            case VOID -> Html.badge("void", "– void");
        };
    }

    private String observed(ThresholdResult threshold) {
        if (threshold.observed().isEmpty()) return "";
        double value = threshold.observed().getAsDouble();
        Metric metric = result.metrics().get(threshold.metric());
        if (metric instanceof Metric.Rate) return Figures.share(value);
        return Figures.of(metric == null ? Unit.PLAIN : metric.unit(), value);
    }

    /** Where the time goes: the gap between two lines is the driver's lateness, the way there and back, and the service's own work. */
    private String steps() {
        List<List<String>> rows = new ArrayList<>();
        for (Steps steps : STEPS) {
            for (int i = 0; i < steps.metrics().size(); i++) {
                String name = steps.metrics().get(i);
                if (!(result.metrics().get(name) instanceof Metric.Trend trend) || trend.count() == 0) continue;
                rows.add(List.of(Html.name(i == 0 ? steps.what() : ""), Html.cell(STEP_WORDS.get(i)), percentile(trend, 50),
                        percentile(trend, 95), percentile(trend, 99), Html.name(name)));
            }
        }
        return rows.isEmpty() ? "<p>no request succeeded</p>" : Html.table(List.of("", "", "median#", "p95#", "p99#", "metric"), rows);
    }

    private static String percentile(Metric.Trend trend, double percent) {
        return Html.number(Figures.of(trend.unit(), trend.percentile(percent)));
    }

    private String errors() {
        if (result.errors().isEmpty()) return "<p>No request failed.</p>";
        List<List<String>> rows = new ArrayList<>();
        for (ErrorRow error : result.errors()) {
            rows.add(List.of(Html.number(Long.toString(error.count())), Html.name(error.layer()), Html.name(error.cause()),
                    Html.cell(error.first().truncatedTo(ChronoUnit.SECONDS) + " … " + error.last().truncatedTo(ChronoUnit.SECONDS)),
                    Html.cell(error.example()), Html.cell(error.hint())));
        }
        return Html.table(List.of("count#", "layer", "cause", "first and last", "an example", "what may help"), rows);
    }

    private String metrics() {
        List<List<String>> rows = new ArrayList<>();
        result.metrics().forEach((name, metric) -> rows.add(row(name, metric)));
        return Html.table(List.of("metric", "count or value#", "rate#", "avg#", "min#", "median#", "p95#", "p99#", "max#"), rows);
    }

    private static List<String> row(String name, Metric metric) {
        List<String> cells = new ArrayList<>(List.of(Html.name(name)));
        switch (metric) {
            case Metric.Counter counter -> add(cells, metric.unit(), Figures.of(counter.unit(), counter.count()),
                    Figures.of(counter.unit(), counter.perSecond()) + "/s");
            case Metric.Gauge gauge -> add(cells, metric.unit(), Figures.of(gauge.unit(), gauge.value()), "", Double.NaN, gauge.min(),
                    Double.NaN,
                    Double.NaN, Double.NaN, gauge.max());
            case Metric.Rate rate -> add(cells, metric.unit(), rate.passes() + " of " + (rate.passes() + rate.fails()),
                    Figures.share(rate.value()));
            case Metric.Trend trend when trend.count() == 0 -> add(cells, metric.unit(), "no sample", "");
            case Metric.Trend trend -> add(cells, metric.unit(), Long.toString(trend.count()), "", trend.avg(), trend.min(),
                    trend.percentile(50),
                    trend.percentile(95), trend.percentile(99), trend.max());
        }
        return cells;
    }

    /** Six figures, or none: not a number is an empty cell. */
    private static void add(List<String> cells, Unit unit, String count, String rate, double... figures) {
        cells.add(Html.number(count));
        cells.add(Html.number(rate));
        for (int i = 0; i < 6; i++) {
            boolean known = i < figures.length && !Double.isNaN(figures[i]);
            cells.add(Html.number(known ? Figures.of(unit, figures[i]) : ""));
        }
    }

    /** Bars of what one operation costs the node: the figure that the service is judged by. */
    private String nodeCalls() {
        List<String> bars = new ArrayList<>();
        double largest = NODE_CALLS.stream().flatMap(pair -> gauge(pair.getFirst()).stream()).mapToDouble(Metric.Gauge::value).max()
                .orElse(0);
        for (List<String> pair : NODE_CALLS) gauge(pair.getFirst())
                .ifPresent(gauge -> bars.add(bar(pair.getLast(), gauge.value(), largest)));
        String content = bars.isEmpty() ? "<div class=\"none\">not known in this run</div>" : "<div class=\"bars\">" + String.join("", bars)
                + "</div>";
        return "<figure class=\"panel\" id=\"chart-operations\" data-points=\"" + bars.size()
                + "\"><figcaption>Node calls per operation</figcaption>" + content + "</figure>";
    }

    private static String bar(String label, double value, double largest) {
        String width = String.format(Locale.ROOT, "%.1f", largest == 0 ? 0 : 100 * value / largest);
        return "<span>" + label + "</span><i style=\"width:" + width + "%\"></i><b>" + Figures.plain(Math.round(value * 1000) / 1000.0)
                + "</b>";
    }

    private String accounting() {
        Accounting all = result.accounting();
        return all.started() + " requests started = " + all.ok() + " ok + " + all.failed() + " failed + " + all.interrupted()
                + " interrupted."
                + (result.run().networkEmbedded() ? " The network was the embedded one: no figure here is of a public chain." : "");
    }

    private Optional<String> trend(String name, int percent) {
        return result.metrics().get(name) instanceof Metric.Trend trend && trend.count() > 0
                ? Optional.of(Figures.of(trend.unit(), trend.percentile(percent))) : Optional.empty();
    }

    private Optional<Metric.Counter> counter(String name) {
        return result.metrics().get(name) instanceof Metric.Counter counter ? Optional.of(counter) : Optional.empty();
    }

    private Optional<Metric.Rate> rate(String name) {
        return result.metrics().get(name) instanceof Metric.Rate rate ? Optional.of(rate) : Optional.empty();
    }

    private Optional<Metric.Gauge> gauge(String name) {
        return result.metrics().get(name) instanceof Metric.Gauge gauge ? Optional.of(gauge) : Optional.empty();
    }
}
