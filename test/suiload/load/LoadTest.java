package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import suiload.http.ChildJvm;
import suiload.json.Json;
import suiload.load.LoadProcess.Ended;

/**
 * Goal: a whole run ends with the right exit code and figures that add up. Method: the program in a JVM of its own, as a
 * person starts it, against a stand-in for the service; short stages.
 */
@Timeout(240)
class LoadTest {
    @TempDir
    private Path out;

    @Test
    void aRunAgainstAServiceThatWorksHoldsAndASecondOneReusesAll() throws Exception {
        try (StandIn service = StandIn.start()) {
            Ended first = load(service.url());
            assertEquals(0, first.code(), first.text());
            Json summary = summary();
            assertEquals(0, summary.get("metrics").get("http_req_failed").get("value").asDouble());
            for (String none : List.of("connection_resets", "messages_lost", "messages_duplicated", "messages_unknown")) {
                assertEquals(0, count(summary, none), none);
            }
            assertTrue(count(summary, "messages_sent") > 0, first.text());
            assertEquals(count(summary, "messages_sent"), count(summary, "messages_seen"));
            assertEquals(false, summary.get("metrics").get("http_req_failed").get("thresholds").bool("rate<0.01"),
                    "k6: true means crossed");
            assertTrue(first.text().contains("network: embedded"), "every report says so");
            assertTrue(Files.size(out.resolve("histograms.hlog")) > 0 && Files.size(out.resolve("timeline.csv")) > 0);

            Ended second = load(service.url());
            assertEquals(0, second.code(), second.text());
            assertEquals(2, service.asked("POST /contract/channel"), "two channels, both from the first run");
            assertEquals(1, service.asked("POST /users/generate/active"));
            assertTrue(second.text().contains("0 created, 2 from before"), second.text());
        }
    }

    @Test
    void droppedConnectionsAreRetriedAndNothingIsLostOrDoubled() throws Exception {
        try (StandIn service = StandIn.start().withTroubles((route, number) -> !route.contains("/channel/message") || number % 7 != 0
                ? StandIn.Trouble.NONE : number % 2 == 0 ? StandIn.Trouble.DROP_AFTER : StandIn.Trouble.DEADLINE)) {
            Ended ended = load(service.url(), "THRESHOLDS=http_req_failed:rate<0.5");
            assertEquals(0, ended.code(), ended.text());
            Json summary = summary();
            assertTrue(count(summary, "http_req_retries") > 0);
            assertEquals(0, count(summary, "messages_lost") + count(summary, "messages_duplicated") + count(summary, "messages_unknown"),
                    ended.text());
            Json requests = summary.get("suiload").get("requests");
            assertEquals(requests.u64("started"), requests.u64("ok") + requests.u64("failed") + requests.u64("interrupted"));
            long causes = summary.get("suiload").list("errors").stream().mapToLong(row -> row.u64("count")).sum();
            assertEquals(requests.u64("failed"), causes, "every failure stands in the table");
        }
    }

    @Test
    void aServiceThatLosesMessagesIsFoundOut() throws Exception {
        try (StandIn service = StandIn.start().losing()) {
            Ended ended = load(service.url());
            assertEquals(99, ended.code(), ended.text());
            assertTrue(count(summary(), "messages_lost") > 0);
        }
    }

    @Test
    void aServiceThatDoublesMessagesIsFoundOut() throws Exception {
        try (StandIn service = StandIn.start().doubling()) {
            Ended ended = load(service.url());
            assertEquals(99, ended.code(), ended.text());
            assertTrue(count(summary(), "messages_duplicated") > 0);
        }
    }

    @Test
    void latencyThresholdsAreVoidWhenMostRequestsFail() throws Exception {
        try (StandIn service = StandIn.start().withTroubles((route, number) ->
                route.contains("/messages/table") ? StandIn.Trouble.BUSY : StandIn.Trouble.NONE)) {
            Ended ended = load(service.url());
            assertEquals(99, ended.code(), ended.text());
            List<Json> thresholds = summary().get("suiload").list("thresholds");
            assertEquals("failed", outcome(thresholds, "http_req_failed"));
            assertEquals("void", outcome(thresholds, "http_req_duration"));
            assertEquals("held", outcome(thresholds, "messages_lost"));
        }
    }

    /** M1: a hundred arrivals met the stall, and each waited for what was left of it; a driver that waits itself would see one. */
    @Test
    void aStallOfOneSecondIsSeenByTheOpenModel() throws Exception {
        try (StandIn service = StandIn.start().withStall(200, 1000)) {
            Ended ended = load(service.url(), "RATE=100/s", "ACTIVE=200", "PASSIVE=0", "STAGES=0s:100,5s:100", "CONNECTIONS=shared",
                    "THRESHOLDS=http_req_duration:p(95)<60000");
            Json metrics = summary().get("metrics");
            long arrived = count(summary(), "iterations") + count(summary(), "dropped_iterations");
            assertTrue(Math.abs(arrived - 500) <= 1, "as many arrivals as were asked for, whatever the answers did: " + arrived);
            assertTrue(metrics.get("http_req_e2e").get("p(99)").asDouble() >= 850, ended.text());
        }
    }

    /** A ramp's first rate is nearly nothing: who waited as long as it says would miss the ramp. */
    @Test
    void arrivalsFollowARamp() throws Exception {
        try (StandIn service = StandIn.start()) {
            load(service.url(), "RATE=20/s", "ACTIVE=50", "PASSIVE=0", "STAGES=4s:100", "CONNECTIONS=shared");
            long arrived = count(summary(), "iterations") + count(summary(), "dropped_iterations");
            assertTrue(Math.abs(arrived - 40) <= 2, "half of 20/s over 4 s: " + arrived);
        }
    }

    @Test
    void ctrlCWritesReportsAndEndsWith105() throws Exception {
        try (StandIn service = StandIn.start()) {
            LoadProcess program = new LoadProcess(out);
            Process process = program.start("load", service.url(), List.of("STAGES=1s:100,60s:100"));
            for (int i = 0; i < 400 && service.asked("POST /contract/channel/message") < 5; i++) Thread.sleep(50);
            assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
            Ended ended = program.ended(process);
            assertEquals(105, ended.code(), ended.text());
            assertEquals(105, summary().get("suiload").u64("exit_code"));
            assertEquals(0, count(summary(), "messages_lost"), ended.text());
        }
    }

    /** Messages are ten times longer under way than the run; those who wait for the end do so for a few seconds. */
    @Test
    void ctrlCWhileRequestsFinishGivesThemUpAndAccountsForThem() throws Exception {
        try (StandIn service = StandIn.start().withSendMillis(25_000)) {
            Ended ended = interrupted(service, "POST /contract/channel/message", 4, 3500);
            assertEquals(105, ended.code(), ended.text());
            Json requests = summary().get("suiload").get("requests");
            assertEquals(requests.u64("started"), requests.u64("ok") + requests.u64("failed") + requests.u64("interrupted"));
            assertEquals(4, count(summary(), "messages_unknown"), ended.text());
        }
    }

    @Test
    void ctrlCWhileChannelsAreReadStillFindsWhatIsLost() throws Exception {
        try (StandIn service = StandIn.start().losing()) {
            Ended ended = interrupted(service, "GET /contract/channel/*/messages", 1, 0);
            assertEquals(105, ended.code(), ended.text());
            assertTrue(count(summary(), "messages_lost") > 0, ended.text());
        }
    }

    /** Ends the program by Ctrl-C so long after the route was asked so often. */
    private Ended interrupted(StandIn service, String route, int times, long millis) throws IOException, InterruptedException {
        LoadProcess program = new LoadProcess(out);
        Process process = program.start("load", service.url(), List.of());
        for (int i = 0; i < 400 && service.asked(route) < times; i++) Thread.sleep(50);
        Thread.sleep(millis);
        assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
        return program.ended(process);
    }

    @Test
    void anAnswerThatIsNotWhatTheRoutePromisesDoesNotEndTheProgram() throws Exception {
        try (StandIn service = StandIn.start().withTroubles((route, number) ->
                route.equals("GET /contract/channel/*/messages") ? StandIn.Trouble.GARBLED : StandIn.Trouble.NONE)) {
            Ended ended = load(service.url());
            assertEquals(99, ended.code(), "nobody can say that nothing was lost: " + ended.text());
            assertTrue(ended.text().contains("void: not all channels could be read"), ended.text());
            assertEquals(count(summary(), "messages_sent"), count(summary(), "messages_unknown"), ended.text());
            assertTrue(summary().get("suiload").list("errors").stream().anyMatch(row -> row.string("cause").equals("200 unreadable")));
        }
    }

    @Test
    void whatCannotRunSaysSoInOneLineAndSendsNothing() throws Exception {
        int free = ChildJvm.freePort();
        try (StandIn service = StandIn.start()) {
            assertOneLine(104, "ACTIVE_USERS_TOTAL=abc", load(service.url(), "ACTIVE=abc"));
            assertOneLine(104, "raise ACTIVE_USERS_TOTAL to 13", load(service.url(), "ACTIVE=1", "PASSIVE=100"));
            assertOneLine(104, "DURATION=-5s", load(service.url(), "DURATION=-5s"));
            assertOneLine(104, "'oops' is not a setting", load(service.url(), "oops"));
            assertOneLine(100, "nothing answers at http://127.0.0.1:" + free, load("http://127.0.0.1:" + free, "AUTOSTART=false"));
            assertEquals(0, service.asked("GET /") + service.asked("GET /users"), "nothing was sent");
        }
    }

    private static void assertOneLine(int code, String words, Ended ended) {
        assertEquals(code, ended.code(), ended.text());
        assertTrue(ended.text().contains(words), ended.text());
        assertEquals(1, ended.text().lines().count(), ended.text());
    }

    private Ended load(String url, String... more) throws IOException, InterruptedException {
        return new LoadProcess(out).run("load", url, more);
    }

    private Json summary() throws IOException {
        return Json.parse(Files.readString(out.resolve("summary.json")));
    }

    private static long count(Json summary, String metric) {
        return summary.get("metrics").get(metric).u64("count");
    }

    private static String outcome(List<Json> thresholds, String metric) {
        return thresholds.stream().filter(t -> t.string("metric").equals(metric)).findFirst().orElseThrow().string("outcome");
    }
}
