package suiload.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import suiload.metrics.HistogramLog;
import suiload.metrics.LatencySnapshot;
import suiload.report.Column;
import suiload.report.Timeline;

/**
 * Looks at everything once per second: rows of the timeline, the histogram log, the driver's fitness. Memory is bounded: in
 * a very long run a row covers more seconds.
 */
final class Sampler implements AutoCloseable {
    static final int ROWS_MAX = 7200;
    private static final long SECOND = 1_000_000_000L;
    private static final List<MetricName> SHOWN = List.of(MetricName.HTTP_REQ_DURATION, MetricName.HTTP_REQ_E2E,
            MetricName.SEND_MESSAGE_LATENCY,
            MetricName.TABLE_MESSAGES_LATENCY, MetricName.MESSAGE_DELIVERY_LATENCY, MetricName.SCHEDULE_DELAY);
    /** Those, and what the driver's fitness is judged by. */
    private static final Set<MetricName> EACH_SECOND = Stream.concat(SHOWN.stream(), Stream.of(MetricName.HTTP_REQ_BLOCKED))
            .collect(Collectors.toUnmodifiableSet());

    /** The other latencies have a line in the log each so many seconds: to read and write one costs as much as serving a request. */
    private static final int OTHERS_SECONDS = 10;
    /** The system lists every connection of the machine to whoever counts some of them: 7 ms at 1,250. */
    private static final int SOCKETS_SECONDS = 5;
    private static final int[] PERCENTILES = {50, 95, 99};

    private final Rig rig;
    private final ServerFigures server;
    private final Fitness fitness;
    private final HistogramLog log;
    private final LiveCharts charts;
    private final int stepSeconds;
    private final long begun = System.nanoTime();
    private final List<Timeline.Row> rows = new ArrayList<>();
    private final List<Timeline.Phase> phases = new ArrayList<>();
    private final Map<MetricName, LatencySnapshot> sinceRow = new EnumMap<>(MetricName.class);
    private final Thread thread;
    private volatile boolean running = true;
    private volatile int active;
    private volatile int passive;
    private volatile double lastP95;
    private OptionalLong sockets = OptionalLong.empty();
    private volatile Map<String, Double> latest = Map.of();
    private volatile double loadBegan = Double.MAX_VALUE;
    private Sums lastRow;
    private Sums lastSecond;

    /** Sums so far, of which a row shows the growth. */
    private record Sums(long nanos, long requests, long failed, long retries, long resets, long sent, long seen, long cpuNanos,
            long gcMillis,
            Map<String, Long> errors) {}

    /** @param charts is told of each row and phase as they come */
    Sampler(Rig rig, ServerFigures server, Fitness fitness, int stepSeconds, Path histograms, LiveCharts charts) throws IOException {
        this.rig = rig;
        this.server = server;
        this.fitness = fitness;
        this.stepSeconds = stepSeconds;
        this.charts = charts;
        this.log = HistogramLog.create(histograms, Instant.now(), "suiload run " + rig.runId() + ", values in microseconds");
        this.lastRow = totals();
        this.lastSecond = lastRow;
        this.thread = Thread.ofPlatform().name("sampler").daemon().start(this::run);
    }

    /** A phase begins. Called by the thread that closes. */
    void phase(String name) {
        Timeline.Phase phase = new Timeline.Phase(name, seconds());
        phases.add(phase);
        charts.phase(phase);
    }

    /** From now on users run; the fitness of the driver is judged. */
    void loadBegins() {
        loadBegan = seconds(System.nanoTime());
    }

    /** The users are told to stop; from now on nothing is planned, so nothing is late. */
    void loadEnds() {
        loadBegan = Double.MAX_VALUE;
    }

    void users(int activeNow, int passiveNow) {
        active = activeNow;
        passive = passiveNow;
    }

    /** Of the requests of the last second that had any, in milliseconds. */
    double lastP95() {
        return lastP95;
    }

    /** Figures of the last interval, by column. */
    Map<String, Double> latest() {
        return latest;
    }

    private double seconds() {
        return seconds(System.nanoTime());
    }

    /** Ends the sampling, with a last row. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        joinThread();
        try {
            log.close();
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    /** Not to be interrupted: rows and log belong to that thread until it has ended. */
    private void joinThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    /** After {@link #close}. */
    Timeline timeline() {
        return new Timeline(stepSeconds, phases, rows);
    }

    private void run() {
        long next = begun + SECOND;
        Instant from = Instant.now();
        Instant othersFrom = from;
        for (int second = 1; running; second++) {
            while (running && System.nanoTime() < next) LockSupport.parkNanos(this, next - System.nanoTime());
            Instant to = Instant.now();
            if (second % SOCKETS_SECONDS == 1 || !running) sockets = rig.sockets().openNow();
            second(from, to);
            if (second % OTHERS_SECONDS == 0 || !running) {
                others(othersFrom, to);
                othersFrom = to;
            }
            if (second % stepSeconds == 0 || !running) row();
            from = to;
            next = Math.max(next + SECOND, System.nanoTime());
        }
    }

    private void second(Instant from, Instant to) {
        Map<MetricName, LatencySnapshot> intervals = new EnumMap<>(MetricName.class);
        EACH_SECOND.forEach(name -> intervals.put(name, rig.measurements().latencies(name).interval()));
        judge(intervals.get(MetricName.SCHEDULE_DELAY), intervals.get(MetricName.HTTP_REQ_BLOCKED));
        intervals.forEach((name, interval) -> {
            if (interval.count() == 0) return;
            if (name == MetricName.HTTP_REQ_DURATION) lastP95 = interval.percentile(95) / 1000.0;
            log.write(name.text(), from, to, interval);
            if (SHOWN.contains(name)) sinceRow.merge(name, interval, LatencySnapshot::plus);
        });
    }

    private void others(Instant from, Instant to) {
        rig.measurements().latencies().forEach((name, latencies) -> {
            if (EACH_SECOND.contains(name)) return;
            LatencySnapshot interval = latencies.interval();
            if (interval.count() > 0) log.write(name.text(), from, to, interval);
        });
    }

    private void judge(LatencySnapshot delay, LatencySnapshot blocked) {
        Sums now = totals();
        double cpu = 100.0 * (now.cpuNanos() - lastSecond.cpuNanos()) / Math.max(1, now.nanos() - lastSecond.nanos());
        fitness.second(seconds(now.nanos()) - loadBegan, new Fitness.Second(delay, blocked, cpu, now.gcMillis() - lastSecond.gcMillis()));
        lastSecond = now;
    }

    private void row() {
        Sums now = totals();
        double seconds = Math.max(1e-3, (now.nanos() - lastRow.nanos()) / 1e9);
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        values.put(Column.USERS_ACTIVE, (double) active);
        values.put(Column.USERS_PASSIVE, (double) passive);
        values.put(Column.REQUESTS, (now.requests() - lastRow.requests()) / seconds);
        values.put(Column.FAILED, (now.failed() - lastRow.failed()) / seconds);
        values.put(Column.RETRIES, (now.retries() - lastRow.retries()) / seconds);
        values.put(Column.RESETS, (now.resets() - lastRow.resets()) / seconds);
        values.put(Column.MESSAGES_SENT, (now.sent() - lastRow.sent()) / seconds);
        values.put(Column.MESSAGES_SEEN, (now.seen() - lastRow.seen()) / seconds);
        latencies(values);
        processes(values, 100.0 * (now.cpuNanos() - lastRow.cpuNanos()) / (seconds * 1e9));
        Sums then = lastRow;
        now.errors().forEach((cause, count) -> values.put(Column.ERRORS + cause,
                (count - then.errors().getOrDefault(cause, 0L)) / seconds));
        lastRow = now;
        add(new Timeline.Row(seconds(now.nanos()), values));
    }

    private void add(Timeline.Row row) {
        latest = row.values();
        if (rows.size() < ROWS_MAX) rows.add(row);
        charts.row(row);
    }

    private void latencies(Map<String, Double> values) {
        sinceRow.forEach((name, interval) -> {
            for (int percentile : PERCENTILES) {
                values.put(Column.percentile(name.text(), percentile), interval.percentile(percentile) / 1000.0);
            }
        });
        sinceRow.clear();
    }

    private void processes(Map<String, Double> values, double driverCpu) {
        values.put(Column.DRIVER_CPU, driverCpu);
        put(values, Column.DRIVER_RSS, ProcessFigures.resident());
        sockets.ifPresent(open -> values.put(Column.DRIVER_SOCKETS, (double) open));
        put(values, Column.SERVER_CPU, server.cpu());
        put(values, Column.SERVER_RSS, server.resident());
        put(values, Column.SERVER_CONNECTIONS, server.connections());
        put(values, Column.NODE_CALLS, server.nodeCallsPerSecond());
    }

    private static void put(Map<String, Double> values, String column, OptionalDouble value) {
        value.ifPresent(known -> values.put(column, known));
    }

    private Sums totals() {
        Measurements measured = rig.measurements();
        return new Sums(System.nanoTime(), measured.count(MetricName.HTTP_REQS), measured.share(MetricName.HTTP_REQ_FAILED).passes().sum(),
                measured.count(MetricName.HTTP_REQ_RETRIES), measured.count(MetricName.CONNECTION_RESETS),
                        measured.count(MetricName.MESSAGES_SENT),
                measured.count(MetricName.MESSAGES_SEEN), ProcessFigures.cpuNanos(), ProcessFigures.gcMillis(),
                        rig.errors().counts());
    }

    private double seconds(long nanos) {
        return (nanos - begun) / 1e9;
    }
}
