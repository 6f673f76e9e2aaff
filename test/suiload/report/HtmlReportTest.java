package suiload.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The report is one file, opens offline without a complaint, and shows every chart with data. */
class HtmlReportTest {
    private static final Path OUT = Path.of(System.getProperty("suiload.home"), "out");
    private static final List<String> CHARTS = List.of("operations", "distribution", "requests", "e2e", "send", "poll", "delivery",
            "schedule",
            "throughput", "users", "errors", "node", "cpu", "memory", "sockets");

    /** A browser's profile may still be written to while it dies. */
    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    @Test
    void everyChartHasDataAndNothingIsAskedOfAnyone() throws IOException, InterruptedException {
        Browser browser = Browser.find(folder);
        Path report = Files.writeString(folder.resolve("report.html"), HtmlReport.text(SampleRun.good()));
        Browser.Visit visit = browser.open(report.toUri().toString(), OUT.resolve("report-light.png"));
        assertEquals(List.of(), visit.console());
        assertEquals(List.of(), visit.requests());
        assertEquals("0", visit.data("", "errors"));
        for (String chart : CHARTS) {
            assertTrue(Integer.parseInt(visit.data("chart-" + chart, "points")) > 2, chart + " has no data");
        }
        assertEquals(CHARTS.size(), Integer.parseInt(visit.data("", "charts")));
    }

    @Test
    void theDarkOneDoesToo() throws IOException, InterruptedException {
        Browser browser = Browser.find(folder);
        Path report = Files.writeString(folder.resolve("report.html"), HtmlReport.text(SampleRun.slower(3)));
        Browser.Visit visit = browser.open(report.toUri().toString(), OUT.resolve("report-dark.png"),
                "--blink-settings=preferredColorScheme=0");
        assertEquals(List.of(), visit.console());
        assertEquals("0", visit.data("", "errors"));
    }

    /** The judge is judged: a page that fetches something and fails is seen to. */
    @Test
    void aPageThatMisbehavesIsSeen() throws IOException, InterruptedException {
        Browser browser = Browser.find(folder);
        Path page = Files.writeString(folder.resolve("bad.html"), "<html><body><img src='http://127.0.0.1:9/x'>" + "<p>text</p>".repeat(99)
                + "<script>console.error('oh')</script></body></html>");
        Browser.Visit visit = browser.open(page.toUri().toString(), folder.resolve("bad.png"));
        assertTrue(visit.console().toString().contains("oh"));
        assertEquals(List.of("http://127.0.0.1:9/x"), visit.requests());
    }

    /** Whatever a server says stays text. */
    @Test
    void textFromARunIsEscaped() {
        String page = HtmlReport.text(SampleRun.good());
        assertFalse(page.contains("<script>alert"), "an error text became markup");
        assertTrue(page.contains("&lt;script&gt;alert(1)"));
        assertFalse(page.contains("{{"), "a place was left open");
    }

    @Test
    void saysThatTheNetworkIsEmbeddedAndWhatTheThresholdsSaid() {
        String page = HtmlReport.text(SampleRun.slower(3));
        assertTrue(page.contains("The network was the embedded one"));
        for (String text : List.of("✗ failed", "✓ held", "– void", "exit code 99", "ACTIVE_USERS_TOTAL", "raise MAX_CONCURRENT_REQUESTS")) {
            assertTrue(page.contains(text), text);
        }
    }

    @Test
    void saysWhereTheTimeOfAMessageGoes() {
        String page = HtmlReport.text(SampleRun.good());
        List<String> steps = List.of("Sending a message", "from its planned start", "1.38s", "as sent", "1.37s", "in the service", "1.36s",
                "the chain", "1.35s", "Any request", "14ms", "12ms", "11ms");
        int at = page.indexOf("Where the time goes");
        for (String step : steps) {
            int next = page.indexOf(step, at);
            assertTrue(next > at, step);
            at = next;
        }
        assertTrue(at < page.indexOf("Over time"));
    }

    /** Self-contained: nothing is loaded from beside it or from elsewhere. */
    @Test
    void refersToNoOtherFile() {
        String page = HtmlReport.text(SampleRun.good());
        assertFalse(page.matches("(?s).*<(?:link|img|iframe)\\b.*") || page.contains("<script src") || page.contains("@import"));
    }
}
