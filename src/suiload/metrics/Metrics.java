package suiload.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/**
 * All instruments of one program, and their Prometheus text. Thread-safe.
 *
 * <p>The same name and labels give the same instrument. Label values must come from a small fixed set: every new one is a
 * time series that is kept for ever.
 */
public final class Metrics {
    /** Content type of {@link #prometheus}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String NAME = "[a-z_][a-z0-9_]*";

    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    /** @param labelPairs name, value, name, value… */
    public Counter counter(String name, String help, String... labelPairs) {
        Family.Series series = family(name, help, Family.Kind.COUNTER)
                .series()
                .computeIfAbsent(Labels.of(labelPairs), labels -> new Family.Counted(new Counter()));
        if (series instanceof Family.Counted(Counter counter)) {
            return counter;
        }
        throw new IllegalArgumentException(name + " is counted by somebody else");
    }

    /** A count kept by somebody else (the JVM, a pool), asked for at each scrape. A second registration replaces the first. */
    public void counter(String name, String help, DoubleSupplier value, String... labelPairs) {
        family(name, help, Family.Kind.COUNTER).series().put(Labels.of(labelPairs), new Family.Asked(value));
    }

    /** A value that is asked for at each scrape; NaN means unknown. A second registration replaces the first. */
    public void gauge(String name, String help, DoubleSupplier value, String... labelPairs) {
        family(name, help, Family.Kind.GAUGE).series().put(Labels.of(labelPairs), new Family.Asked(value));
    }

    /** @param name should end in {@code _seconds} */
    public Timer timer(String name, String help, String... labelPairs) {
        Family.Series series = family(name, help, Family.Kind.HISTOGRAM)
                .series()
                .computeIfAbsent(Labels.of(labelPairs), labels -> new Family.Timed(new Timer()));
        return switch (series) {
            case Family.Timed(Timer timer) -> timer;
            case Family.Counted counted -> throw new IllegalArgumentException(name + " is a counter");
            case Family.Asked asked -> throw new IllegalArgumentException(name + " is a gauge");
        };
    }

    /** The Prometheus text exposition, format 0.0.4, sorted by name and labels. */
    public String prometheus() {
        StringBuilder out = new StringBuilder(8192);
        families.forEach((name, family) -> family.expose(name, out));
        return out.toString();
    }

    private Family family(String name, String help, Family.Kind kind) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("not a metric name: " + name);
        }
        Family family = families.computeIfAbsent(name, absent -> new Family(help, kind));
        if (family.kind() != kind) {
            throw new IllegalArgumentException(name + " is a " + family.kind());
        }
        return family;
    }
}
