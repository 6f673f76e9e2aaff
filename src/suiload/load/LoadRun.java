package suiload.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import suiload.report.Exposition;
import suiload.report.RunResult;
import suiload.report.Timeline;
import suiload.report.Verdict;

/** One run against a service that is ready: provision, ramp, steady, drain, settle, judge. */
final class LoadRun {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
    /** When told to end, it is shorter: somebody waits. */
    private static final Duration HURRIED_DRAIN = Duration.ofSeconds(5);
    private static final long TICK_MILLIS = 20;
    private static final double WARM_UP_MAX_SECONDS = 20;

    private final LoadSettings settings;
    private final Arrival arrival;
    private final Progress progress;
    private final StopSignal stop;
    private final LiveCharts charts;
    private final Rig rig;
    private final Fitness fitness;
    private final NodeCalls nodeCalls;
    private final List<String> notes = new ArrayList<>();
    private final Instant started = Instant.now();
    private LoadPhase loadPhase = LoadPhase.NONE;
    private Optional<CannotRun> failure = Optional.empty();

    /** @param charts is told how it goes */
    LoadRun(LoadSettings settings, Arrival arrival, Progress progress, StopSignal stop, LiveCharts charts) {
        this.settings = settings;
        this.arrival = arrival;
        this.progress = progress;
        this.stop = stop;
        this.charts = charts;
        this.rig = new Rig(settings, Long.toString(started.toEpochMilli(), Character.MAX_RADIX),
                settings.seed().orElseGet(() -> started.toEpochMilli() % 1_000_000));
        // A long climb is load, not warm-up.
        this.fitness = new Fitness(Math.min(WARM_UP_MAX_SECONDS, settings.plan().active().warmUp().toMillis() / 1000.0), ProcessFigures.cpus());
        this.nodeCalls = new NodeCalls(rig.measurements());
    }

    /** Always gives a result, also when stopped or when provisioning fails; its verdict says which. */
    RunResult run() throws IOException {
        progress.line("run " + rig.runId() + ", seed " + rig.seed() + ": " + settings.mix().active() + " active and " + settings.mix()
                .passive()
                + " passive users, " + (settings.service().sharedConnections() ? "shared connections" : "a connection each"));
        Files.createDirectories(settings.output().folder());
        if (settings.service().sharedConnections()) fitCarriers(settings.requestsPerSecond());
        Timeline timeline;
        try (rig) {
            timeline = measured();
        }
        return new Results(rig, arrival, started, notes).result(timeline, loadPhase, this::verdict);
    }

    /**
     * A second carrier of virtual threads would be woken up for what the first has time for. The JVM has one scheduler, which
     * {@code conf/jvm/load-shared.args} starts with one.
     */
    private static void fitCarriers(double requestsPerSecond) {
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class).setParallelism(Connections.threadsFor(requestsPerSecond));
    }

    private Timeline measured() throws IOException {
        ServerFigures server = new ServerFigures(arrival.watch());
        Sampler sampler = new Sampler(rig, server, fitness, stepSeconds(), settings.output().folder().resolve("histograms.hlog"),
                charts);
        try (server; sampler) {
            Exposition before = metricsNow();
            phases(sampler);
            stop.heard();
            nodeCalls.whole(before, metricsNow());
        }
        return sampler.timeline();
    }

    private int stepSeconds() {
        Duration longest = settings.plan().active().length().plus(Duration.ofMinutes(30));
        return (int) (1 + longest.toSeconds() / Sampler.ROWS_MAX);
    }

    private void phases(Sampler sampler) {
        try {
            sampler.phase("provision");
            List<Channel> channels = new Provisioning(settings, rig.setupLines(), rig.runId(), progress).run();
            Map<String, Sent> sent = ledger(channels);
            load(new Population(rig, channels, sent), sampler);
            settle(channels, sent, sampler);
        } catch (CannotRun cannot) {
            failure = Optional.of(cannot);
        } catch (RunStopped | InterruptedException stopped) {
            if (!stop.heard()) throw new IllegalStateException("interrupted without a request to stop", stopped);
        }
    }

    private Map<String, Sent> ledger(List<Channel> channels) {
        Map<String, Sent> sent = new HashMap<>();
        channels.stream().flatMap(channel -> channel.active().stream())
                .forEach(member -> sent.put(member.user().name(), new Sent(rig.measurements())));
        return Map.copyOf(sent);
    }

    /** Ramp, steady and drain. */
    private void load(Population population, Sampler sampler) throws InterruptedException {
        Exposition before = metricsNow();
        NodeCalls.Done doneBefore = NodeCalls.Done.of(rig.measurements());
        // What provisioning left is collected now: later it would be a pause of a tenth of a second in what is measured.
        System.gc();
        Map<MetricName, Long> trafficBefore = LoadPhase.traffic(rig.measurements());
        long begin = System.nanoTime();
        sampler.phase("ramp");
        sampler.loadBegins();
        try {
            drive(population, sampler);
        } catch (InterruptedException stopped) {
            progress.line("stopping: requests under way may finish, then reports are written");
        } catch (CannotRun gone) {
            failure = Optional.of(gone);
        }
        sampler.loadEnds();
        sampler.phase("drain");
        drain(population, sampler);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Exposition after = metricsNow();
        loadPhase = LoadPhase.of(seconds, trafficBefore, rig.measurements(), NodeCalls.between(before, after));
        notes.add(heapPerUser());
        long dropped = rig.measurements().count(MetricName.DROPPED_ITERATIONS);
        if (dropped > 0) notes.add(dropped + " messages of the asked rate were not sent, for no user was free: raise ACTIVE_USERS_TOTAL");
        nodeCalls.perOperation(before, after, NodeCalls.Done.of(rig.measurements()).minus(doneBefore));
    }

    private void drive(Population population, Sampler sampler) throws InterruptedException {
        long start = System.nanoTime();
        long length = settings.plan().active().length().toNanos();
        long warm = Math.max(settings.plan().active().warmUp().toNanos(), settings.plan().passive().warmUp().toNanos());
        LiveLine live = new LiveLine(rig, sampler);
        Supplier<String> figures = () -> progress.terminal() ? live.users(population) : live.text(population);
        population.begin(start);
        boolean steady = false;
        try (Progress.Bar bar = progress.bar("load", length / 1_000_000).over(() -> live.block(progress.colour()))) {
            for (long at = 0; at < length && !stop.requested(); at = System.nanoTime() - start) {
                population.adjust(at);
                sampler.users(population.active(), population.passive());
                if (!steady && at >= warm) sampler.phase("steady");
                steady |= at >= warm;
                bar.at(at / 1_000_000, figures);
                arrival.died().ifPresent(why -> { throw CannotRun.unreachable(why); });
                Thread.sleep(TICK_MILLIS);
            }
            bar.at(length / 1_000_000, figures);
        }
    }

    private void drain(Population population, Sampler sampler) throws InterruptedException {
        population.finish();
        awaitEnd(population);
        population.interrupt();
        awaitEnd(population);
        sampler.users(0, 0);
    }

    private void awaitEnd(Population population) throws InterruptedException {
        long begin = System.nanoTime();
        while (population.running() && System.nanoTime() - begin < drainLimit(hurry(), settings.patience().timeout()).toNanos()) pause();
    }

    /** What will time out does so within the drain: a request that is cut off counts as no failure, however the service hangs. */
    static Duration drainLimit(boolean hurry, Duration timeout) {
        if (hurry) return HURRIED_DRAIN;
        return timeout.compareTo(DRAIN_LIMIT) > 0 ? timeout : DRAIN_LIMIT;
    }

    /** Whether what is left to do must be short: somebody waits, or the service is gone. */
    private boolean hurry() {
        return stop.heard() || failure.isPresent();
    }

    /** All users still exist, but nothing is under way: what they cost to keep. */
    private String heapPerUser() {
        System.gc();
        long live = ProcessFigures.heapUsed();
        return "driver heap: " + live / 1_000_000 + " MB live, " + live / 1000 / settings.mix().users() + " kB a user";
    }

    private void pause() throws InterruptedException {
        try {
            Thread.sleep(TICK_MILLIS);
        } catch (InterruptedException told) {
            if (!hurry()) throw told;
        }
    }

    private void settle(List<Channel> channels, Map<String, Sent> sent, Sampler sampler) throws InterruptedException {
        sampler.phase("settle");
        Settlement settlement = new Settlement(rig.setupLines(), sent, rig.runId(), rig.measurements(), progress);
        Settlement.Settled settled = settlement.run(channels, Settlement.LIMIT, this::hurry);
        if (settled.channelsUnread() > 0) {
            notes.add(settled.channelsUnread() + " channels could not be read at the end: their messages are counted as unknown");
            rig.measurements().unchecked(MetricName.MESSAGES_LOST, MetricName.MESSAGES_DUPLICATED);
        }
        if (failure.isEmpty()) failure = arrival.died().map(CannotRun::unreachable);
    }

    private Exposition metricsNow() {
        try {
            return arrival.watch().metrics();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Exposition.NONE;
        }
    }

    /** What ended the run decides before what the thresholds say. */
    private Optional<Verdict> verdict() {
        if (stop.requested()) return Optional.of(new Verdict(Verdict.Kind.INTERRUPTED,
                "interrupted: the figures are those of a part of the run"));
        if (failure.isPresent()) return failure.map(cannot -> new Verdict(cannot.kind(), cannot.getMessage()));
        Optional<String> unfit = fitness.unfit().or(this::outOfSockets);
        return unfit.map(why -> new Verdict(Verdict.Kind.UNFIT, why + ": the result is void"));
    }

    private Optional<String> outOfSockets() {
        List<String> own = List.of(SocketFault.NO_PORT.text(), SocketFault.NO_DESCRIPTOR.text());
        return rig.errors().rows().stream().filter(row -> row.layer().equals("socket") && own.contains(row.cause()))
                .findFirst().map(row -> "the driver was unfit: " + row.cause().replace('_', ' ') + " left, " + row.count() + " times; "
                        + row.hint());
    }
}
