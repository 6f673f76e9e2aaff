package suiload.load;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Figures of the service's {@code /metrics}: series by their text, {@code name{label="value"}}. */
record Exposition(Map<String, Double> series) {
    static final Exposition NONE = new Exposition(Map.of());

    Exposition {
        series = Map.copyOf(series);
    }

    /** Lines that are not a figure are passed over: comments, and what this reader does not know. */
    static Exposition parse(String text) {
        Map<String, Double> series = new HashMap<>();
        text.lines().filter(line -> !line.isBlank() && line.charAt(0) != '#').forEach(line -> {
            int space = line.lastIndexOf(' ');
            if (space > 0) number(line.substring(space + 1)).ifPresent(value -> series.put(line.substring(0, space).strip(), value));
        });
        return new Exposition(series);
    }

    /** The sum over all series of this name whose labels contain {@code label}; empty when there is none. */
    OptionalDouble sum(String name, String label) {
        double sum = 0;
        boolean found = false;
        for (var entry : series.entrySet()) {
            if (named(entry.getKey(), name) && entry.getKey().contains(label)) {
                sum += entry.getValue();
                found = true;
            }
        }
        return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    OptionalDouble sum(String name) {
        return sum(name, "");
    }

    private static boolean named(String series, String name) {
        return series.startsWith(name) && (series.length() == name.length() || series.charAt(name.length()) == '{');
    }

    private static OptionalDouble number(String text) {
        try {
            double value = Double.parseDouble(text.replace("+Inf", "Infinity"));
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
    }
}
