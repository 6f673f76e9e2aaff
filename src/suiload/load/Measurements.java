package suiload.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import suiload.metrics.Latencies;
import suiload.report.Unit;

/** The metrics of a run while it runs. Any thread may record; memory does not grow with time. */
final class Measurements {
    private final Map<MetricName, LongAdder> counts = new EnumMap<>(MetricName.class);
    private final Map<MetricName, Share> shares = new EnumMap<>(MetricName.class);
    private final Map<MetricName, Level> levels = new EnumMap<>(MetricName.class);
    private final Map<MetricName, Latencies> latencies = new EnumMap<>(MetricName.class);
    private final Set<MetricName> unknown = ConcurrentHashMap.newKeySet();
    private final Set<MetricName> unchecked = ConcurrentHashMap.newKeySet();

    /** How often something was so and how often not. */
    record Share(LongAdder passes, LongAdder fails) {}

    /** A value that goes up and down. */
    static final class Level {
        private final ReentrantLock lock = new ReentrantLock();
        private double last;
        private double min = Double.MAX_VALUE;
        private double max = -Double.MAX_VALUE;
        private boolean set;

        private void set(double value) {
            lock.lock();
            try {
                last = value;
                min = Math.min(min, value);
                max = Math.max(max, value);
                set = true;
            } finally {
                lock.unlock();
            }
        }

        boolean isSet() {
            return set;
        }

        double last() {
            return last;
        }

        double min() {
            return min;
        }

        double max() {
            return max;
        }
    }

    /** What it was cannot be said: reports leave it out rather than show 0. */
    void unknown(MetricName name) {
        unknown.add(name);
    }

    boolean known(MetricName name) {
        return !unknown.contains(name);
    }

    /** Only part of it could be counted: what is there counts, what is not proves nothing. */
    void unchecked(MetricName... names) {
        unchecked.addAll(List.of(names));
    }

    boolean checked(MetricName name) {
        return !unchecked.contains(name);
    }

    Measurements() {
        for (MetricName name : MetricName.values()) {
            switch (name.kind()) {
                case COUNTER -> counts.put(name, new LongAdder());
                case RATE -> shares.put(name, new Share(new LongAdder(), new LongAdder()));
                case GAUGE -> levels.put(name, new Level());
                case TREND -> {
                    if (name.unit() == Unit.MILLISECONDS) latencies.put(name, new Latencies());
                }
            }
        }
    }

    void count(MetricName name, long amount) {
        counts.get(name).add(amount);
    }

    void share(MetricName name, boolean so) {
        Share share = shares.get(name);
        (so ? share.passes() : share.fails()).increment();
    }

    void level(MetricName name, double value) {
        levels.get(name).set(value);
    }

    void time(MetricName name, long nanos) {
        latencies.get(name).record(TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    long count(MetricName name) {
        return counts.get(name).sum();
    }

    Share share(MetricName name) {
        return shares.get(name);
    }

    Level level(MetricName name) {
        return levels.get(name);
    }

    Latencies latencies(MetricName name) {
        return latencies.get(name);
    }

    /** The trends that are latencies. */
    Map<MetricName, Latencies> latencies() {
        return Map.copyOf(latencies);
    }
}
