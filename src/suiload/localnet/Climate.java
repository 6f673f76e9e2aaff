package suiload.localnet;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * One weather as its file in {@code conf/weather} describes it: waiting times and faults by kind of call, and a rate limit.
 *
 * @param hangFor how long a call without an answer keeps its connection
 * @param staleBy how old the state is that a stale answer shows
 */
record Climate(String name, Map<CallKind, Quantiles> latency, Map<CallKind, Map<Fault, Double>> faults, Optional<RateRule> rate,
        Duration hangFor, Duration staleBy) {
    /** So many calls in any such time, for each client address. */
    record RateRule(int calls, Duration window) {}

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /**
     * @param folder {@code conf/weather}
     * @throws IllegalArgumentException when there is no such weather or its file is wrong: the message is for a person
     */
    static Climate load(Path folder, String name) {
        return load(folder, name, Map.of());
    }

    /** @param changes keys and values that go before those of the file */
    static Climate load(Path folder, String name, Map<String, String> changes) {
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("'" + name + "' is not the name of a weather");
        var properties = new Properties();
        Path file = folder.resolve(name + ".properties");
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("no weather '" + name + "': there is no file " + file, e);
        }
        properties.putAll(changes);
        return parse(name, properties);
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    static Climate parse(String name, Properties properties) {
        Map<CallKind, Quantiles> latency = new EnumMap<>(CallKind.class);
        Map<CallKind, Map<Fault, Double>> faults = new EnumMap<>(CallKind.class);
        for (CallKind kind : CallKind.values()) {
            latency.put(kind, Quantiles.ZERO);
            faults.put(kind, new EnumMap<>(Fault.class));
        }
        for (String key : properties.stringPropertyNames()) {
            try {
                readKindKey(key, properties.getProperty(key), latency, faults);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("weather " + name + ": " + key + ": " + e.getMessage(), e);
            }
        }
        faults.forEach((kind, chances) -> checkSum(name, kind, chances));
        return new Climate(name, latency, faults, rate(properties),
                time(properties, "hang.for", "60s"), time(properties, "stale.by", "2s"));
    }

    private static void readKindKey(String key, String value, Map<CallKind, Quantiles> latency, Map<CallKind, Map<Fault, Double>> faults) {
        switch (key) {
            case "rate.calls", "rate.window", "hang.for", "stale.by" -> { }
            default -> {
                int dot = key.indexOf('.');
                CallKind kind = kind(dot < 0 ? key : key.substring(0, dot));
                String what = key.substring(dot + 1);
                if (what.equals("latency")) {
                    latency.put(kind, Quantiles.parse(value));
                } else {
                    Fault fault = Fault.named(what).filter(f -> f.suits(kind))
                            .orElseThrow(() -> new IllegalArgumentException("is not a key; a " + kind.key() + " has no '" + what + "'"));
                    faults.get(kind).put(fault, probability(value));
                }
            }
        }
    }

    private static CallKind kind(String key) {
        for (CallKind kind : CallKind.values()) if (kind.key().equals(key)) return kind;
        throw new IllegalArgumentException("is not a key: read, execute, simulate or stream expected before the dot");
    }

    private static double probability(String value) {
        double probability = Double.parseDouble(value.strip());
        if (!(probability >= 0 && probability <= 1)) throw new IllegalArgumentException("a probability is in 0…1");
        return probability;
    }

    private static void checkSum(String name, CallKind kind, Map<Fault, Double> chances) {
        double sum = chances.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1) throw new IllegalArgumentException("weather " + name + ": faults of " + kind.key() + " add up to more than 1");
    }

    private static Optional<RateRule> rate(Properties properties) {
        String calls = properties.getProperty("rate.calls", "0").strip();
        if (!calls.matches("\\d{1,7}")) throw new IllegalArgumentException("rate.calls: a whole number expected");
        int limit = Integer.parseInt(calls);
        return limit == 0 ? Optional.empty() : Optional.of(new RateRule(limit, time(properties, "rate.window", "30s")));
    }

    private static Duration time(Properties properties, String key, String standard) {
        try {
            return Quantiles.time(properties.getProperty(key, standard));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    /** Whether any call may be answered from the past. */
    boolean hasStaleReads() {
        return faults.get(CallKind.READ).getOrDefault(Fault.STALE, 0.0) > 0;
    }
}
