package suiload.report;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.Collections;
import java.util.LinkedHashMap;

/**
 * What was seen in each interval of the run, and which phase it fell in.
 *
 * @param stepSeconds length of an interval; 1 except in very long runs
 * @param phases in order of time
 */
public record Timeline(int stepSeconds, List<Phase> phases, List<Row> rows) {
    public Timeline {
        phases = List.copyOf(phases);
        rows = List.copyOf(rows);
    }

    /**
     * @param name {@code provision}, {@code ramp}, {@code steady}, {@code drain} or {@code settle}
     * @param second when it began, from the start of the run
     */
    public record Phase(String name, double second) {}

    /**
     * Figures of the interval that ended at {@code second}, by column name. A column that is absent was not known then.
     * Names of columns are those of {@link Column}.
     */
    public record Row(double second, SequencedMap<String, Double> values) {
        public Row {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }

    /** All columns that occur, in order of first appearance. */
    public List<String> columns() {
        Map<String, Integer> order = new LinkedHashMap<>();
        rows.forEach(row -> row.values().keySet().forEach(name -> order.putIfAbsent(name, order.size())));
        Map<Integer, String> sorted = new TreeMap<>();
        order.forEach((name, at) -> sorted.put(at, name));
        return List.copyOf(sorted.values());
    }
}
