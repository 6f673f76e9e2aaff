package suiload.report;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a Prometheus exposition said at one moment: series by their text, {@code name{label="value"}}. */
public record Exposition(Map<String, Double> series) {
    /** Of a service that did not tell. */
    public static final Exposition NONE = new Exposition(Map.of());

    private static final String UPPER_BOUND = "le=\"";

    public Exposition {
        series = Map.copyOf(series);
    }

    /** Comments, and values that are not a number, are passed over. */
    public static Exposition parse(String text) {
        Map<String, Double> series = new HashMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            double value = number(line.substring(space + 1));
            if (space > 0 && !Double.isNaN(value)) {
                series.put(line.substring(0, space), value);
            }
        });
        return new Exposition(series);
    }

    /** The sum over the series of this name; empty when there is none. */
    public OptionalDouble sum(String name) {
        return sum(name, labels -> true);
    }

    /** @param labels sees the part between the braces, empty without one */
    public OptionalDouble sum(String name, Predicate<String> labels) {
        return series.entrySet().stream()
                .filter(entry -> nameOf(entry.getKey()).equals(name) && labels.test(labelsOf(entry.getKey())))
                .mapToDouble(Map.Entry::getValue)
                .reduce(Double::sum);
    }

    /** How much a counter grew since {@code before}; one that began anew counts from zero. */
    public OptionalDouble growth(Exposition before, String name, Predicate<String> labels) {
        OptionalDouble now = sum(name, labels);
        double then = before.sum(name, labels).orElse(0);
        return now.isEmpty() ? now : OptionalDouble.of(now.getAsDouble() < then ? now.getAsDouble() : now.getAsDouble() - then);
    }

    /**
     * The quantile of what a histogram gained since {@code before}, all its labels together, as the upper bound of the bucket it falls in.
     *
     * @param quantile 0…1
     */
    OptionalDouble quantile(Exposition before, String histogram, double quantile) {
        TreeMap<Double, Double> gained = new TreeMap<>();
        series.forEach((key, value) -> {
            if (nameOf(key).equals(histogram + "_bucket")) {
                gained.merge(bound(key), value - before.series.getOrDefault(key, 0.0), Double::sum);
            }
        });
        double rank = gained.isEmpty() ? 0 : quantile * gained.lastEntry().getValue();
        return rank <= 0
                ? OptionalDouble.empty()
                : gained.entrySet().stream().filter(bucket -> bucket.getValue() >= rank).mapToDouble(Map.Entry::getKey).findFirst();
    }

    private static double bound(String key) {
        int begin = key.indexOf(UPPER_BOUND) + UPPER_BOUND.length();
        return number(key.substring(begin, key.indexOf('"', begin)));
    }

    private static String nameOf(String key) {
        int brace = key.indexOf('{');
        return brace < 0 ? key : key.substring(0, brace);
    }

    private static String labelsOf(String key) {
        int brace = key.indexOf('{');
        return brace < 0 ? "" : key.substring(brace + 1, key.length() - 1);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.replace("Inf", "Infinity"));
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }
}
