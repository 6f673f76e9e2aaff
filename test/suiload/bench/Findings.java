package suiload.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.LinkedHashMap;
import suiload.json.Json;

/** What was found for one line of the table. Not thread-safe. */
final class Findings {
    private final SequencedMap<String, Object> figures = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();
    private Optional<String> voided = Optional.empty();
    private boolean reached = true;

    /**
     * A figure that has a goal.
     *
     * @param reaches whether the goal is reached
     */
    Findings add(String name, double value, String unit, boolean reaches) {
        put(name, Json.object("value", value, "unit", unit, "reached", reaches));
        reached &= reaches;
        words.add((reaches ? "" : "✗ ") + name + " " + text(value) + (unit.isEmpty() ? "" : " " + unit));
        return this;
    }

    /** A figure for the reader's information. */
    Findings note(String name, double value, String unit) {
        put(name, Json.object("value", value, "unit", unit));
        words.add(name + " " + text(value) + (unit.isEmpty() ? "" : " " + unit));
        return this;
    }

    /** Two figures of one name would be one in bench.json. */
    private void put(String name, Object figure) {
        if (figures.putIfAbsent(name, figure) != null) throw new IllegalArgumentException("there is a figure '" + name + "' already");
    }

    Findings remark(String text) {
        words.add(text);
        figures.put("remark " + (figures.size() + 1), text);
        return this;
    }

    /** The round counts for nothing: the driver did not keep up, for example. */
    Findings voided(String why) {
        voided = Optional.of(why);
        return this;
    }

    String verdict() {
        return voided.isPresent() ? "void" : reached ? "reached" : "missed";
    }

    String text() {
        return voided.map(why -> "void: " + why + "; ").orElse("") + String.join("; ", words);
    }

    Object json() {
        return Json.object("verdict", verdict(), "void", voided.orElse(null), "figures", figures);
    }

    /** The middle one; of an even number, the lower middle. */
    static double median(List<Double> values) {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    private static String text(double value) {
        if (Math.abs(value) >= 1000) return String.format(Locale.ROOT, "%,.0f", value);
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
