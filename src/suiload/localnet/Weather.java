package suiload.localnet;

import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import suiload.metrics.Counter;
import suiload.metrics.Metrics;

/**
 * The weather that now is. The n-th call of a kind meets the same fate in every run with the same seed and weather, in whatever order
 * calls of other kinds come; {@link #change} begins to count anew. Every fault is counted when it is dealt out.
 */
final class Weather {
    static final String FAULTS_METRIC = "suiload_node_faults_injected_total";

    /** What a call has to expect. */
    record Fate(Duration delay, Optional<Fault> fault) {}

    private record Now(Climate climate, Map<CallKind, AtomicLong> calls, Optional<RateLimit> rateLimit) {}

    private final long seed;
    private final LongSupplier nanoTime;
    private final Map<Fault, Counter> injected = new EnumMap<>(Fault.class);
    private volatile Now now;

    Weather(Climate climate, long seed, LongSupplier nanoTime, Metrics metrics) {
        this.seed = seed;
        this.nanoTime = nanoTime;
        for (Fault fault : Fault.values()) {
            injected.put(fault, metrics.counter(FAULTS_METRIC, "Faults that the weather injected on purpose.", "kind", fault.key()));
        }
        change(climate);
    }

    void change(Climate climate) {
        Map<CallKind, AtomicLong> calls = new EnumMap<>(CallKind.class);
        for (CallKind kind : CallKind.values()) calls.put(kind, new AtomicLong());
        now = new Now(climate, calls, climate.rate().map(rule -> new RateLimit(rule, nanoTime)));
    }

    Climate climate() {
        return now.climate;
    }

    /** Present when the client must be refused with 429: how long it should wait. Counted. */
    Optional<Duration> refuse(InetAddress client) {
        Optional<Duration> wait = now.rateLimit.flatMap(limit -> limit.refuse(client));
        if (wait.isPresent()) injected.get(Fault.RATE_LIMIT).increment();
        return wait;
    }

    /** The fate of the next call of this kind. Counted, but for a cut, which is counted when it happens. */
    Fate fate(CallKind kind) {
        Now current = now;
        var chance = new SplittableRandom(seed * 31 + kind.ordinal() + (current.calls.get(kind).getAndIncrement() << 8));
        Duration delay = current.climate.latency().get(kind).at(chance.nextDouble());
        Optional<Fault> fault = pick(current.climate.faults().get(kind), chance.nextDouble());
        fault.filter(f -> f != Fault.CUT).ifPresent(this::count);
        return new Fate(delay, fault);
    }

    private static Optional<Fault> pick(Map<Fault, Double> chances, double uniform) {
        double rest = uniform;
        for (var each : chances.entrySet()) {
            rest -= each.getValue();
            if (rest < 0) return Optional.of(each.getKey());
        }
        return Optional.empty();
    }

    void count(Fault fault) {
        injected.get(fault).increment();
    }

    /** How often each fault has been injected since the start, by its key. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new java.util.LinkedHashMap<>();
        injected.forEach((fault, counter) -> counts.put(fault.key(), counter.value()));
        return counts;
    }
}
