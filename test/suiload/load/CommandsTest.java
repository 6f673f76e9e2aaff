package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import suiload.json.Json;
import suiload.load.LoadProcess.Ended;
import suiload.load.StandIn.Trouble;
import suiload.report.CompareMain;

/**
 * Goal: ramp, drain, compare and the question of cost do what they say, with exit codes a script can rely on. Method: the program in
 * a JVM of its own against a stand-in for the service.
 */
@Timeout(300)
class CommandsTest {
    @TempDir
    private Path out;

    @Test
    void rampSaysTheLargestLoadThatHeldAndWhatBrokeFirst() throws Exception {
        try (StandIn service = StandIn.start()) {
            service.withTroubles((route, number) ->
                    route.contains("/messages/table") && service.users() > 500 ? Trouble.BUSY : Trouble.NONE);
            Ended ended = new LoadProcess(out).run("ramp", service.url(), "CONNECTIONS=shared", "PASSIVE_USERS_POLLING_INTERVAL=1",
                    "ACTIVE_USERS_THINK_TIME_SEC_MIN=1", "ACTIVE_USERS_THINK_TIME_SEC_MAX=1");
            assertEquals(0, ended.code(), ended.text());
            assertTrue(ended.text().contains("largest load that held: 100 active and 400 passive users"), ended.text());
            assertTrue(ended.text().lines().anyMatch(line -> line.startsWith("what broke first: ") && line.contains("http_req_failed")),
                    ended.text());
            assertEquals(0, exitCode("ramp-250") + exitCode("ramp-500"), "each step leaves its reports");
            assertEquals(99, exitCode("ramp-1250"));
        }
    }

    /** Each request is quick once it has a connection: only the waiting for one tells that the users ask for more than is served. */
    @Test
    void aLoadThatWaitsForConnectionsDoesNotHold() throws Exception {
        try (StandIn service = StandIn.start().withDelays(() -> Duration.ofMillis(20))) {
            Ended ended = new LoadProcess(out).run("ramp", service.url(), "CONNECTIONS=shared", "CONNECTIONS_MAX=2",
                    "PASSIVE_USERS_POLLING_INTERVAL=0.5");
            assertEquals(99, ended.code(), ended.text());
            assertTrue(ended.text().contains("largest load that held: none"), ended.text());
            assertTrue(ended.text().lines().anyMatch(line -> line.startsWith("what broke first: half of all requests waited ")), ended.text());
        }
    }

    @Test
    void drainGoesOnUntilNobodyHasAnythingLeft() throws Exception {
        try (StandIn service = StandIn.start()) {
            assertEquals(0, new LoadProcess(out).run("load", service.url(), "ACTIVE=8").code());
            Ended ended = new LoadProcess(out).run("drain", service.url());
            assertEquals(0, ended.code(), ended.text());
            assertEquals(3, service.asked("POST /users/drain"), "three users a call");
            assertTrue(ended.text().contains("8 users drained, 12.000 SUI (12000000000 MIST) sent to the service's funding account"),
                    ended.text());
        }
        Ended nobody = new LoadProcess(out).run("drain", "http://127.0.0.1:1");
        assertEquals(100, nobody.code(), nobody.text());
        assertTrue(!nobody.text().contains("starting the service"), "a service that is not there has nothing to drain");
    }

    /** As in the predecessor's worst run, of which 91.9 % failed while its latency threshold passed. */
    @Test
    void aNodeThatRefusesNineCallsInTenMakesTheRunRedAndItsLatenciesVoid() throws Exception {
        try (StandIn service = StandIn.start().withTroubles((route, number) ->
                route.startsWith("POST /contract/channel/message") || route.startsWith("GET /contract/messages")
                        || route.startsWith("GET /contract/channel/memberships") && number > 30
                        ? number % 10 == 0 ? Trouble.NONE : Trouble.RATE_LIMITED : Trouble.NONE)) {
            Ended ended = new LoadProcess(out).run("load", service.url());
            assertEquals(99, ended.code(), ended.text());
            Json summary = summary(out);
            assertTrue(summary.get("metrics").get("http_req_failed").get("value").asDouble() > 0.5, ended.text());
            List<Json> thresholds = summary.get("suiload").list("thresholds");
            assertTrue(thresholds.stream().filter(t -> t.string("metric").endsWith("_latency") || t.string("metric").endsWith("_duration"))
                    .allMatch(t -> t.string("outcome").equals("void")), thresholds.toString());
            assertTrue(summary.get("suiload").list("errors").stream().anyMatch(row -> row.string("layer").equals("node")
                    && row.string("cause").equals("429 rate_limited")), "the table says whose fault it was");
        }
    }

    @Test
    void aRealNetworkIsPaidForOnlyWithConsent() throws Exception {
        try (StandIn service = StandIn.start().on("testnet")) {
            Ended asked = new LoadProcess(out).run("load", service.url());
            assertEquals(104, asked.code(), asked.text());
            assertTrue(asked.text().contains("SUI of gas and") && asked.text().contains("set YES=1"), asked.text());
            assertEquals(0, service.users(), "nothing was made");
            Ended ramp = new LoadProcess(out).run("ramp", service.url(), "CONNECTIONS=shared");
            assertEquals(104, ramp.code(), ramp.text());
            assertTrue(ramp.text().contains("what broke first: nobody is there to agree"), ramp.text());
            assertEquals(0, service.users(), "nothing was made");
            Ended agreed = new LoadProcess(out).run("load", service.url(), "YES=1");
            assertEquals(0, agreed.code(), agreed.text());
            Ended drain = new LoadProcess(out).run("drain", service.url());
            assertEquals(104, drain.code(), drain.text());
            assertTrue(drain.text().contains("up to 4 transfers"), drain.text());
            assertEquals(0, service.asked("POST /users/drain"));
        }
        try (StandIn service = StandIn.start().on("mainnet")) {
            Ended refused = new LoadProcess(out).run("load", service.url(), "YES=1");
            assertEquals(104, refused.code(), refused.text());
            assertTrue(refused.text().contains("ALLOW_MAINNET=1"), refused.text());
            assertEquals(0, service.users());
        }
    }

    @Test
    void compareEndsWith99AndNamesTheMetricThatGotSlower() throws Exception {
        for (long millis : new long[] {5, 1000}) {
            Path folder = Files.createDirectories(out.resolve("send-" + millis));
            try (StandIn service = StandIn.start().withSendMillis(millis)) {
                assertEquals(0, new LoadProcess(folder).run("load", service.url()).code());
            }
        }
        String base = out.resolve("send-5/summary.json").toString();
        String slow = out.resolve("send-1000/summary.json").toString();
        assertEquals(99, CompareMain.run(new String[] {base, slow}, Map.of()));
        assertEquals(0, CompareMain.run(new String[] {base, base}, Map.of()));
    }

    private int exitCode(String step) throws IOException {
        return (int) summary(out.resolve(step)).get("suiload").u64("exit_code");
    }

    private static Json summary(Path folder) throws IOException {
        return Json.parse(Files.readString(folder.resolve("summary.json")));
    }
}
