package suiload.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.LocalTime;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import suiload.metrics.Metrics;

/** Goal: the monitor shows growth between two looks, and what is unknown as unknown. */
class MonitorTest {
    private static Exposition exposition(int scale) {
        Metrics metrics = new Metrics();
        metrics.counter("suiload_http_requests_total", ".", "route", "/a", "status", "200").add(100L * scale);
        metrics.counter("suiload_http_requests_total", ".", "route", "/b", "status", "503").add(10L * scale);
        metrics.counter("suiload_http_requests_total", ".", "route", "/b", "status", "404").add(1000);
        metrics.counter("suiload_process_cpu_seconds_total", ".", () -> 3.0 * scale);
        metrics.gauge("suiload_process_resident_bytes", ".", () -> 123e6);
        metrics.gauge("suiload_http_connections", ".", () -> Double.NaN);
        for (int i = 0; i < 99 * scale; i++) {
            metrics.timer("suiload_http_request_seconds", ".", "route", i % 2 == 0 ? "/a" : "/b")
                    .record(Duration.ofMillis(i % 10 == 0 ? 90 : 2));
        }
        return Exposition.parse(metrics.prometheus());
    }

    @Test
    void showsWhatGrewAndWhatIs() {
        String row = new Monitor(exposition(1), exposition(3), Duration.ofSeconds(2)).row(LocalTime.of(1, 2, 3));
        assertEquals(java.util.List.of("01:02:03", "300", "123", "-", "-", "-", "110", "<100", "10", "-", "-", "-", "-"),
                java.util.List.of(row.strip().split(" +")));
    }

    @Test
    void aCounterThatBeganAnewCountsFromZero() {
        assertEquals(OptionalDouble.of(1110), exposition(1).growth(exposition(3), "suiload_http_requests_total", labels -> true));
        assertEquals(OptionalDouble.empty(), exposition(1).quantile(exposition(1), "suiload_http_request_seconds", 0.95));
    }
}
