package suiload.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/** All time series of one metric name: they share its help text and kind. */
record Family(String help, Kind kind, Map<Labels, Series> series) {
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** Where a time series gets its values from. */
    sealed interface Series {}

    record Counted(Counter counter) implements Series {}

    record Timed(Timer timer) implements Series {}

    record Asked(DoubleSupplier value) implements Series {}

    Family(String help, Kind kind) {
        this(help, kind, new ConcurrentSkipListMap<>());
    }

    void expose(String name, StringBuilder out) {
        out.append("# HELP ").append(name).append(' ').append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(kind.name().toLowerCase(Locale.ROOT)).append('\n');
        series.forEach((labels, instrument) -> {
            switch (instrument) {
                case Counted(Counter counter) -> labels.line(name, counter.value(), out);
                case Timed(Timer timer) -> timer.expose(name, labels, out);
                case Asked(DoubleSupplier value) -> labels.line(name, value.getAsDouble(), out);
            }
        });
    }
}
