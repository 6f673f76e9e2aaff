package suiload.sui;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.json.Json;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.sui.FaultyRpc.Fault;

/**
 * Goal: over JSON-RPC the node client means what the one over gRPC-Web means, within the same bounds.
 * Method: real calls to the embedded network, through a stand-in that breaks chosen calls; the other client's view is the judge.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class Sui4jNodeTest {
    private static TestChain chain;
    private static FaultyRpc faulty;
    private final Metrics metrics = new Metrics();

    @BeforeAll
    static void start() throws IOException {
        chain = new TestChain();
        faulty = new FaultyRpc(chain.address());
    }

    @AfterAll
    static void stop() {
        faulty.close();
        chain.close();
    }

    @BeforeEach
    void calm() {
        faulty.trouble = (method, number) -> Fault.NONE;
        faulty.error = Optional.empty();
        faulty.retryAfter = "1";
    }

    private Node open(URI... endpoints) {
        return Sui4jNode.open(config(endpoints), metrics);
    }

    private static NodeConfig config(URI... endpoints) {
        Duration wait = Duration.ofSeconds(2);
        return NodeConfig.of(List.of(endpoints)).withTimeouts(wait, wait, wait);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    private long calls(RpcMethod method, Cause cause) {
        return metrics.counter("suiload_node_calls_total", "", "method", method.label(), "cause", cause.label()).value();
    }

    private static void breakAll(RpcMethod method, Fault fault) {
        faulty.trouble = (name, number) -> name.equals(method.label()) ? fault : Fault.NONE;
    }

    @Test
    void readsWhatTheOtherClientReads() {
        try (Node node = open(chain.address())) {
            Address account = TestChain.address(TestChain.key(1));
            Executed funded = chain.fund(5_000_000, List.of(account));
            assertEquals(1000, node.referenceGasPrice(soon()));
            NodeInfo info = node.info(soon());
            assertEquals(chain.node.info(soon()).chainId(), info.chainId(), "a database knows its chain under either client");
            assertEquals("unknown", info.chain());
            ObjectView coin = chain.coins(account).getFirst();
            assertEquals(new Page<>(List.of(coin), Optional.empty()),
                    node.owned(account, StructTag.SUI_COIN, Optional.empty(), 10, soon()));
            Map<Address, ObjectView> found = node.objects(List.of(coin.ref().id(), Address.ofShort(4711), Address.CLOCK), soon());
            assertEquals(chain.node.objects(List.of(coin.ref().id(), Address.CLOCK), soon()).keySet(), found.keySet(),
                    "the missing are absent");
            assertEquals(coin, found.get(coin.ref().id()));
            assertEquals(funded.effects(), node.transaction(funded.digest(), soon()).orElseThrow().effects());
            assertEquals(Optional.empty(), node.transaction(Digest.ZERO, soon()));
            assertEquals(Optional.empty(), node.checkpoints(), "nothing to follow");
        }
    }

    @Test
    void packagesAreNoObjectsOfAnyone() {
        try (Node node = open(chain.address())) {
            assertEquals(Map.of(), node.objects(List.of(Address.SUI_FRAMEWORK), soon()));
        }
    }

    @Test
    void executesAndTellsWhatTheOtherClientTells() {
        SignedTransaction transfer = chain.transfer(chain.funder, Address.ofShort(2001), 1000);
        try (Node node = open(chain.address())) {
            Executed executed = node.because(Cause.SEND).execute(transfer, soon());
            assertTrue(executed.success());
            Executed told = chain.node.transaction(transfer.digest(), soon()).orElseThrow();
            assertEquals(told.effects(), executed.effects());
            assertEquals(told.events(), executed.events());
            assertEquals(1, calls(RpcMethod.EXECUTE, Cause.SEND));
            assertEquals(executed.effects(), node.execute(transfer, soon()).effects(), "the same bytes again are answered, not run again");
            assertEquals(1, chain.coins(Address.ofShort(2001)).size());
        }
    }

    @Test
    void coinsComeRichestFirstPageByPage() {
        Address account = TestChain.address(TestChain.key(2));
        for (long amount : new long[] {3000, 9000, 1000, 7000, 5000}) {
            TestChain.require(chain.node.execute(chain.transfer(chain.funder, account, amount), soon()));
        }
        try (Node node = open(chain.address())) {
            List<ObjectView> all = new ArrayList<>();
            Optional<Bytes> cursor = Optional.empty();
            do {
                Page<ObjectView> page = node.owned(account, StructTag.SUI_COIN, cursor, 2, soon());
                assertTrue(page.items().size() <= 2, "page size is kept");
                all.addAll(page.items());
                cursor = page.next();
            } while (cursor.isPresent());
            assertEquals(chain.coins(account), all);
        }
    }

    @Test
    void moreCoinsThanAPageHoldsAreAllSeen() {
        Address account = TestChain.address(TestChain.key(3));
        List<Address> often = java.util.Collections.nCopies(60, account);
        chain.fund(1_000_000, often);
        TestChain.require(chain.node.execute(chain.transfer(chain.funder, account, 2_000_000), soon()));
        try (Node node = open(chain.address())) {
            Page<ObjectView> page = node.owned(account, StructTag.SUI_COIN, Optional.empty(), 1000, soon());
            assertEquals(61, page.items().stream().map(view -> view.ref().id()).distinct().count());
            assertEquals(Optional.empty(), page.next());
            assertEquals(chain.coins(account).getFirst(), page.items().getFirst(), "the richest, wherever its id puts it");
            assertEquals(2, calls(RpcMethod.GET_OWNED_OBJECTS, Cause.OTHER));
        }
    }

    @Test
    void moreThanABatchOfObjectsTakesSeveralCalls() {
        try (Node node = open(chain.address())) {
            List<Address> ids = new ArrayList<>();
            for (int i = 0; i < 101; i++) ids.add(Address.ofShort(10_000 + i));
            assertEquals(Map.of(), node.because(Cause.POLL).objects(ids, soon()));
            assertEquals(3, calls(RpcMethod.GET_OBJECTS, Cause.POLL));
        }
    }

    @Test
    void anAnswerThatIsLostLeavesTheOutcomeUnknownAndTheDigestTellsIt() {
        SignedTransaction transfer = chain.transfer(chain.funder, Address.ofShort(2002), 1000);
        breakAll(RpcMethod.EXECUTE, Fault.RESET_AFTER);
        try (Node node = open(faulty.address())) {
            int before = faulty.calls(RpcMethod.EXECUTE);
            assertThrows(NodeException.OutcomeUnknown.class, () -> node.execute(transfer, soon()));
            assertEquals(1, faulty.calls(RpcMethod.EXECUTE) - before, "nobody below submits again");
            assertTrue(node.transaction(transfer.digest(), soon()).orElseThrow().success());
            assertEquals(1, chain.coins(Address.ofShort(2002)).size());
        }
    }

    @Test
    void everyWayToLoseASubmissionSaysSo() {
        for (Fault fault : List.of(Fault.RESET_BEFORE, Fault.HANG, Fault.STALL, Fault.GARBLED, Fault.NO_RESULT, Fault.HTTP_503)) {
            SignedTransaction transfer = chain.transfer(chain.funder, Address.ofShort(2003), 1000);
            breakAll(RpcMethod.EXECUTE, fault);
            int before = faulty.calls(RpcMethod.EXECUTE);
            try (Node node = open(faulty.address())) {
                Deadline deadline = Deadline.after(Duration.ofMillis(500));
                assertThrows(NodeException.OutcomeUnknown.class, () -> node.execute(transfer, deadline), fault.name());
            }
            assertEquals(1, faulty.calls(RpcMethod.EXECUTE) - before, fault.name());
        }
    }

    @Test
    void aSubmissionThatNeverLeftIsNoDoubt() {
        SignedTransaction transfer = chain.transfer(chain.funder, Address.ofShort(2004), 1000);
        try (Node node = open(URI.create("http://127.0.0.1:1"))) {
            assertThrows(NodeException.Unavailable.class, () -> node.execute(transfer, soon()));
        }
        breakAll(RpcMethod.EXECUTE, Fault.HTTP_429);
        try (Node node = open(faulty.address())) {
            var limited = assertThrows(NodeException.RateLimited.class, () -> node.execute(transfer, soon()));
            assertEquals(Duration.ofSeconds(1), limited.retryAfter());
        }
    }

    @Test
    void aStaleReferenceIsRejectedAsStale() {
        SignedTransaction first = chain.transfer(chain.funder, Address.ofShort(2005), 1000);
        SignedTransaction second = chain.transfer(chain.funder, Address.ofShort(2005), 2000);
        try (Node node = open(chain.address())) {
            node.execute(first, soon());
            var rejected = assertThrows(NodeException.Rejected.class, () -> node.execute(second, soon()));
            assertEquals(NodeException.Kind.STALE, rejected.kind(), rejected.getMessage());
        }
    }

    @Test
    void errorsAreTypedByCodeAndText() {
        assertSubmissionEnds(NodeException.OutcomeUnknown.class, -32050, "Transaction timed out before reaching finality");
        assertSubmissionEnds(NodeException.OutcomeUnknown.class, -32603, "Internal error occurred while executing transaction.");
        assertSubmissionEnds(NodeException.OutcomeUnknown.class, -32000, "whatever");
        assertSubmissionEnds(NodeException.OutcomeUnknown.class, -32002,
                "The transaction is already finalized but with different user signatures");
        assertSubmissionEnds(NodeException.RateLimited.class, -32009, "Too many requests");
        assertSubmissionEnds(NodeException.Unavailable.class, -32601, "Method not found");
        assertEquals(NodeException.Kind.INVALID, rejected(-32002, "Invalid user signature: Signature is not valid: x"));
        assertEquals(NodeException.Kind.INSUFFICIENT_GAS,
                rejected(-32002, "Balance of gas object 10 is lower than the needed amount: 100"));
        assertEquals(NodeException.Kind.CONFLICT, rejected(-32002, "one or more of its objects is reserved for another transaction."));
        assertEquals(NodeException.Kind.STALE, rejected(-32602, "Invalid Params: Transaction execution failed: Transaction needs "
                + "to be rebuilt because object 0x1 version 0x2 is unavailable for consumption, current version: 0x3"));
        assertEquals(NodeException.Kind.STALE, rejected(-32602, "Invalid Params: Transaction execution failed: Transaction processing "
                + "aborted (retriable with another submission). Retriable errors: 1 [Could not find the referenced object 0x1 "
                + "at version None.]."));
    }

    private void assertSubmissionEnds(Class<? extends NodeException> expected, int code, String text) {
        assertInstanceOf(expected, refusal(code, text), code + " " + text);
    }

    private NodeException.Kind rejected(int code, String text) {
        return assertInstanceOf(NodeException.Rejected.class, refusal(code, text)).kind();
    }

    private NodeException refusal(int code, String text) {
        faulty.error = Optional.of(Json.object("code", code, "message", text));
        SignedTransaction any = chain.transfer(chain.funder, Address.ofShort(2006), 1000);
        try (Node node = open(faulty.address())) {
            return assertThrows(NodeException.class, () -> node.execute(any, soon()));
        }
    }

    @Test
    void aReadIsTriedAgainUpToFourTimes() {
        int before = faulty.calls(RpcMethod.GET_GAS_PRICE);
        faulty.trouble = (method, number) -> number - before >= 4 ? Fault.NONE : Fault.HTTP_503;
        try (Node node = open(faulty.address())) {
            assertEquals(1000, node.referenceGasPrice(soon()));
            assertEquals(4, faulty.calls(RpcMethod.GET_GAS_PRICE) - before);
            assertEquals(4, calls(RpcMethod.GET_GAS_PRICE, Cause.OTHER), "every attempt is counted, and none is made behind our back");
        }
    }

    @Test
    void aReadThatIsNeverUnderstoodIsNonsense() {
        breakAll(RpcMethod.GET_GAS_PRICE, Fault.GARBLED);
        try (Node node = open(faulty.address())) {
            assertThrows(NodeException.Nonsense.class, () -> node.referenceGasPrice(soon()));
        }
    }

    @Test
    void aRateLimitIsWaitedForOnlyWithinTheDeadline() {
        faulty.retryAfter = "30";
        faulty.trouble = (method, number) -> Fault.HTTP_429;
        int before = faulty.calls();
        try (Node node = open(faulty.address())) {
            var limited = assertThrows(NodeException.RateLimited.class,
                    () -> node.referenceGasPrice(Deadline.after(Duration.ofSeconds(5))));
            assertTrue(limited.retryAfter().compareTo(Duration.ofSeconds(20)) > 0, limited.retryAfter().toString());
            assertEquals(1, faulty.calls() - before, "an endpoint that asked to be left alone is left alone");
        }
    }

    @Test
    void anotherEndpointTakesOverAndTheSickOneRests() {
        faulty.trouble = (method, number) -> Fault.RESET_BEFORE;
        int before = faulty.calls();
        // Its clock stands still: a rest does not end.
        try (Node node = Sui4jNode.open(config(faulty.address(), chain.address()), metrics, new Random(1), () -> 0)) {
            for (int i = 0; i < 20; i++) assertEquals(1000, node.referenceGasPrice(soon()));
            assertEquals(Endpoint.FAILURES_MAX, faulty.calls() - before);
        }
    }

    @Test
    void theDeadlineEndsACallWhoseBodyStallsAndTheNodeSeesIt() throws InterruptedException {
        faulty.trouble = (method, number) -> Fault.STALL;
        try (Node node = open(faulty.address())) {
            assertThrows(NodeException.TimedOut.class, () -> node.referenceGasPrice(Deadline.after(Duration.ofMillis(300))));
            assertTrue(faulty.clientLeft.await(10, TimeUnit.SECONDS), "the exchange was ended, not only left");
        }
    }

    @Test
    void anInterruptedReaderIsFreeAtOnce() throws Exception {
        faulty.trouble = (method, number) -> Fault.HANG;
        try (Node node = open(faulty.address()); var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            int before = faulty.calls();
            Future<?> read = executor.submit(() -> node.referenceGasPrice(Deadline.never()));
            while (faulty.calls() == before) Thread.sleep(5);
            read.cancel(true);
            assertTrue(executor.shutdownNow().isEmpty());
            assertTrue(executor.awaitTermination(1, TimeUnit.SECONDS));
        }
    }

    @Test
    void keyAndPathTravelWithTheCall() {
        URI address = URI.create(faulty.address() + "/secret-path");
        try (Node node = Sui4jNode.open(NodeConfig.of(List.of(address)).withApiKey("x-api-key", "s3cret"), metrics)) {
            assertEquals(1000, node.referenceGasPrice(soon()));
            assertEquals("s3cret", faulty.apiKeySeen);
            assertEquals("/secret-path", faulty.pathSeen, "as it was given, without a slash of ours");
        }
    }

    @Test
    void waitingForTheChainCountsAsTheRequests() {
        var context = new RequestContext("r1", soon());
        try (Node node = open(chain.address())) {
            ScopedValue.where(RequestContext.CURRENT, context).run(() -> node.referenceGasPrice(soon()));
        }
        assertTrue(context.chainAsked() && context.chainNanos() > 0);
    }
}
