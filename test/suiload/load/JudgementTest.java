package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import suiload.metrics.Latencies;
import suiload.metrics.LatencySnapshot;
import suiload.report.Exposition;
import suiload.report.Metric;
import suiload.report.ThresholdResult;
import suiload.report.ThresholdResult.Outcome;
import suiload.report.Timeline;
import suiload.report.Unit;
import suiload.report.Verdict;

/** Goal: thresholds, the fitness of the driver and the dealing of channels judge as the design says. */
class JudgementTest {
    private static final LoadPhase TEN_SECONDS = new LoadPhase(10, Map.of());

    private final Measurements measurements = new Measurements();

    private List<ThresholdResult> judge(Threshold... thresholds) {
        Map<String, Metric> metrics = Totals.metrics(measurements, new Timeline(1, List.of(), List.of()), TEN_SECONDS);
        return new Judgement(measurements, metrics).of(List.of(thresholds));
    }

    @Test
    void figuresOfAllKindsAreCompared() {
        for (int ms = 1; ms <= 100; ms++) measurements.time(MetricName.HTTP_REQ_DURATION, ms * 1_000_000L);
        measurements.count(MetricName.ITERATIONS, 50);
        measurements.level(MetricName.SEND_MESSAGE_GAS, -5);
        assertEquals(List.of(Outcome.HELD, Outcome.FAILED, Outcome.HELD, Outcome.HELD, Outcome.HELD), judge(
                Threshold.of("http_req_duration", "p(95)<96"), Threshold.of("http_req_duration", "p(97.3)<=97"),
                        Threshold.of("iterations", "count==50"),
                Threshold.of("iterations", "rate>=5"), Threshold.of("sendMessage_gas", "value<0")).stream().map(ThresholdResult::outcome)
                        .toList());
    }

    /** However long provisioning took, and however many requests it made. */
    @Test
    void ratesAreThoseOfTheLoadAlone() {
        measurements.count(MetricName.HTTP_REQS, 5000);
        Map<MetricName, Long> before = LoadPhase.traffic(measurements);
        measurements.count(MetricName.HTTP_REQS, 100);
        measurements.count(MetricName.MESSAGES_SENT, 19);
        LoadPhase load = LoadPhase.of(10, before, measurements, Map.of(MetricName.NODE_CALLS, 30L));
        measurements.count(MetricName.HTTP_REQS, 700);
        measurements.count(MetricName.MESSAGES_SENT, 1);
        measurements.count(MetricName.NODE_CALLS, 99);
        Map<String, Metric> metrics = Totals.metrics(measurements, new Timeline(1, List.of(), List.of()), load);
        assertEquals(new Metric.Counter(Unit.PLAIN, 5800, 10), metrics.get("http_reqs"));
        assertEquals(new Metric.Counter(Unit.PLAIN, 20, 2), metrics.get("messages_sent"), "one that the last reading found counts as well");
        assertEquals(new Metric.Counter(Unit.PLAIN, 99, 3), metrics.get("node_calls"));
    }

    @Test
    void latencyIsVoidWhenErrorsAreTooMany() {
        for (int i = 0; i < 10; i++) measurements.share(MetricName.HTTP_REQ_FAILED, i < 9);
        measurements.time(MetricName.HTTP_REQ_DURATION, 1_000_000);
        List<ThresholdResult> results = judge(Threshold.STANDARD.toArray(Threshold[]::new));
        assertEquals(Outcome.FAILED, outcome(results, "http_req_failed"));
        assertEquals(Outcome.VOID, outcome(results, "http_req_duration"));
        assertEquals(Outcome.VOID, outcome(results, "sendMessage_latency"));
        assertEquals(Outcome.HELD, outcome(results, "messages_lost"), "a count is a count");
    }

    private static Outcome outcome(List<ThresholdResult> results, String metric) {
        return results.stream().filter(result -> result.metric().equals(metric)).findFirst().orElseThrow().outcome();
    }

    @Test
    void whatWasNeverMeasuredIsHeldAndSaidSo() {
        ThresholdResult result = judge(Threshold.of("createChannel_latency", "p(95)<5000")).getFirst();
        assertEquals(Outcome.HELD, result.outcome());
        assertEquals("no sample", result.reason());
    }

    /** No figure of the node or the service is as good as none, unless there was nothing to be counted. */
    @Test
    void whatCouldNotBeMeasuredIsVoid() {
        measurements.count(MetricName.MESSAGES_SENT, 5);
        NodeCalls nodeCalls = new NodeCalls(measurements);
        nodeCalls.whole(Exposition.NONE, Exposition.NONE);
        nodeCalls.perOperation(Exposition.NONE, Exposition.NONE, NodeCalls.Done.of(measurements));
        List<ThresholdResult> results = judge(Threshold.of("node_calls", "count<100"), Threshold.of("node_calls_per_message", "value<2"),
                Threshold.of("server_rss", "max<1"), Threshold.of("node_calls_per_1000_polls", "value<2"));
        assertEquals(List.of(Outcome.VOID, Outcome.VOID, Outcome.VOID, Outcome.HELD),
                results.stream().map(ThresholdResult::outcome).toList());
        assertEquals("void: it could not be measured", results.getFirst().reason());
        assertEquals("no sample", results.getLast().reason(), "nobody polled");
    }

    /** Few sends among many polls: the share of errors stays small when every send fails. */
    @Test
    void theLatencyOfWhatAlwaysFailedIsVoid() {
        measurements.share(MetricName.SEND_MESSAGE_ERRORS, true);
        for (int i = 0; i < 1000; i++) measurements.share(MetricName.HTTP_REQ_FAILED, i == 0);
        List<ThresholdResult> results = judge(Threshold.STANDARD.toArray(Threshold[]::new));
        assertEquals(Outcome.HELD, outcome(results, "http_req_failed"));
        assertEquals(Outcome.VOID, outcome(results, "sendMessage_latency"));
    }

    @Test
    void aCountOfNothingIsZero() {
        assertEquals(Outcome.FAILED, judge(Threshold.of("message_delivery_latency", "count>0")).getFirst().outcome());
    }

    @Test
    void aDriverThatIsLateForTenSecondsIsUnfitButNotWhileItWarmsUp() {
        Fitness fitness = new Fitness(20, 2);
        for (int second = 1; second <= 20; second++) fitness.second(second, second(500));
        for (int second = 21; second <= 60; second++) fitness.second(second, second(20));
        assertEquals(Optional.empty(), fitness.unfit());
        for (int second = 61; second <= 70; second++) fitness.second(second, second(150));
        assertTrue(fitness.unfit().orElseThrow().contains("late"), fitness.unfit().toString());
    }

    /** A short load never fills a window of ten seconds. */
    @Test
    void aShortLoadIsJudgedByWhatThereIs() {
        Fitness fitness = new Fitness(1, 2);
        for (int second = 3; second <= 4; second++) fitness.second(second, second(150));
        assertEquals(Optional.empty(), fitness.unfit(), "two seconds say nothing");
        fitness.second(5, second(150));
        assertTrue(fitness.unfit().orElseThrow().contains("in the 3 s before second 5 "), fitness.unfit().toString());
    }

    @Test
    void latenessCountsOnlyWhileAConnectionIsFree() {
        Fitness fitness = new Fitness(20, 2);
        for (int second = 22; second <= 40; second++) fitness.second(second, new Fitness.Second(fifty(150), fifty(151), 50, 0));
        assertEquals(Optional.empty(), fitness.unfit(), "all connections were taken");
        for (int second = 41; second <= 50; second++) fitness.second(second, new Fitness.Second(fifty(150), fifty(149), 50, 0));
        assertTrue(fitness.unfit().orElseThrow().contains("late"), fitness.unfit().toString());
    }

    @Test
    void whatTheMachineCannotConnectIsSaidBeforehand() {
        assertEquals(Optional.empty(), beforehand("per-user", 3200, 1000), "200 for others, and three for each user's client");
        assertSays(beforehand("per-user", 3199, 1000), "1000 users", "3200 file descriptors", "allows 3199", "CONNECTIONS=shared");
        assertSays(beforehand("per-user", 3200, 999), "1000 users", "local port", "has 999", "CONNECTIONS=shared");
        assertEquals(Optional.empty(), beforehand("shared", 300, 100));
        assertSays(beforehand("shared", 299, 100), "100 shared connections", "300 file descriptors", "lower CONNECTIONS_MAX");
        assertSays(beforehand("shared", 300, 99), "100 shared connections", "local port", "lower CONNECTIONS_MAX");
        assertTrue(ProcessFigures.portsMax().orElse(1) > 0, "what this system says is understood");
        LoadSettings any = LoadSettings.read(Map.of());
        assertEquals(Optional.empty(), Fitness.beforehand(any, OptionalLong.empty(), OptionalLong.empty()), "not known is no reason");
    }

    private static Optional<String> beforehand(String connections, long descriptors, long ports) {
        LoadSettings settings = LoadSettings.read(Map.of("ACTIVE", "200", "PASSIVE", "800", "CONNECTIONS", connections,
                "CONNECTIONS_MAX", "100"));
        return Fitness.beforehand(settings, OptionalLong.of(descriptors), OptionalLong.of(ports));
    }

    private static void assertSays(Optional<String> text, String... words) {
        for (String word : words) assertTrue(text.orElseThrow().contains(word), text + " lacks " + word);
    }

    private static Fitness.Second second(long lateMillis) {
        return new Fitness.Second(fifty(lateMillis), LatencySnapshot.EMPTY, 50, 0);
    }

    private static LatencySnapshot fifty(long millis) {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 50; i++) latencies.record(millis * 1000);
        return latencies.interval();
    }

    @Test
    void channelsOfFormerRunsAreTakenWhereTheyFitAndTheRestIsDealtAnew() {
        UserMix mix = new UserMix(6, 12, 2, 4);
        List<User> users = new ArrayList<>();
        for (int i = 0; i < 6; i++) users.add(new User("a" + i, true, "0xa" + i));
        for (int i = 0; i < 12; i++) users.add(new User("p" + i, false, "0xb" + i));
        Map<User, List<Api.Membership>> memberships = new LinkedHashMap<>();
        users.forEach(user -> memberships.put(user, new ArrayList<>()));
        join(memberships, "right", users.get(0), users.get(1), users.get(6), users.get(7), users.get(8), users.get(9));
        join(memberships, "small", users.get(2), users.get(10));
        join(memberships, "zoverlapping", users.get(1), users.get(2), users.get(10), users.get(11), users.get(12), users.get(13));
        Dealing dealing = new Dealing(mix, users);
        List<Dealing.Reusable> reused = dealing.reuse(memberships);
        assertEquals(List.of("right"), reused.stream().map(Dealing.Reusable::id).toList());
        List<Dealing.Group> groups = dealing.groups();
        assertEquals(2, groups.size());
        Set<User> dealt = new HashSet<>();
        reused.forEach(channel -> channel.members().forEach(member -> assertTrue(dealt.add(member.user()))));
        groups.forEach(group -> group.users().forEach(user -> assertTrue(dealt.add(user))));
        assertEquals(18, dealt.size(), "everybody is in exactly one channel");
        assertTrue(groups.stream().allMatch(group -> group.creator().active()));
    }

    private static void join(Map<User, List<Api.Membership>> memberships, String channel, User... members) {
        for (User member : members) memberships.get(member).add(new Api.Membership(channel, "cap-" + member.name()));
    }

    @Test
    void callsOfTheServicesFormerLifeAreNotThisRuns() {
        Exposition after = Exposition.parse("suiload_node_calls_total{cause=\"send\"} 500\n");
        new NodeCalls(measurements).whole(Exposition.NONE, after);
        assertEquals(0, measurements.count(MetricName.NODE_CALLS), "nobody knows how many there were before");
        Map<String, Metric> metrics = Totals.metrics(measurements, new Timeline(1, List.of(), List.of()), TEN_SECONDS);
        assertFalse(metrics.containsKey("node_calls"), "not even none");
        new NodeCalls(measurements).whole(Exposition.parse("suiload_node_calls_total{cause=\"send\"} 400\n"), after);
        assertEquals(100, measurements.count(MetricName.NODE_CALLS));
    }

    @Test
    void whatTheServiceRefusedIsNoOperationOfTheNodes() {
        for (int i = 0; i < 100; i++) measurements.share(MetricName.TABLE_MESSAGES_ERRORS, i < 90);
        new NodeCalls(measurements).perOperation(Exposition.parse("suiload_node_calls_total{cause=\"poll\"} 3\n"),
                Exposition.parse("suiload_node_calls_total{cause=\"poll\"} 5\n"), NodeCalls.Done.of(measurements));
        assertEquals(200, measurements.level(MetricName.NODE_CALLS_PER_1000_POLLS).last(), "two calls for ten polls");
    }

    @Test
    void theDrainLastsUntilWhatHangsTimesOutUnlessSomebodyWaits() {
        assertEquals(Duration.ofSeconds(30), LoadRun.drainLimit(false, Duration.ofSeconds(10)));
        assertEquals(Duration.ofSeconds(90), LoadRun.drainLimit(false, Duration.ofSeconds(90)));
        assertEquals(Duration.ofSeconds(5), LoadRun.drainLimit(true, Duration.ofSeconds(90)));
    }

    @Test
    void aMachineThatAllowsNoFurtherThreadOrSelectorMakesTheDriverUnfit() {
        CannotRun noThread = assertThrows(CannotRun.class, () -> Connections.made(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        }));
        CannotRun noSelector = assertThrows(CannotRun.class, () -> Connections.made(() -> {
            throw new UncheckedIOException(new IOException("Too many open files"));
        }));
        assertEquals(List.of(Verdict.Kind.UNFIT, Verdict.Kind.UNFIT), List.of(noThread.kind(), noSelector.kind()));
        assertTrue(noThread.getMessage().contains("native thread") && noThread.getMessage().endsWith("use CONNECTIONS=shared"),
                noThread.getMessage());
    }

    @Test
    void whoHasHeardTheRequestToStopIsNotInterruptedAgain() {
        StopSignal stop = new StopSignal(Thread.currentThread());
        assertFalse(stop.heard());
        stop.request();
        assertTrue(Thread.currentThread().isInterrupted());
        assertTrue(stop.heard());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void thoughtsAndContentsDependOnTheSeedAlone() {
        Map<Long, String> words = new HashMap<>();
        for (long seed : new long[] {1, 1, 2}) {
            LoadSettings settings = LoadSettings.read(Map.of());
            try (Rig rig = new Rig(settings, "run", seed)) {
                String drawn = IntStream.range(0, 5).mapToObj(i -> Long.toString(rig.userLine("a" + i).random().nextLong())).toList()
                        .toString();
                String before = words.put(seed, drawn);
                assertTrue(before == null || before.equals(drawn));
            }
        }
        assertEquals(2, new HashSet<>(words.values()).size());
    }
}
