package suiload.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run of a promise found. */
public record Measured(boolean held, String figure) {
    /** Collects several findings of one promise: it held when each of them did. */
    public static final class Findings {
        private final List<String> figures = new ArrayList<>();
        private boolean held = true;

        /** @param format as {@link String#format}'s; a finding that does not hold is marked */
        public Findings add(boolean holds, String format, Object... values) {
            held &= holds;
            figures.add((holds ? "" : "✗ ") + String.format(Locale.ROOT, format, values));
            return this;
        }

        public Measured measured() {
            return new Measured(held, String.join("; ", figures));
        }
    }
}
