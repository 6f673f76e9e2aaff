package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestFront.EXECUTION;
import static suiload.localnet.TestFront.LEDGER;
import static suiload.localnet.TestFront.STATE;
import static suiload.localnet.TestFront.mask;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.ObjectRef;
import suiload.chain.SignedTransaction;
import suiload.crypto.SecretKey;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Mode;
import suiload.grpcweb.proto.BatchGetObjectsRequest;
import suiload.grpcweb.proto.BatchGetObjectsResponse;
import suiload.grpcweb.proto.BatchGetTransactionsRequest;
import suiload.grpcweb.proto.ExecutedTransaction;
import suiload.grpcweb.proto.GetBalanceRequest;
import suiload.grpcweb.proto.GetBalanceResponse;
import suiload.grpcweb.proto.GetEpochRequest;
import suiload.grpcweb.proto.GetEpochResponse;
import suiload.grpcweb.proto.GetFunctionRequest;
import suiload.grpcweb.proto.GetFunctionResponse;
import suiload.grpcweb.proto.GetObjectRequest;
import suiload.grpcweb.proto.GetObjectResponse;
import suiload.grpcweb.proto.GetServiceInfoRequest;
import suiload.grpcweb.proto.GetServiceInfoResponse;
import suiload.grpcweb.proto.GetTransactionRequest;
import suiload.grpcweb.proto.GetTransactionResponse;
import suiload.grpcweb.proto.ListOwnedObjectsRequest;
import suiload.grpcweb.proto.ListOwnedObjectsResponse;
import suiload.grpcweb.proto.OpenSignature;
import suiload.grpcweb.proto.SimulateTransactionRequest;
import suiload.grpcweb.proto.SimulateTransactionResponse;
import suiload.grpcweb.proto.SubscribeCheckpointsRequest;
import suiload.grpcweb.proto.SubscribeCheckpointsResponse;

/** Goal: answers as a node gives them. Method: real frames over a real socket before a real ledger, in calm weather. */
class FrontTest {
    private static final String NOWHERE = "0x" + "77".repeat(32);
    private static final String PACKAGES = "sui.rpc.v2.MovePackageService/";
    private static final GetServiceInfoRequest INFO = GetServiceInfoRequest.getDefaultInstance();
    private static final String[] EXECUTED = {"digest", "effects", "checkpoint", "timestamp", "balance_changes", "transaction.digest"};

    private TestFront front;

    @BeforeEach
    void open() throws IOException {
        front = TestFront.create();
    }

    @AfterEach
    void close() throws IOException {
        front.close();
    }

    @Test
    void bothModesSayTheSame() throws Exception {
        for (Mode mode : Mode.values()) {
            var info = front.call(LEDGER + "GetServiceInfo", INFO, GetServiceInfoResponse.parser(), mode);
            assertEquals(front.network.ledger.chainId().toString(), info.getChainId());
            assertTrue(info.hasEpoch(), "an explicit zero");
            var request = GetEpochRequest.newBuilder().setReadMask(mask("reference_gas_price")).build();
            assertEquals("0a0340e807", java.util.HexFormat.of().formatHex(
                    front.call(LEDGER + "GetEpoch", request, GetEpochResponse.parser(), mode).toByteArray()));
        }
    }

    @Test
    void masksDefaultsAndItemsOfObjects() throws Exception {
        var one = GetObjectRequest.newBuilder().setObjectId("0x6").build();
        var clock = front.call(LEDGER + "GetObject", one, GetObjectResponse.parser()).getObject();
        assertTrue(clock.hasObjectId() && clock.hasVersion() && clock.hasDigest());
        assertFalse(clock.hasOwner() || clock.hasObjectType() || clock.hasContents());
        var two = BatchGetObjectsRequest.newBuilder().setReadMask(mask("owner", "json"))
                .addRequests(GetObjectRequest.newBuilder().setObjectId(NOWHERE))
                .addRequests(GetObjectRequest.newBuilder().setObjectId("6").setReadMask(mask("digest"))).build();
        var batch = front.call(LEDGER + "BatchGetObjects", two, BatchGetObjectsResponse.parser());
        assertEquals(5, batch.getObjects(0).getError().getCode());
        assertEquals("Object " + NOWHERE + " not found", batch.getObjects(0).getError().getMessage());
        assertFalse(batch.getObjects(1).getObject().hasDigest(), "inner masks do not count");
        assertEquals(Long.toString(TestNetwork.START_MS),
                batch.getObjects(1).getObject().getJson().getStructValue().getFieldsOrThrow("timestamp_ms").getStringValue());
        var malformed = BatchGetObjectsRequest.newBuilder().addRequests(GetObjectRequest.newBuilder().setObjectId("0xzz")).build();
        assertEquals(GrpcStatus.INVALID_ARGUMENT, front.status(LEDGER + "BatchGetObjects", malformed));
    }

    @Test
    void aBatchHasABound() throws Exception {
        var most = BatchGetObjectsRequest.newBuilder().addAllRequests(Collections.nCopies(1_000, GetObjectRequest.newBuilder()
                .setObjectId("0x6").build()));
        assertEquals(GrpcStatus.OK, front.status(LEDGER + "BatchGetObjects", most.build()));
        var more = most.addRequests(most.getRequests(0)).build();
        assertEquals(GrpcStatus.INVALID_ARGUMENT, front.status(LEDGER + "BatchGetObjects", more));
        var digests = BatchGetTransactionsRequest.newBuilder().addAllDigests(Collections.nCopies(1_001, "x")).build();
        assertEquals(GrpcStatus.INVALID_ARGUMENT, front.status(LEDGER + "BatchGetTransactions", digests));
    }

    @Test
    void pagesEndWithoutTokenAndTokensAreForOneQuestion() throws Exception {
        SecretKey account = key(5);
        for (int i = 0; i < 5; i++) front.network.fund(account, 1000 + i);
        var request = ListOwnedObjectsRequest.newBuilder().setOwner(address(account).toString()).setPageSize(2)
                .setObjectType("0x2::coin::Coin<0x2::sui::SUI>").setReadMask(mask("balance"));
        List<Long> balances = new ArrayList<>();
        ListOwnedObjectsResponse page;
        do {
            page = front.call(STATE + "ListOwnedObjects", request.build(), ListOwnedObjectsResponse.parser());
            page.getObjectsList().forEach(coin -> balances.add(coin.getBalance()));
            if (page.hasNextPageToken()) assertFalse(page.getNextPageToken().isEmpty());
            request.setPageToken(page.getNextPageToken());
        } while (page.hasNextPageToken());
        assertEquals(List.of(1004L, 1003L, 1002L, 1001L, 1000L), balances);
        var first = front.call(STATE + "ListOwnedObjects", request.clearPageToken().build(), ListOwnedObjectsResponse.parser());
        assertEquals(GrpcStatus.INVALID_ARGUMENT, front.status(STATE + "ListOwnedObjects",
                request.setOwner(NOWHERE).setPageToken(first.getNextPageToken()).build()));
        assertEquals(GrpcStatus.INVALID_ARGUMENT, front.status(STATE + "ListOwnedObjects",
                request.setPageToken(ByteString.copyFromUtf8("made up")).build()));
        var none = request.setOwner(address(account).toString()).clearPageToken().setPageSize(0).build();
        assertEquals(1, front.call(STATE + "ListOwnedObjects", none, ListOwnedObjectsResponse.parser()).getObjectsCount(), "a zero is one");
    }

    @Test
    void executionIsKnownAtOnceAndInACheckpointLater() throws Exception {
        SignedTransaction signed = front.payment(key(6), 123);
        var executed = front.execute(signed, EXECUTED);
        assertEquals(signed.digest().toString(), executed.getDigest());
        assertTrue(executed.getEffects().getStatus().getSuccess());
        assertFalse(executed.hasCheckpoint() || executed.hasTimestamp());
        Effects effects = Effects.decode(executed.getEffects().getBcs().getValue().toByteArray());
        assertEquals(executed.getEffects().getDigest(), effects.digest().toString());
        assertEquals(effects.changedObjects().size(), executed.getEffects().getChangedObjectsCount());
        assertFalse(lookUp(signed).hasCheckpoint());
        long checkpoint = front.network.ledger.checkpointNow().sequence();
        assertEquals(checkpoint, lookUp(signed).getCheckpoint());
        assertEquals(executed, front.execute(signed, EXECUTED));
        var balance = GetBalanceRequest.newBuilder().setOwner(address(key(6)).toString()).setCoinType("0x2::sui::SUI").build();
        assertEquals(123, front.call(STATE + "GetBalance", balance, GetBalanceResponse.parser()).getBalance().getBalance());
    }

    private ExecutedTransaction lookUp(SignedTransaction signed) throws IOException, InterruptedException {
        var request = GetTransactionRequest.newBuilder().setDigest(signed.digest().toString()).setReadMask(mask("checkpoint", "digest"));
        return front.call(LEDGER + "GetTransaction", request.build(), GetTransactionResponse.parser()).getTransaction();
    }

    @Test
    void refusalsHaveStatusTextAndField() {
        SignedTransaction stale = front.payment(key(6), 1);
        front.network.fund(key(7), 1);
        GrpcException refused = assertThrows(GrpcException.class, () -> front.execute(stale));
        assertEquals(GrpcStatus.INVALID_ARGUMENT, refused.status());
        assertTrue(refused.getMessage().contains("unavailable for consumption"), refused.getMessage());
        GrpcException mask = assertThrows(GrpcException.class, () -> front.execute(front.payment(key(6), 1), "nonsense"));
        assertEquals(1, mask.details().size());
        GrpcException missing = assertThrows(GrpcException.class, () -> front.call(LEDGER + "GetTransaction",
                GetTransactionRequest.getDefaultInstance(), GetTransactionResponse.parser()));
        assertEquals(GrpcStatus.INVALID_ARGUMENT, missing.status());
    }

    @Test
    void aPartialTransactionIsCompletedAndThenRuns() throws Exception {
        SignedTransaction whole = front.payment(key(8), 5);
        var partial = TransactionProto.transaction(whole.transaction(), whole.digest(), Mask.of("kind", "sender")).toBuilder();
        partial.getKindBuilder().clearKind();
        var request = SimulateTransactionRequest.newBuilder().setTransaction(partial).setDoGasSelection(true)
                .setChecks(SimulateTransactionRequest.TransactionChecks.ENABLED)
                .setReadMask(mask("transaction.transaction", "transaction.effects.status")).build();
        var resolved = front.call(EXECUTION + "SimulateTransaction", request, SimulateTransactionResponse.parser()).getTransaction();
        assertTrue(resolved.getEffects().getStatus().getSuccess());
        var data = TransactionReader.complete(resolved.getTransaction());
        assertFalse(data.gas().payment().isEmpty());
        assertTrue(data.gas().budget() < 10_000_000, "estimated, not the maximum: " + data.gas().budget());
        assertTrue(front.execute(SignedTransaction.sign(data, front.network.funder())).getEffects().getStatus().getSuccess());
    }

    @Test
    void aSimulationOfBytesRefusesWhatIsMissingForGood() throws Exception {
        Address nowhere = Address.parse(NOWHERE);
        var object = new TestNetwork.Ptb();
        object.transfer(nowhere, object.owned(new ObjectRef(nowhere, 1, Digest.ZERO)));
        var code = new TestNetwork.Ptb();
        code.generic(nowhere, "module", "function", List.of());
        for (var ptb : List.of(object, code)) {
            var data = front.network.data(front.network.funder(), ptb);
            var bytes = TransactionProto.transaction(data.encode(), Digest.ZERO, Mask.of("bcs"));
            var request = SimulateTransactionRequest.newBuilder().setTransaction(bytes).build();
            assertEquals(GrpcStatus.INVALID_ARGUMENT, front.status(EXECUTION + "SimulateTransaction", request));
        }
    }

    @Test
    void subscriptionDeliversEveryCheckpointInBothModes() throws Exception {
        for (Mode mode : Mode.values()) {
            var request = SubscribeCheckpointsRequest.newBuilder()
                    .setReadMask(mask("sequence_number", "transactions.digest", "nonsense")).build();
            HttpResponse<java.io.InputStream> response = front.open("sui.rpc.v2.SubscriptionService/SubscribeCheckpoints", request, mode);
            try (var body = response.body()) {
                Frames frames = Frames.reading(body, TestFront.modeOf(response), 1 << 20);
                long cursor = cursor(frames).getCursor();
                for (int i = 1; i <= 3; i++) {
                    SignedTransaction signed = front.payment(key(9), i);
                    front.execute(signed);
                    front.network.ledger.checkpointNow();
                    SubscribeCheckpointsResponse next = cursor(frames);
                    assertEquals(cursor + i, next.getCursor());
                    assertEquals(signed.digest().toString(), next.getCheckpoint().getTransactions(0).getDigest());
                }
            }
        }
    }

    private static SubscribeCheckpointsResponse cursor(Frames frames) throws IOException {
        return SubscribeCheckpointsResponse.parseFrom(frames.next().orElseThrow().payload());
    }

    @Test
    void refusesWhatIsNoCall() throws Exception {
        byte[] message = Frames.encode(Mode.BINARY, Frame.message(new byte[0]));
        assertEquals(400, info(message, Map.of("Content-Type", "application/json")).statusCode());
        assertEquals(404, front.post("other.Service/Method", message, Mode.BINARY, Map.of()).statusCode());
        assertEquals(GrpcStatus.UNIMPLEMENTED, front.status(LEDGER + "ListEvents", GetServiceInfoRequest.getDefaultInstance()));
        assertEquals(GrpcStatus.UNIMPLEMENTED, statusOf(info(new byte[] {1, 0, 0, 0, 0}, Map.of())));
        assertEquals(GrpcStatus.INVALID_ARGUMENT, statusOf(info(new byte[] {0, 0}, Map.of())));
        TestFront.message(info(message, Map.of("grpc-timeout", "soon")), GetServiceInfoResponse.parser());
        var get = HttpRequest.newBuilder(front.uri(LEDGER + "GetServiceInfo")).GET().build();
        assertEquals(405, front.client.send(get, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    private HttpResponse<byte[]> info(byte[] body, Map<String, String> headers) throws IOException, InterruptedException {
        return front.post(LEDGER + "GetServiceInfo", body, Mode.BINARY, headers);
    }

    private static GrpcStatus statusOf(HttpResponse<byte[]> response) {
        assertEquals(200, response.statusCode());
        return assertThrows(GrpcException.class, () -> TestFront.raiseError(response)).status();
    }

    @Test
    void theMessagingPackageDescribesItself() throws Exception {
        var request = GetFunctionRequest.newBuilder().setPackageId(TestNetwork.PKG.toString())
                .setModuleName("channel").setName("send_message");
        var function = front.call(PACKAGES + "GetFunction", request.build(), GetFunctionResponse.parser()).getFunction();
        assertEquals(OpenSignature.Reference.MUTABLE, function.getParameters(0).getReference());
        assertEquals(TestNetwork.PKG + "::channel::Channel", function.getParameters(0).getBody().getTypeName());
        assertEquals(GrpcStatus.INTERNAL, front.status(PACKAGES + "GetFunction", request.setName("nonsense").build()));
        assertEquals(GrpcStatus.NOT_FOUND, front.status(PACKAGES + "GetFunction", request.setPackageId(NOWHERE).build()));
        assertEquals(GrpcStatus.INVALID_ARGUMENT,
                front.status(PACKAGES + "GetFunction", request.setPackageId(Address.CLOCK.toString()).build()));
    }
}
