package suiload.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The live page draws the report's charts from server-sent events; whoever comes late is told everything. */
@Timeout(90)
class DashboardTest {
    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    @Test
    void lateComersHearEverythingAndTheEnd() throws IOException, InterruptedException {
        try (Dashboard dashboard = started(); HttpClient client = HttpClient.newHttpClient()) {
            dashboard.end("finished", true);
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + dashboard.port() + "/events"))
                    .timeout(Duration.ofSeconds(20)).build();
            List<String> events = new ArrayList<>();
            try (var lines = new BufferedReader(new InputStreamReader(
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) if (line.startsWith("event: ")) events.add(line.substring(7));
            }
            int rows = SampleRun.good().timeline().rows().size();
            assertEquals("start", events.getFirst());
            assertEquals("end", events.getLast());
            assertEquals(rows, events.stream().filter("row"::equals).count());
            assertEquals(5, events.stream().filter("phase"::equals).count());
        }
    }

    @Test
    void theLivePageDrawsEveryChart() throws IOException, InterruptedException {
        Browser browser = Browser.find(folder);
        try (Dashboard dashboard = started()) {
            dashboard.end("finished", true);
            String url = "http://127.0.0.1:" + dashboard.port() + "/";
            Browser.Visit visit = browser.open(url, Path.of(System.getProperty("suiload.home"), "out", "dashboard.png"));
            assertEquals(List.of(), visit.console());
            assertEquals(List.of(url + "events"), visit.requests());
            assertEquals("0", visit.data("", "errors"));
            assertEquals(Integer.toString(SampleRun.good().timeline().rows().size()), visit.data("", "rows"));
            for (String chart : List.of("requests", "send", "delivery", "throughput", "users", "errors", "cpu", "memory", "sockets")) {
                assertTrue(Integer.parseInt(visit.data("chart-" + chart, "points")) > 2, chart + " has no data");
            }
        }
    }

    private static Dashboard started() throws IOException {
        Dashboard dashboard = Dashboard.start(0, "250 active and 1000 passive users", List.of("The network is the embedded one."));
        SampleRun.good().timeline().phases().forEach(dashboard::phase);
        SampleRun.good().timeline().rows().forEach(dashboard::row);
        return dashboard;
    }
}
