package suiload.report;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** A made-up run with every kind of figure in it, the same each time. */
final class SampleRun {
    private SampleRun() {}

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final double[] PERCENTS = {50, 75, 90, 95, 99, 99.9, 100};
    private static final int SECONDS = 120;

    /** A run that went well, apart from a few resets. */
    static RunResult good() {
        return result(1, new Verdict(Verdict.Kind.HELD, ""));
    }

    /** The same with latencies {@code factor} times as long. */
    static RunResult slower(double factor) {
        return result(factor, new Verdict(Verdict.Kind.THRESHOLD_FAILED, "1 threshold failed: sendMessage_latency p(95)<4000"));
    }

    private static RunResult result(double factor, Verdict verdict) {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        settings.put("ACTIVE_USERS_TOTAL", "250");
        settings.put("PASSIVE_USERS_TOTAL", "1000");
        settings.put("DURATION", "1m");
        SequencedMap<String, String> versions = new LinkedHashMap<>();
        versions.put("suiload", "0.1.0");
        versions.put("java", "25");
        var run = new RunInfo("r-4242", START, Duration.ofSeconds(SECONDS), settings, versions, "embedded");
        return new RunResult(run, metrics(factor), thresholds(factor), timeline(factor), errors(), new Accounting(37_500, 37_488, 12, 0),
                List.of("The network is the embedded one: figures say nothing about a public chain."), verdict);
    }

    private static SequencedMap<String, Metric> metrics(double factor) {
        SequencedMap<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("http_reqs", new Metric.Counter(Unit.PLAIN, 37_500, 312.5));
        metrics.put("http_req_duration", trend(12 * factor, 37_488));
        metrics.put("http_req_failed", new Metric.Rate(12, 37_488));
        metrics.put("http_req_e2e", trend(14 * factor, 37_000));
        metrics.put("http_req_server_time", trend(11 * factor, 37_488));
        metrics.put("sendMessage_latency", trend(1350 * factor, 4200));
        metrics.put("sendMessage_e2e", trend(1380 * factor, 4200));
        metrics.put("sendMessage_duration", trend(1370 * factor, 4200));
        metrics.put("sendMessage_server_time", trend(1360 * factor, 4200));
        metrics.put("fetchChannelMessagesByTableId_latency", trend(3 * factor, 30_000));
        metrics.put("message_delivery_latency", trend(2100 * factor, 16_000));
        metrics.put("connection_resets", new Metric.Counter(Unit.PLAIN, 3, 0.025));
        metrics.put("messages_sent", new Metric.Counter(Unit.PLAIN, 4200, 35));
        metrics.put("messages_lost", new Metric.Counter(Unit.PLAIN, 0, 0));
        metrics.put("messages_duplicated", new Metric.Counter(Unit.PLAIN, 0, 0));
        metrics.put("data_received", new Metric.Counter(Unit.BYTES, 93_000_000, 775_000));
        metrics.put("sendMessage_gas", new Metric.Gauge(Unit.MIST, 2_345_678, 2_000_000, 2_900_000));
        metrics.put("node_calls_per_message", new Metric.Gauge(Unit.PLAIN, 1.02, 1.02, 1.02));
        metrics.put("node_calls_per_1000_polls", new Metric.Gauge(Unit.PLAIN, 0.31, 0.31, 0.31));
        metrics.put("node_calls_per_membership_read", new Metric.Gauge(Unit.PLAIN, 0.05, 0.05, 0.05));
        return metrics;
    }

    private static Metric.Trend trend(double median, long count) {
        List<Metric.Percentile> percentiles = Stream.iterate(0, i -> i + 1).limit(PERCENTS.length)
                .map(i -> new Metric.Percentile(PERCENTS[i], median * (1 + 0.55 * i))).toList();
        return new Metric.Trend(Unit.MILLISECONDS, count, median * 1.1, median / 4, median * 4.5, percentiles);
    }

    private static List<ThresholdResult> thresholds(double factor) {
        double send = 1350 * factor * (1 + 0.55 * 3);
        return List.of(
                new ThresholdResult("http_req_failed", "rate<0.01", ThresholdResult.Outcome.HELD, OptionalDouble.of(0.00032), ""),
                new ThresholdResult("sendMessage_latency", "p(95)<4000", send < 4000 ? ThresholdResult.Outcome.HELD
                : ThresholdResult.Outcome.FAILED,
                        OptionalDouble.of(send), ""),
                new ThresholdResult("createChannel_latency", "p(95)<5000", ThresholdResult.Outcome.VOID, OptionalDouble.empty(),
                "no sample"));
    }

    private static List<ErrorRow> errors() {
        return List.of(
                new ErrorRow("socket", "reset", 3, START.plusSeconds(61), START.plusSeconds(75),
                "Connection reset <script>alert(1)</script>", ""),
                new ErrorRow("http", "503 no_permit", 9, START.plusSeconds(40), START.plusSeconds(44),
                "POST /contract/…: \"no permit\" & more",
                        "raise MAX_CONCURRENT_REQUESTS, or send less"));
    }

    private static Timeline timeline(double factor) {
        var random = new Random(4242);
        List<Timeline.Phase> phases = List.of(new Timeline.Phase("provision", 0), new Timeline.Phase("ramp", 12),
                new Timeline.Phase("steady", 32),
                new Timeline.Phase("drain", 100), new Timeline.Phase("settle", 112));
        return new Timeline(1, phases, Stream.iterate(1, second -> second + 1).limit(SECONDS).map(second -> row(second, factor, random))
                .toList());
    }

    private static Timeline.Row row(int second, double factor, Random random) {
        double load = Math.clamp((second - 12) / 20.0, 0, 1) * (second > 100 ? Math.max(0, (112 - second) / 12.0) : 1);
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        values.put(Column.USERS_ACTIVE, Math.floor(250 * load));
        values.put(Column.USERS_PASSIVE, Math.floor(1000 * load));
        values.put(Column.REQUESTS, 540 * load * (0.95 + random.nextDouble() / 10));
        values.put(Column.FAILED, second == 61 || second == 42 ? 4.0 : 0);
        values.put(Column.RETRIES, second == 61 || second == 42 ? 4.0 : 0);
        values.put(Column.RESETS, second == 61 ? 3.0 : 0);
        values.put(Column.MESSAGES_SENT, 35 * load * (0.9 + random.nextDouble() / 5));
        values.put(Column.MESSAGES_SEEN, 140 * load * (0.9 + random.nextDouble() / 5));
        if (load > 0) {
            latency(values, Column.REQUEST, 12 * factor, random);
            latency(values, Column.END_TO_END, 14 * factor, random);
            latency(values, Column.SEND, 1350 * factor, random);
            latency(values, Column.POLL, 3 * factor, random);
            latency(values, Column.DELIVERY, 2100 * factor, random);
            latency(values, Column.SCHEDULE_DELAY, 0.4, random);
        }
        if (second > 40) values.put(Column.ERRORS + "503 no_permit", second < 44 ? 3.0 : 0);
        values.put(Column.SERVER_CPU, 20 + 60 * load + random.nextDouble() * 8);
        values.put(Column.DRIVER_CPU, 10 + 40 * load + random.nextDouble() * 8);
        values.put(Column.SERVER_RSS, 300e6 + 1e6 * second);
        values.put(Column.DRIVER_RSS, 200e6 + 4e5 * second);
        values.put(Column.SERVER_CONNECTIONS, Math.floor(1250 * load));
        values.put(Column.DRIVER_SOCKETS, Math.floor(1250 * load));
        values.put(Column.NODE_CALLS, 37 * load);
        return new Timeline.Row(second, values);
    }

    private static void latency(SequencedMap<String, Double> values, String name, double median, Random random) {
        values.put(Column.percentile(name, 50), median * (0.9 + random.nextDouble() / 5));
        values.put(Column.percentile(name, 95), median * (1.6 + random.nextDouble() / 3));
        values.put(Column.percentile(name, 99), median * (2 + random.nextDouble()));
    }
}
