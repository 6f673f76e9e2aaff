package suiload.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Policy;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.metrics.Metrics;
import suiload.metrics.ProcessMetrics;

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

    @Test
    void readsARunningService() throws Exception {
        Metrics metrics = new Metrics();
        ProcessMetrics.register(metrics);
        Routes routes = new Routes().add("GET", "/metrics", Policy.OPEN,
                request -> Response.text(200, Metrics.CONTENT_TYPE, metrics.prometheus()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (HttpService service = HttpService.start(HttpConfig.plain("127.0.0.1", 0), routes, fault -> HttpError.internal(), metrics)) {
            String url = "http://127.0.0.1:" + service.port();
            assertEquals(0, MonitorMain.run(new String[] {"1"}, Map.of("PROVISIONING_API_URL", url),
                    new PrintStream(printed, true, StandardCharsets.UTF_8)));
        }
        String[] lines = printed.toString(StandardCharsets.UTF_8).split("\n");
        assertEquals(2, lines.length);
        assertEquals(Monitor.HEADING, lines[0]);
        assertEquals(lines[0].length(), lines[1].length(), lines[1]);
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        assertEquals(104, MonitorMain.run(new String[] {"x"}, Map.of(), nowhere));
        assertEquals(104, MonitorMain.run(new String[0], Map.of("PROVISIONING_API_URL", "nonsense"), nowhere));
        assertEquals(100, MonitorMain.run(new String[0], Map.of("PROVISIONING_API_URL", "http://127.0.0.1:1"), nowhere));
        assertTrue(Monitor.HEADING.contains("p95"));
    }
}
