package suiload.sui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Owner;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.sui.FaultyNode.Fault;

/**
 * Goal: the node client means what it says, within its bounds.
 * Method: real calls to the embedded network, through a stand-in that breaks chosen calls at chosen points.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GrpcNodeTest {
    private static TestChain chain;
    private final Metrics metrics = new Metrics();

    @BeforeAll
    static void start() throws IOException {
        chain = new TestChain();
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @BeforeEach
    void calm() {
        chain.faulty.trouble = (method, number) -> Fault.NONE;
    }

    private Node open(URI... endpoints) {
        return GrpcNode.open(config(endpoints), metrics);
    }

    private static NodeConfig config(URI... endpoints) {
        Duration wait = Duration.ofSeconds(2);
        return NodeConfig.of(List.of(endpoints)).withTimeouts(wait, wait, wait);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private static CheckpointSource followed(Node node) {
        return node.checkpoints().orElseThrow();
    }

    private long calls(Method method, Cause cause) {
        return metrics.counter("suiload_node_calls_total", "", "method", method.label(), "cause", cause.label()).value();
    }

    @Test
    void readsWhatTheChainHolds() {
        try (Node node = open(chain.address())) {
            Address account = TestChain.address(TestChain.key(1));
            Executed funded = chain.fund(5_000_000, List.of(account));
            assertEquals(1000, node.referenceGasPrice(soon()));
            assertEquals("unknown", node.info(soon()).chain());
            Page<ObjectView> coins = node.owned(account, StructTag.SUI_COIN, Optional.empty(), 10, soon());
            ObjectView coin = coins.items().getFirst();
            assertEquals(List.of(Optional.empty(), new Owner.AddressOwner(account), StructTag.SUI_COIN, Optional.of(funded.digest())),
                    List.of(coins.next(), coin.owner(), coin.type(), coin.lastWriter()));
            Map<Address, ObjectView> found = node.objects(List.of(coin.ref().id(), Address.ofShort(4711)), soon());
            assertEquals(Map.of(coin.ref().id(), coin), found, "the missing are absent");
            assertEquals(funded.effects(), node.transaction(funded.digest(), soon()).orElseThrow().effects());
            assertEquals(Optional.empty(), node.transaction(Digest.ZERO, soon()));
            assertEquals(Optional.empty(), followed(node).checkpoint(1L << 40, soon()));
        }
    }

    @Test
    void pagesAreReadOneAfterAnother() {
        try (Node node = open(chain.address())) {
            Address account = TestChain.address(TestChain.key(2));
            chain.fund(1_000_000, List.of(account, account, account, account, account));
            List<ObjectView> all = new ArrayList<>();
            Optional<suiload.bcs.Bytes> cursor = Optional.empty();
            do {
                Page<ObjectView> page = node.owned(account, StructTag.SUI_COIN, cursor, 2, soon());
                assertTrue(page.items().size() <= 2, "page size is kept");
                all.addAll(page.items());
                cursor = page.next();
            } while (cursor.isPresent());
            assertEquals(5, all.stream().map(view -> view.ref().id()).distinct().count());
        }
    }

    @Test
    void moreThanABatchOfObjectsTakesSeveralCalls() {
        try (Node node = open(chain.address())) {
            List<Address> ids = new ArrayList<>();
            for (int i = 0; i < 101; i++) ids.add(Address.ofShort(10_000 + i));
            assertEquals(Map.of(), node.because(Cause.POLL).objects(ids, soon()));
            assertEquals(3, calls(GrpcMethod.GET_OBJECTS, Cause.POLL));
        }
    }

    @Test
    void anAnswerThatIsLostLeavesTheOutcomeUnknownAndTheDigestTellsIt() {
        SignedTransaction transfer = chain.transfer(chain.funder, Address.ofShort(1001), 1000);
        chain.faulty.trouble = (method, number) -> method.equals("ExecuteTransaction") ? Fault.RESET_AFTER : Fault.NONE;
        try (Node node = open(chain.faulty.address())) {
            assertThrows(NodeException.OutcomeUnknown.class, () -> node.execute(transfer, soon()));
            assertTrue(node.transaction(transfer.digest(), soon()).orElseThrow().success());
            assertEquals(1, chain.coins(Address.ofShort(1001)).size());
            chain.faulty.trouble = (method, number) -> Fault.NONE;
            assertEquals(transfer.digest(), node.execute(transfer, soon()).digest(), "the same bytes again are answered, not run again");
            assertEquals(1, chain.coins(Address.ofShort(1001)).size());
        }
    }

    @Test
    void everyWayToLoseASubmissionSaysSo() {
        for (Fault fault : List.of(Fault.RESET_BEFORE, Fault.HANG_BEFORE, Fault.STALL, Fault.CUT, Fault.GARBLED, Fault.HTTP_503,
                Fault.UNAVAILABLE_AFTER)) {
            SignedTransaction transfer = chain.transfer(chain.funder, Address.ofShort(1002), 1000);
            chain.faulty.trouble = (method, number) -> method.equals("ExecuteTransaction") ? fault : Fault.NONE;
            try (Node node = open(chain.faulty.address())) {
                Deadline deadline = Deadline.after(Duration.ofMillis(500));
                assertThrows(NodeException.OutcomeUnknown.class, () -> node.execute(transfer, deadline), fault.name());
            }
        }
    }

    @Test
    void aSubmissionThatNeverLeftIsNoDoubt() {
        SignedTransaction transfer = chain.transfer(chain.funder, Address.ofShort(1003), 1000);
        try (Node node = open(URI.create("http://127.0.0.1:1"))) {
            assertThrows(NodeException.Unavailable.class, () -> node.execute(transfer, soon()));
        }
        chain.faulty.trouble = (method, number) -> Fault.HTTP_429;
        try (Node node = open(chain.faulty.address())) {
            var limited = assertThrows(NodeException.RateLimited.class, () -> node.execute(transfer, soon()));
            assertEquals(Duration.ofSeconds(1), limited.retryAfter());
        }
    }

    @Test
    void aStaleReferenceIsRejectedAsStale() {
        SignedTransaction first = chain.transfer(chain.funder, Address.ofShort(1004), 1000);
        SignedTransaction second = chain.transfer(chain.funder, Address.ofShort(1004), 2000);
        try (Node node = open(chain.address())) {
            node.execute(first, soon());
            var rejected = assertThrows(NodeException.Rejected.class, () -> node.execute(second, soon()));
            assertEquals(NodeException.Kind.STALE, rejected.kind(), rejected.getMessage());
        }
    }

    @Test
    void aReadIsTriedAgainUpToFourTimes() {
        int before = chain.faulty.calls("GetEpoch");
        chain.faulty.trouble = (method, number) -> number - before >= 4 ? Fault.NONE : Fault.RESET_BEFORE;
        try (Node node = open(chain.faulty.address())) {
            assertEquals(1000, node.referenceGasPrice(soon()));
            assertEquals(4, chain.faulty.calls("GetEpoch") - before);
        }
        chain.faulty.trouble = (method, number) -> Fault.RESET_BEFORE;
        int again = chain.faulty.calls("GetEpoch");
        try (Node node = open(chain.faulty.address())) {
            assertThrows(NodeException.Unavailable.class, () -> node.referenceGasPrice(soon()));
            assertEquals(4, chain.faulty.calls("GetEpoch") - again, "four attempts and no more");
        }
    }

    @Test
    void retriesStayWithinTheirBudget() {
        chain.faulty.trouble = (method, number) -> Fault.HTTP_503;
        int before = chain.faulty.calls();
        try (Node node = open(chain.faulty.address())) {
            for (int i = 0; i < 60; i++) {
                assertThrows(NodeException.Unavailable.class, () -> node.referenceGasPrice(Deadline.after(Duration.ofSeconds(3))));
            }
        }
        int attempts = chain.faulty.calls() - before;
        assertTrue(attempts >= 60 && attempts <= 60 * 120 / 100, attempts + " attempts for 60 reads");
    }

    @Test
    void aRateLimitIsWaitedForOnlyWithinTheDeadline() {
        chain.faulty.retryAfter = "30";
        chain.faulty.trouble = (method, number) -> Fault.HTTP_429;
        int before = chain.faulty.calls();
        try (Node node = open(chain.faulty.address())) {
            var limited = assertThrows(NodeException.RateLimited.class,
                    () -> node.referenceGasPrice(Deadline.after(Duration.ofSeconds(5))));
            assertTrue(limited.retryAfter().compareTo(Duration.ofSeconds(20)) > 0, limited.retryAfter().toString());
            assertThrows(NodeException.RateLimited.class, () -> node.referenceGasPrice(Deadline.after(Duration.ofSeconds(5))));
            assertEquals(1, chain.faulty.calls() - before, "an endpoint that asked to be left alone is left alone");
        } finally {
            chain.faulty.retryAfter = "1";
        }
    }

    @Test
    void aRateLimitThatPassesInTimeIsSatOut() {
        int before = chain.faulty.calls("GetEpoch");
        chain.faulty.trouble = (method, number) -> number - before == 1 ? Fault.HTTP_429 : Fault.NONE;
        try (Node node = open(chain.faulty.address())) {
            assertEquals(1000, node.referenceGasPrice(soon()));
            assertEquals(2, chain.faulty.calls("GetEpoch") - before);
        }
    }

    @Test
    void anotherEndpointTakesOverAndTheSickOneRests() {
        chain.faulty.trouble = (method, number) -> Fault.RESET_BEFORE;
        int before = chain.faulty.calls();
        // Its clock stands still: a rest does not end.
        try (Node node = GrpcNode.open(config(chain.faulty.address(), chain.address()), metrics, new Random(1), () -> 0)) {
            for (int i = 0; i < 20; i++) assertEquals(1000, node.referenceGasPrice(soon()));
            assertEquals(Endpoint.FAILURES_MAX, chain.faulty.calls() - before);
        }
    }

    @Test
    void theDeadlineEndsACallWhoseBodyStallsAndTheNodeSeesIt() throws Exception {
        try (var stalling = new FaultyNode(Optional.empty());
                Node node = GrpcNode.open(NodeConfig.of(List.of(stalling.address())), metrics)) {
            stalling.trouble = (method, number) -> Fault.STALL;
            assertThrows(NodeException.TimedOut.class, () -> node.referenceGasPrice(Deadline.after(Duration.ofSeconds(3))));
            assertTrue(stalling.clientLeft.await(10, TimeUnit.SECONDS), "the exchange was ended, not only left");
        }
    }

    @Test
    void anInterruptedReaderIsFreeAtOnce() throws Exception {
        chain.faulty.trouble = (method, number) -> Fault.HANG_BEFORE;
        try (Node node = open(chain.faulty.address()); var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            int before = chain.faulty.calls();
            Future<?> read = executor.submit(() -> node.referenceGasPrice(Deadline.never()));
            while (chain.faulty.calls() == before) Thread.sleep(5);
            read.cancel(true);
            assertTrue(executor.shutdownNow().isEmpty());
            assertTrue(executor.awaitTermination(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void noMoreCallsAreUnderWayThanAllowed() throws Exception {
        try (var limited = new FaultyNode(Optional.of(chain.address()));
                Node node = GrpcNode.open(NodeConfig.of(List.of(limited.address())).withCallsInFlight(3), metrics);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> prices = new ArrayList<>();
            for (int i = 0; i < 60; i++) prices.add(executor.submit(() -> node.referenceGasPrice(soon())));
            for (Future<Long> price : prices) assertEquals(1000, price.get());
            assertTrue(limited.underWayMax() <= 3, limited.underWayMax() + " at once");
        }
    }

    @Test
    void deadlineKeyAndBasePathTravelWithTheCall() {
        URI base = URI.create(chain.faulty.address() + "/base/");
        try (Node node = GrpcNode.open(NodeConfig.of(List.of(base)).withApiKey("x-api-key", "s3cret"), metrics)) {
            node.referenceGasPrice(Deadline.after(Duration.ofSeconds(7)));
            assertTrue(chain.faulty.seen.contains("x-api-key: s3cret"), chain.faulty.seen.toString());
            assertTrue(chain.faulty.seen.contains("path: /base/sui.rpc.v2.LedgerService/GetEpoch"), chain.faulty.seen.toString());
            boolean timeout = chain.faulty.seen.stream().anyMatch(line -> line.matches("grpc-timeout: [1-7]\\d{3}m"));
            assertTrue(timeout, chain.faulty.seen.toString());
        }
        NodeConfig config = NodeConfig.of(List.of(base)).withApiKey("x-api-key", "s3cret");
        assertFalse(config.toString().contains("s3cret"), "no secret in a toString");
    }

    @Test
    void waitingForTheChainCountsAsTheRequests() {
        var context = new RequestContext("r1", soon());
        try (Node node = open(chain.address())) {
            ScopedValue.where(RequestContext.CURRENT, context).run(() -> node.referenceGasPrice(soon()));
        }
        assertTrue(context.chainAsked() && context.chainNanos() > 0);
    }

    @Test
    void checkpointsAreFollowedWithTheirEvents() throws Exception {
        Duration patience = Duration.ofSeconds(20);
        NodeConfig patient = NodeConfig.of(List.of(chain.address())).withTimeouts(patience, patience, patience);
        try (Node node = GrpcNode.open(patient, metrics); Checkpoints stream = followed(node.because(Cause.FEED)).subscribe()) {
            CheckpointView first = stream.next();
            SignedTransaction transfer = chain.transfer(chain.funder, Address.ofShort(1005), 1000);
            chain.node.execute(transfer, soon());
            long last = first.sequence();
            for (CheckpointView next = stream.next();; next = stream.next()) {
                assertEquals(++last, next.sequence(), "no gap");
                var entry = next.transactions().stream().filter(each -> each.digest().equals(transfer.digest())).findFirst();
                if (entry.isEmpty()) continue;
                assertTrue(entry.get().success());
                assertTrue(entry.get().written().stream().anyMatch(written -> written.created()
                        && written.owner().equals(new Owner.AddressOwner(Address.ofShort(1005)))), entry.toString());
                assertEquals(next, followed(node).checkpoint(next.sequence(), soon()).orElseThrow(), "read by number it is the same");
                break;
            }
            assertEquals(1, calls(GrpcMethod.SUBSCRIBE_CHECKPOINTS, Cause.FEED));
        }
    }

    @Test
    void aSilentStreamCountsAsEnded() {
        chain.faulty.trouble = (method, number) -> Fault.STALL;
        try (Node node = GrpcNode.open(NodeConfig.of(List.of(chain.faulty.address()))
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(300)), metrics);
                Checkpoints stream = followed(node).subscribe()) {
            var ended = assertThrows(NodeException.class, stream::next);
            assertInstanceOf(NodeException.Unavailable.class, ended, ended.getMessage());
        }
    }
}
