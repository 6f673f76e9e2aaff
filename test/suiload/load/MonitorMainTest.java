package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Policy;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.metrics.Metrics;
import suiload.metrics.ProcessMetrics;
import suiload.report.Monitor;

/** Goal: the command shows a running service, and says in a line which setting is wrong. */
class MonitorMainTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void readsARunningService() throws Exception {
        Metrics metrics = new Metrics();
        ProcessMetrics.register(metrics);
        Routes routes = new Routes().add("GET", "/metrics", Policy.OPEN,
                request -> Response.text(200, Metrics.CONTENT_TYPE, metrics.prometheus()));
        try (HttpService service = HttpService.start(HttpConfig.plain("127.0.0.1", 0), routes, fault -> HttpError.internal(), metrics)) {
            assertEquals(0, run(Map.of("PROVISIONING_API_URL", "http://127.0.0.1:" + service.port()), "1"));
        }
        String[] lines = printed().split("\n");
        assertEquals(2, lines.length);
        assertEquals(Monitor.HEADING, lines[0]);
        assertEquals(lines[0].length(), lines[1].length(), lines[1]);
        assertTrue(Monitor.HEADING.contains("p95"));
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertEquals(104, run(Map.of(), "x"));
        assertEquals(104, run(Map.of("PROVISIONING_API_URL", "nonsense")));
        assertEquals(104, run(Map.of("PORT", "abc")));
        assertTrue(printed().contains("PORT=abc is not valid: a whole number"), printed());
    }

    @Test
    void whatIsBlankIsUnset() throws Exception {
        assertEquals(100, run(Map.of("PROVISIONING_API_URL", " ", "PORT", "1")));
        assertTrue(printed().contains("no service at http://localhost:1/metrics"), printed());
        assertEquals(100, run(Map.of("PROVISIONING_API_URL", "http://127.0.0.1:1", "PORT", "")));
    }

    private int run(Map<String, String> environment, String... arguments) throws InterruptedException {
        return MonitorMain.run(arguments, environment, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
