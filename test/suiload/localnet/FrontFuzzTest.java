package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestFront.EXECUTION;
import static suiload.localnet.TestFront.LEDGER;
import static suiload.localnet.TestFront.STATE;
import static suiload.localnet.TestFront.mask;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.chain.Address;
import suiload.chain.SignedTransaction;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Mode;
import suiload.grpcweb.proto.BatchGetObjectsRequest;
import suiload.grpcweb.proto.BatchGetTransactionsRequest;
import suiload.grpcweb.proto.Bcs;
import suiload.grpcweb.proto.GetBalanceRequest;
import suiload.grpcweb.proto.GetCheckpointRequest;
import suiload.grpcweb.proto.GetFunctionRequest;
import suiload.grpcweb.proto.GetObjectRequest;
import suiload.grpcweb.proto.GetTransactionRequest;
import suiload.grpcweb.proto.ListDynamicFieldsRequest;
import suiload.grpcweb.proto.ListOwnedObjectsRequest;
import suiload.grpcweb.proto.SimulateTransactionRequest;
import suiload.grpcweb.proto.UserSignature;
import suiload.grpcweb.proto.VerifySignatureRequest;

/**
 * Goal: whatever a client sends, it gets one answer, never an HTTP 500 or an internal error, and the next call is answered. Method:
 * valid calls with seeded mutations of frame, message and Base64. SUILOAD_FUZZ sets how many.
 */
@Timeout(600)
class FrontFuzzTest {
    private static final int MUTATIONS = Integer.parseInt(System.getenv().getOrDefault("SUILOAD_FUZZ", "4000"));

    private record Call(String method, MessageLite message) {}

    private final Random random = new Random(2026);
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
    void everyBodyGetsOneAnswer() throws Exception {
        List<Call> calls = calls();
        for (int i = 0; i < MUTATIONS; i++) {
            Call call = calls.get(i % calls.size());
            Mode mode = random.nextInt(4) == 0 ? Mode.TEXT : Mode.BINARY;
            assertAnswered(call, front.post(call.method, body(call.message, mode), mode, Map.of()));
        }
        assertEquals(GrpcStatus.OK, front.status(calls.getFirst().method, calls.getFirst().message));
        assertTrue(front.execute(front.payment(key(3), 7)).getEffects().getStatus().getSuccess());
    }

    private void assertAnswered(Call call, HttpResponse<byte[]> response) {
        assertEquals(200, response.statusCode(), call.method);
        String status = response.headers().firstValue("grpc-status").orElse("0");
        // An unknown function is an internal error on nodes, too.
        if (!call.method.endsWith("GetFunction")) assertFalse(status.equals("13"), call.method + ": " + response.headers().map());
        if (status.equals("0")) {
            List<Frame> frames = Frames.decode(TestFront.modeOf(response), response.body());
            assertTrue(frames.getLast().isTrailers());
        }
    }

    /** The message mutated inside its frame, or the frame, or the text of it. */
    private byte[] body(MessageLite message, Mode mode) {
        byte[] bytes = message.toByteArray();
        if (random.nextInt(3) > 0 && bytes.length > 0) return Frames.encode(mode, Frame.message(mutated(bytes)));
        byte[] body = Frames.encode(mode, Frame.message(bytes));
        return random.nextInt(20) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : mutated(body);
    }

    private byte[] mutated(byte[] original) {
        byte[] bytes = original.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) random.nextInt(12);
                default -> bytes[at] = (byte) 0xff;
            }
        }
        return bytes;
    }

    /** One valid call of every procedure that reads more than a name. */
    private List<Call> calls() {
        SignedTransaction signed = front.payment(key(1), 5);
        var executed = front.network.ledger.execute(signed.transaction(), signed.signatures());
        front.network.ledger.checkpointNow();
        SignedTransaction next = front.payment(key(2), 6);
        String coin = next.data().gas().payment().getFirst().id().toString();
        String digest = executed.digest().toString();
        var partial = TransactionProto.transaction(next.transaction(), next.digest(), Mask.of("kind", "sender", "gas_payment")).toBuilder();
        partial.getKindBuilder().clearKind();
        var whole = TransactionProto.transaction(next.transaction(), next.digest(), Mask.of("bcs"));
        var structured = TestFront.executeRequest(next).toBuilder()
                .setTransaction(TransactionProto.transaction(next.transaction(), next.digest(), Mask.ALL).toBuilder().clearBcs());
        return List.of(
                new Call(LEDGER + "GetObject", GetObjectRequest.newBuilder().setObjectId(coin).setReadMask(mask("*")).build()),
                new Call(LEDGER + "BatchGetObjects", BatchGetObjectsRequest.newBuilder().setReadMask(mask("json", "owner", "display"))
                        .addRequests(GetObjectRequest.newBuilder().setObjectId(coin).setVersion(3)).build()),
                new Call(LEDGER + "GetTransaction", GetTransactionRequest.newBuilder().setDigest(digest).setReadMask(mask("*")).build()),
                new Call(LEDGER + "BatchGetTransactions",
                        BatchGetTransactionsRequest.newBuilder().addDigests(digest).addDigests("x").build()),
                new Call(LEDGER + "GetCheckpoint", GetCheckpointRequest.newBuilder().setSequenceNumber(1).setReadMask(mask("*")).build()),
                new Call(STATE + "ListOwnedObjects", ListOwnedObjectsRequest.newBuilder()
                        .setOwner(address(front.network.funder()).toString())
                        .setObjectType("0x2::coin::Coin<0x2::sui::SUI>").setPageSize(1).build()),
                new Call(STATE + "ListDynamicFields",
                        ListDynamicFieldsRequest.newBuilder().setParent(Address.CLOCK.toString()).setPageSize(3).build()),
                new Call(STATE + "GetBalance", GetBalanceRequest.newBuilder().setOwner("0x1").setCoinType("0x2::sui::SUI").build()),
                new Call("sui.rpc.v2.MovePackageService/GetFunction",
                        GetFunctionRequest.newBuilder().setPackageId("0x2").setModuleName("coin").setName("split").build()),
                new Call("sui.rpc.v2.SignatureVerificationService/VerifySignature", VerifySignatureRequest.newBuilder()
                        .setMessage(Bcs.newBuilder().setName("TransactionData").setValue(whole.getBcs().getValue()))
                        .setSignature(UserSignature.newBuilder().setBcs(Bcs.newBuilder().setValue(
                                ByteString.copyFrom(next.signatures().getFirst().toArray())))).build()),
                new Call(EXECUTION + "SimulateTransaction",
                        SimulateTransactionRequest.newBuilder().setTransaction(partial).setDoGasSelection(true).build()),
                new Call(EXECUTION + "SimulateTransaction", SimulateTransactionRequest.newBuilder().setTransaction(whole).build()),
                new Call(EXECUTION + "ExecuteTransaction", structured.build()),
                new Call(EXECUTION + "ExecuteTransaction", TestFront.executeRequest(next, "effects", "events", "objects.objects")));
    }
}
