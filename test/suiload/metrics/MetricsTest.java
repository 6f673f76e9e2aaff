package suiload.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: one instrument per name and labels, and a text that Prometheus reads. */
class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void sameNameAndLabelsGiveTheSameInstrument() {
        Counter counter = metrics.counter("suiload_calls_total", "Calls.", "method", "get");
        counter.add(3);
        assertSame(counter, metrics.counter("suiload_calls_total", "Calls.", "method", "get"));
        metrics.counter("suiload_calls_total", "Calls.", "method", "put").increment();
        assertEquals(3, counter.value());
        assertThrows(IllegalArgumentException.class, () -> counter.add(-1));
        assertThrows(IllegalArgumentException.class, () -> metrics.timer("suiload_calls_total", "Calls."));
        assertThrows(IllegalArgumentException.class, () -> metrics.counter("Bad-Name", "."));
        assertThrows(IllegalArgumentException.class, () -> metrics.counter("suiload_x_total", ".", "label"));
    }

    @Test
    void writesThePrometheusText() {
        metrics.counter("suiload_b_total", "B\nb.", "who", "a\"b\\c\nd").add(2);
        metrics.gauge("suiload_a", "A.", () -> Double.NaN);
        metrics.gauge("suiload_c", "C.", () -> 1.5, "k", "v");
        assertEquals(
                """
                # HELP suiload_a A.
                # TYPE suiload_a gauge
                suiload_a NaN
                # HELP suiload_b_total B\\nb.
                # TYPE suiload_b_total counter
                suiload_b_total{who="a\\"b\\\\c\\nd"} 2
                # HELP suiload_c C.
                # TYPE suiload_c gauge
                suiload_c{k="v"} 1.5
                """,
                metrics.prometheus());
    }

    @Test
    void histogramsCountCumulatively() {
        Timer timer = metrics.timer("suiload_t_seconds", "T.", "r", "x");
        timer.record(Duration.ofMillis(1));
        timer.recordNanos(40_000_000);
        timer.record(Duration.ofMinutes(1));
        List<String> lines = metrics.prometheus().lines().toList();
        assertTrue(lines.contains("suiload_t_seconds_bucket{r=\"x\",le=\"0.001\"} 1"), lines.toString());
        assertTrue(lines.contains("suiload_t_seconds_bucket{r=\"x\",le=\"0.025\"} 1"), lines.toString());
        assertTrue(lines.contains("suiload_t_seconds_bucket{r=\"x\",le=\"0.05\"} 2"), lines.toString());
        assertTrue(lines.contains("suiload_t_seconds_bucket{r=\"x\",le=\"30\"} 2"), lines.toString());
        assertTrue(lines.contains("suiload_t_seconds_bucket{r=\"x\",le=\"+Inf\"} 3"), lines.toString());
        assertTrue(lines.contains("suiload_t_seconds_count{r=\"x\"} 3"), lines.toString());
        assertTrue(lines.contains("suiload_t_seconds_sum{r=\"x\"} 60.041"), lines.toString());
    }

    @Test
    void processFiguresAreThere() {
        ProcessMetrics.register(metrics);
        String text = metrics.prometheus();
        for (String name : List.of(
                "suiload_process_cpu_seconds_total", "suiload_process_resident_bytes", "suiload_jvm_heap_used_bytes",
                "suiload_jvm_gc_collections_total", "suiload_jvm_platform_threads", "suiload_jvm_virtual_threads_queued")) {
            assertTrue(text.contains("\n" + name), name);
        }
    }
}
