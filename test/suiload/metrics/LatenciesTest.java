package suiload.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: no record is lost or counted twice between totals and intervals, and figures are within 3 significant digits. */
class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void percentilesAreExactToThreeDigits() {
        for (int micros = 1; micros <= 100_000; micros++) {
            latencies.record(micros);
        }
        LatencySnapshot total = latencies.total();
        assertEquals(100_000, total.count());
        assertEquals(50_000, total.percentile(50), 50);
        assertEquals(99_000, total.percentile(99), 99);
        assertEquals(100_000, total.max(), 100);
        assertEquals(50_000.5, total.mean(), 50);
        assertEquals(10_000, total.countUpTo(10_000), 10);
    }

    @Test
    void intervalsAndTotalsDoNotDisturbEachOther() {
        latencies.record(1);
        assertEquals(1, latencies.total().count());
        latencies.record(2);
        assertEquals(2, latencies.interval().count());
        assertEquals(0, latencies.interval().count());
        latencies.record(3);
        assertEquals(3, latencies.total().count());
        assertEquals(1, latencies.interval().count());
    }

    @Test
    void recordsFromManyThreadsAreAllThere() throws InterruptedException {
        List<Thread> writers = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofVirtual().start(() -> { for (int n = 0; n < 10_000; n++) latencies.record(n); }))
                .toList();
        long seen = 0;
        for (Thread writer : writers) {
            seen += latencies.interval().count();
            writer.join();
        }
        assertEquals(40_000, seen + latencies.interval().count());
    }

    @Test
    void clampsWhatIsOutOfRange() {
        latencies.record(-5);
        latencies.record(Long.MAX_VALUE);
        assertEquals(2, latencies.total().count());
        assertEquals(Latencies.MICROS_MAX, latencies.total().max(), Latencies.MICROS_MAX / 1000.0);
        assertEquals(0, LatencySnapshot.EMPTY.percentile(99));
        assertEquals(4, latencies.total().plus(latencies.total()).count());
    }

    @Test
    void writesAHistogramLog(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.hlog");
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        latencies.record(1500);
        try (HistogramLog log = HistogramLog.create(file, start, "a comment")) {
            log.write("http_req_duration", start, start.plusSeconds(1), latencies.interval());
        }
        List<String> lines = Files.readAllLines(file);
        assertTrue(lines.getFirst().startsWith("#a comment"), lines.toString());
        assertTrue(lines.getLast().startsWith("Tag=http_req_duration,0.000,1.000,1.5"), lines.toString());
    }
}
