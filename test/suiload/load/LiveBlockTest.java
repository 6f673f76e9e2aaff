package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import suiload.metrics.Latencies;
import suiload.metrics.LatencySnapshot;
import suiload.report.Column;

/** Goal: what a terminal shows live is true, fits it, and leaves nothing behind. */
class LiveBlockTest {
    private static LiveBlock.Moment moment(Map<String, Long> failures) {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 900; i++) latencies.record(1_000);
        for (int i = 0; i < 100; i++) latencies.record(2_000_000);
        Map<String, Double> row = Map.of(Column.REQUESTS, 587.25, Column.percentile(Column.REQUEST, 50), 1.0,
                Column.percentile(Column.REQUEST, 95), 2000.0, Column.percentile(Column.REQUEST, 99), 2000.0, Column.DRIVER_CPU, 31.0);
        return new LiveBlock.Moment(row, latencies.total(), failures, new LiveBlock.Counts(1000, 12, 3, 0, 40, 39));
    }

    @Test
    void allRequestsAreInTheBars() {
        List<String> lines = LiveBlock.lines(moment(Map.of()), false);
        List<String> bars = lines.stream().filter(line -> line.matches(".*\\d(ms|s|µs) ■* ?[\\d,]+")).toList();
        assertEquals(8, bars.size(), lines.toString());
        assertEquals(1000, bars.stream().mapToInt(bar -> Integer.parseInt(bar.substring(bar.lastIndexOf(' ') + 1).replace(",", ""))).sum());
        assertTrue(bars.getFirst().endsWith("■".repeat(40) + " 900"), bars.toString());
        assertTrue(bars.getLast().endsWith(" ■■■■■ 100") && bars.getLast().strip().startsWith("2s"), bars.toString());
        assertTrue(lines.stream().anyMatch(line -> line.contains("587.3/s") && line.contains("1,000 ok") && line.contains("12 failed")));
        assertTrue(lines.stream().anyMatch(line -> line.matches("  request +1ms +2s +2s")), lines.toString());
        assertFalse(lines.stream().anyMatch(line -> line.contains("service") || line.contains("failures so far")), "nothing unknown");
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines.toString());
    }

    @Test
    void theMostFrequentFailuresComeFirstAndColourIsOptional() {
        Map<String, Long> failures = Map.of("http 503 overloaded", 9L, "socket reset", 2L, "node 429 rate_limited", 1L);
        List<String> lines = LiveBlock.lines(moment(failures), false);
        assertEquals(List.of("          9 http 503 overloaded", "          2 socket reset", "          1 node 429 rate_limited"),
                lines.stream().filter(line -> line.matches(" +\\d (http|socket|node) .*")).map(line -> line.substring(2)).toList());
        assertFalse(String.join("", lines).contains("\u001b"));
        assertTrue(String.join("", LiveBlock.lines(moment(failures), true)).contains("\u001b[31m12 failed"));
    }

    @Test
    void aRunWithoutAnyAnswerYetShowsNoBars() {
        var nothing = new LiveBlock.Moment(Map.of(), LatencySnapshot.EMPTY, Map.of(), new LiveBlock.Counts(0, 0, 0, 0, 0, 0));
        assertFalse(String.join("", LiveBlock.lines(nothing, false)).contains("■"));
    }

    /** What remains on the screen is found out by a small terminal of our own. */
    @Test
    void theBlockIsDrawnInPlaceAndGoneInTheEnd() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), true, false, 6);
        progress.line("before");
        try (Progress.Bar bar = progress.bar("load", 100).over(() -> IntStream.range(0, 20).mapToObj(i -> "detail " + i).toList())) {
            Thread.sleep(600);
            bar.at(10, () -> "first");
            Thread.sleep(600);
            bar.at(50, () -> "second");
            List<String> screen = Screen.of(bytes.toString(StandardCharsets.UTF_8));
            assertEquals("before", screen.getFirst());
            assertTrue(screen.get(1).contains("50%") && screen.get(1).endsWith("second"), screen.toString());
            assertEquals(List.of("detail 0", "detail 1", "detail 2", "detail 3"), screen.subList(2, screen.size()),
                    "no higher than the terminal");
            progress.line("a word in between");
            bar.at(100, () -> "done");
        }
        List<String> screen = Screen.of(bytes.toString(StandardCharsets.UTF_8));
        assertEquals(3, screen.size(), screen.toString());
        assertEquals("a word in between", screen.get(1));
        assertTrue(screen.get(2).contains("100%") && screen.get(2).endsWith("done"), screen.toString());
    }

    @Test
    void elsewhereItIsPlainLines() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false);
        try (Progress.Bar bar = progress.bar("load", 100).over(() -> List.of("detail"))) {
            bar.at(100, () -> "done");
        }
        assertEquals(1, bytes.toString(StandardCharsets.UTF_8).lines().count());
        assertFalse(bytes.toString(StandardCharsets.UTF_8).contains("\u001b") || bytes.toString(StandardCharsets.UTF_8).contains("detail"));
    }
}
