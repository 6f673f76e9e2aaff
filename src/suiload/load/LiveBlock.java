package suiload.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import suiload.metrics.LatencySnapshot;
import suiload.report.Column;
import suiload.report.Figures;

/** What a terminal shows under the progress bar while users run: rates, latencies, their distribution and the failures so far. */
final class LiveBlock {
    private static final int BUCKETS = 8;
    private static final int BAR_WIDTH = 40;
    private static final int CAUSES_MAX = 5;
    private static final String DIM = "\u001b[2m";
    private static final String CYAN = "\u001b[36m";
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";
    private static final SequencedMap<String, String> SERIES = series();

    private final Moment moment;
    private final boolean colour;
    private final List<String> lines = new ArrayList<>();

    /**
     * Where a run stands.
     *
     * @param row      figures of the last second, by column
     * @param requests latencies of all successful requests so far
     * @param failures so far, by layer and cause
     */
    record Moment(Map<String, Double> row, LatencySnapshot requests, Map<String, Long> failures, Counts counts) {}

    /** Since the run began. */
    record Counts(long ok, long failed, long retries, long resets, long sent, long seen) {}

    private LiveBlock(Moment moment, boolean colour) {
        this.moment = moment;
        this.colour = colour;
    }

    static List<String> lines(Moment moment, boolean colour) {
        LiveBlock block = new LiveBlock(moment, colour);
        block.rates();
        block.latencies();
        block.distribution();
        block.failures();
        return List.copyOf(block.lines);
    }

    private static SequencedMap<String, String> series() {
        SequencedMap<String, String> series = new LinkedHashMap<>();
        series.put("request", Column.REQUEST);
        series.put("send", Column.SEND);
        series.put("poll", Column.POLL);
        series.put("delivery", Column.DELIVERY);
        return series;
    }

    private void rates() {
        Counts counts = moment.counts();
        lines.add("");
        lines.add(line("requests", "%8.1f/s  %,12d ok  %s  %,d retried  %s", value(Column.REQUESTS), counts.ok(),
                alarming(counts.failed(), "failed"), counts.retries(), alarming(counts.resets(), "resets")));
        lines.add(line("messages", "%8.1f/s  %,12d sent  %,d seen", value(Column.MESSAGES_SENT), counts.sent(), counts.seen()));
        lines.add(line("driver", "%7.0f%% CPU  %s  %.0f sockets", value(Column.DRIVER_CPU), Figures.bytes(value(Column.DRIVER_RSS)),
                value(Column.DRIVER_SOCKETS)));
        if (!moment.row().containsKey(Column.SERVER_CPU)) return;
        lines.add(line("service", "%7.0f%% CPU  %s  %.0f connections  %.0f node calls/s", value(Column.SERVER_CPU),
                Figures.bytes(value(Column.SERVER_RSS)), value(Column.SERVER_CONNECTIONS), value(Column.NODE_CALLS)));
    }

    private void latencies() {
        lines.add("");
        lines.add(dim(String.format(Locale.ROOT, "  %-10s %12s %12s %12s", "last second", "p50", "p95", "p99")));
        SERIES.forEach((label, column) -> {
            if (moment.row().containsKey(Column.percentile(column, 50))) {
                lines.add(String.format(Locale.ROOT, "  %-11s %12s %12s %12s", label, at(column, 50), at(column, 95), at(column, 99)));
            }
        });
    }

    private String at(String column, int percent) {
        return Figures.milliseconds(value(Column.percentile(column, percent)));
    }

    /** As many requests as took at most the time before the bar and more than the one above it; the times grow by equal factors. */
    private void distribution() {
        LatencySnapshot all = moment.requests();
        if (all.count() == 0) return;
        lines.add("");
        lines.add(dim("  latency of all requests, up to"));
        double low = Math.max(1, all.min());
        double factor = Math.pow(Math.max(all.max(), low + 1) / low, 1.0 / BUCKETS);
        long[] upTo = new long[BUCKETS + 1];
        long most = 1;
        for (int i = 1; i <= BUCKETS; i++) {
            upTo[i] = i == BUCKETS ? all.count() : all.countUpTo(Math.round(low * Math.pow(factor, i)));
            most = Math.max(most, upTo[i] - upTo[i - 1]);
        }
        for (int i = 1; i <= BUCKETS; i++) {
            long count = upTo[i] - upTo[i - 1];
            String bar = "■".repeat((int) Math.ceil((double) BAR_WIDTH * count / most));
            String limit = Figures.milliseconds(low * Math.pow(factor, i) / 1000);
            lines.add(String.format(Locale.ROOT, "  %11s %s %,d", limit, paint(CYAN, bar), count));
        }
    }

    private void failures() {
        if (moment.failures().isEmpty()) return;
        lines.add("");
        lines.add(dim("  failures so far"));
        moment.failures().entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(CAUSES_MAX)
                .forEach(cause -> lines.add(String.format(Locale.ROOT, "  %,11d ", cause.getValue()) + paint(RED, cause.getKey())));
    }

    private String line(String label, String format, Object... values) {
        return "  " + dim(String.format("%-9s", label)) + String.format(Locale.ROOT, format, values);
    }

    private String alarming(long count, String what) {
        String text = String.format(Locale.ROOT, "%,d %s", count, what);
        return count == 0 ? text : paint(RED, text);
    }

    private double value(String column) {
        return moment.row().getOrDefault(column, 0.0);
    }

    private String dim(String text) {
        return paint(DIM, text);
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? code + text + PLAIN : text;
    }
}
