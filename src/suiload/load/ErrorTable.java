package suiload.load;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import suiload.report.ErrorRow;

/** All failures by layer and cause. */
final class ErrorTable {
    private static final int CAUSES_MAX = 200;
    private static final int EXAMPLE_MAX = 240;

    private final InstantSource clock;
    private final Map<Cause, Entry> entries = new ConcurrentHashMap<>();

    /** @param layer {@code socket}, {@code http}, {@code node} or {@code contract} */
    record Cause(String layer, String text) {}

    private static final class Entry {
        private final ReentrantLock lock = new ReentrantLock();
        private final Instant first;
        private final String example;
        private Instant last;
        private long count;

        Entry(Instant first, String example) {
            this.first = first;
            this.example = example;
        }

        void add(Instant now) {
            lock.lock();
            try {
                last = now;
                count++;
            } finally {
                lock.unlock();
            }
        }

        ErrorRow row(Cause cause) {
            lock.lock();
            try {
                return new ErrorRow(cause.layer(), cause.text(), count, first, last, example, Hint.of(cause));
            } finally {
                lock.unlock();
            }
        }

        long count() {
            lock.lock();
            try {
                return count;
            } finally {
                lock.unlock();
            }
        }
    }

    ErrorTable(InstantSource clock) {
        this.clock = clock;
    }

    void add(Cause cause, String example) {
        Instant now = clock.instant();
        Cause key = entries.size() < CAUSES_MAX || entries.containsKey(cause) ? cause : new Cause(cause.layer(), "other");
        entries.computeIfAbsent(key, k -> new Entry(now, oneLine(example))).add(now);
    }

    /** Most frequent first. */
    List<ErrorRow> rows() {
        return entries.entrySet().stream().map(entry -> entry.getValue().row(entry.getKey()))
                .sorted(Comparator.comparingLong(ErrorRow::count).reversed().thenComparing(ErrorRow::cause)).toList();
    }

    /** So far, by {@code layer cause}. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        entries.forEach((cause, entry) -> counts.put(cause.layer() + " " + cause.text(), entry.count()));
        return counts;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").strip();
        return line.length() > EXAMPLE_MAX ? line.substring(0, EXAMPLE_MAX) + "…" : line;
    }
}
