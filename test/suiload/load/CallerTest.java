package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.json.Json;
import suiload.metrics.LatencySnapshot;
import suiload.report.Accounting;
import suiload.report.ErrorRow;

/** Goal: what happens on a real socket is tried again, given up or counted as designed. Method: a stand-in that misbehaves on request. */
@Timeout(60)
class CallerTest {
    private StandIn service;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private Connections connections;
    private Measurements measurements;
    private ErrorTable errors;
    private Caller caller;

    @BeforeEach
    void start() throws Exception {
        service = StandIn.start();
        connections = Connections.shared();
        use(Map.of("RETRY_BASE_DELAY", "1ms", "RETRY_MAX_DELAY", "2ms"));
    }

    private void use(Map<String, String> settings) {
        Map<String, String> all = new java.util.HashMap<>(settings);
        all.put("PROVISIONING_API_URL", service.url());
        LoadSettings read = LoadSettings.read(all);
        measurements = new Measurements();
        errors = new ErrorTable(InstantSource.system());
        caller = new Caller(new Wire(read, measurements, new Sockets(service.port()), timer), RetryPolicy.of(read.patience()),
                new RetryBudget(System::nanoTime), measurements, errors);
    }

    @AfterEach
    void stop() {
        connections.close();
        timer.shutdownNow();
        service.close();
    }

    @Test
    void aDroppedConnectionIsTriedAgainWithTheSameKeyAndCounted() {
        service.withTroubles((route, number) -> number <= 2 && route.startsWith("POST") ? StandIn.Trouble.DROP_AFTER
                : StandIn.Trouble.NONE);
        Outcome outcome = generate("key-1");
        assertTrue(Outcome.ok(outcome), outcome.toString());
        assertEquals(3, service.asked("POST /users/generate/active"));
        assertEquals(1, users(), "the service did it once: every attempt had the same key");
        assertEquals(2, measurements.count(MetricName.HTTP_REQ_RETRIES));
        assertEquals(2, measurements.count(MetricName.CONNECTION_RESETS));
        assertEquals(new Accounting(4, 2, 2, 0), caller.accounting());
    }

    @Test
    void statusesOfOverloadAreTriedAgainAndOthersNot() {
        service.withTroubles((route, number) -> number == 1 ? StandIn.Trouble.BUSY : number == 2 ? StandIn.Trouble.RATE_LIMITED
                : StandIn.Trouble.NONE);
        assertTrue(Outcome.ok(generate("key-2")));
        Outcome missing = caller.call(line(), Call.get(Operation.READ_CHANNEL, "/nowhere"), System.nanoTime());
        assertInstanceOf(Outcome.Answer.class, missing);
        assertEquals("http", row("503 no_permit").layer());
        assertEquals("node", row("429 rate_limited").layer());
    }

    @Test
    void aStalledBodyEndsAtTheDeadlineAndTheConnectionIsClosed() throws Exception {
        use(Map.of("HTTP_REQUEST_TIMEOUT", "300ms", "RETRY_MAX_ATTEMPTS", "1"));
        Sockets sockets = new Sockets(service.port());
        service.withTroubles((route, number) -> StandIn.Trouble.STALL_BODY);
        Outcome outcome = caller.call(line(), Call.get(Operation.LIST_USERS, "/users?variant=active&limit=1"), System.nanoTime());
        assertEquals(SocketFault.TIMED_OUT, assertInstanceOf(Outcome.Broken.class, outcome).fault());
        for (int i = 0; i < 1000 && sockets.openNow().orElse(0) > 0; i++) Thread.sleep(20);
        assertEquals(0, sockets.openNow().orElse(0), "giving up closes the connection");
        assertEquals(0, measurements.latencies(MetricName.HTTP_REQ_DURATION).total().count(), "a failure adds no latency");
        assertEquals(1, measurements.latencies(MetricName.HTTP_REQ_DURATION_FAILED).total().count());
    }

    @Test
    void aServiceThatIsNotThereIsRefusedFourTimes() {
        service.close();
        Outcome outcome = caller.call(line(), Call.get(Operation.LIST_USERS, "/users"), System.nanoTime());
        assertEquals(SocketFault.REFUSED, assertInstanceOf(Outcome.Broken.class, outcome).fault());
        assertEquals(new Accounting(4, 0, 4, 0), caller.accounting());
        assertEquals(4, row("refused").count());
        assertEquals(1, measurements.share(MetricName.OPERATIONS_FAILED).passes().sum(), "one operation failed, not four");
    }

    @Test
    void interruptionCancelsAndIsNeitherOkNorFailed() throws Exception {
        service.withTroubles((route, number) -> StandIn.Trouble.STALL_BODY);
        Thread user = Thread.ofVirtual().start(() -> caller.call(line(), Call.get(Operation.LIST_USERS, "/users"), System.nanoTime()));
        for (int i = 0; i < 1000 && caller.accounting().started() == 0; i++) Thread.sleep(20);
        Thread.sleep(50);
        user.interrupt();
        assertTrue(user.join(Duration.ofSeconds(20)));
        assertEquals(new Accounting(1, 0, 0, 1), caller.accounting());
        assertTrue(caller.accounting().addsUp());
        assertEquals(0, measurements.share(MetricName.HTTP_REQ_FAILED).passes().sum());
    }

    @Test
    void sharedConnectionsAreNoMoreThanAskedForAndWhoWaitsForOneIsCounted() throws Exception {
        connections.close();
        connections = Connections.shared(3, 10_000);
        List<Thread> users = IntStream.range(0, 50).mapToObj(i -> line()).map(line -> Thread.ofVirtual().start(() ->
                caller.call(line, Call.get(Operation.LIST_USERS, "/users?variant=active&limit=1"), System.nanoTime()))).toList();
        for (Thread user : users) assertTrue(user.join(Duration.ofSeconds(20)), "every user gets its turn");
        assertEquals(new Accounting(50, 50, 0, 0), caller.accounting());
        long opened = measurements.count(MetricName.HTTP_CONN_OPENED);
        assertTrue(opened >= 1 && opened <= 25, "3 at once, now and then one more while another is not back in the pool: " + opened);
        assertEquals(50, measurements.latencies(MetricName.HTTP_REQ_BLOCKED).total().count());
    }

    /** Each from further inside than the one before; an attempt that failed is part of the first alone. */
    @Test
    void whereTheTimeOfAMessageGoesIsSeen() {
        service.withTimes(40, 30).withDelays(() -> Duration.ofMillis(60))
                .withTroubles((route, number) -> number == 1 ? StandIn.Trouble.BUSY : StandIn.Trouble.NONE);
        Call send = Call.post(Operation.SEND_MESSAGE, "/users/generate/active?count=1", Json.bytes(Map.of()), "key-3");
        assertTrue(Outcome.ok(caller.call(line(), send, System.nanoTime() - Duration.ofMillis(500).toNanos())));
        assertTrue(onlyMicros(MetricName.SEND_MESSAGE_E2E) >= 560_000);
        assertTrue(onlyMicros(MetricName.SEND_MESSAGE_DURATION) >= 60_000);
        assertTrue(onlyMicros(MetricName.SEND_MESSAGE_DURATION) < onlyMicros(MetricName.SEND_MESSAGE_E2E));
        assertEquals(40, onlyMicros(MetricName.SEND_MESSAGE_SERVER_TIME) / 1000);
        assertEquals(40, onlyMicros(MetricName.HTTP_REQ_SERVER_TIME) / 1000);
        assertEquals(30, onlyMicros(MetricName.SEND_MESSAGE_LATENCY) / 1000);
        users();
        assertEquals(2, measurements.latencies(MetricName.HTTP_REQ_SERVER_TIME).total().count());
        assertEquals(1, measurements.latencies(MetricName.SEND_MESSAGE_SERVER_TIME).total().count(), "listing users is no message");
    }

    private long onlyMicros(MetricName name) {
        LatencySnapshot times = measurements.latencies(name).total();
        assertEquals(1, times.count(), name.text());
        return times.percentile(50);
    }

    @Test
    void fewRequestsAreLeftToOneClient() {
        assertEquals(1, clients(0));
        assertEquals(1, clients(1_000));
        assertEquals(Math.min(2, Runtime.getRuntime().availableProcessors()), clients(1_001));
        assertEquals(Math.min(4, Runtime.getRuntime().availableProcessors()), clients(100_000));
    }

    private static long clients(double requestsPerSecond) {
        try (Connections some = Connections.shared(100, requestsPerSecond)) {
            return IntStream.range(0, 100).mapToObj(i -> some.forUser().client()).distinct().count();
        }
    }

    @Test
    void whoWaitsForAConnectionWhenTheRunEndsHasStartedNothing() throws Exception {
        connections.close();
        connections = Connections.shared(1, 10_000);
        Caller.Line line = line();
        line.way().places().acquire();
        Outcome[] outcome = new Outcome[1];
        Thread user = Thread.ofVirtual().start(() ->
                outcome[0] = caller.call(line, Call.get(Operation.LIST_USERS, "/users"), System.nanoTime()));
        user.interrupt();
        assertTrue(user.join(Duration.ofSeconds(20)));
        assertInstanceOf(Outcome.Interrupted.class, outcome[0]);
        assertEquals(new Accounting(0, 0, 0, 0), caller.accounting());
    }

    private Outcome generate(String key) {
        return caller.call(line(), Call.post(Operation.GENERATE_USERS, "/users/generate/active?count=1", Json.bytes(Map.of()), key),
                System.nanoTime());
    }

    private int users() {
        Outcome.Answer answer = (Outcome.Answer) caller.call(line(), Call.get(Operation.LIST_USERS, "/users?variant=active&limit=10"),
                System.nanoTime());
        return Json.parse(answer.body()).list("items").size();
    }

    private ErrorRow row(String cause) {
        return errors.rows().stream().filter(row -> row.cause().equals(cause)).findFirst().orElseThrow();
    }

    private Caller.Line line() {
        return new Caller.Line(connections.forUser(), new SplittableRandom(1));
    }
}
