package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestNetwork.PKG;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.chain.SignedTransaction;
import suiload.json.Json;

/**
 * Goal: whatever JSON-RPC body a client sends, it gets one answer, HTTP 200, never an internal error, and the next call is answered.
 * Method: valid calls of every method with seeded mutations of their text and of their parameters. SUILOAD_FUZZ sets how many.
 */
@Timeout(600)
class JsonRpcFuzzTest {
    private static final int MUTATIONS = Integer.parseInt(System.getenv().getOrDefault("SUILOAD_FUZZ", "3000"));
    private static final List<Object> ODDITIES = Arrays.asList(null, -1, 0, 51, 1L << 62, 1e300, "", "0x", "0x6", "x".repeat(300),
            true, List.of(), List.of("0x6"), List.of(List.of()), Map.of(), Map.of("filter", Map.of("MatchAll", List.of(Map.of()))),
            Map.of("type", "u64", "value", -1), Map.of("type", "vector<u8>", "value", List.of()), "18446744073709551616");

    private final Random random = new Random(2026);
    private TestFront front;
    private JsonRpcClient rpc;

    @BeforeEach
    void open() throws IOException {
        front = TestFront.create();
        rpc = new JsonRpcClient(front);
    }

    @AfterEach
    void close() throws IOException {
        front.close();
    }

    @Test
    void everyBodyGetsOneAnswer() throws Exception {
        List<List<Object>> calls = calls();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] body = mutated(calls.get(i % calls.size()));
            HttpResponse<byte[]> response = rpc.send(body);
            String text = new String(body, StandardCharsets.UTF_8);
            assertEquals(200, response.statusCode(), text);
            Json answer = Json.parse(response.body());
            assertTrue(answer.entries().containsKey("result") || answer.get("error").integer("code", -32_700, -32_000) != -32_603, text);
        }
        assertEquals("1000", rpc.call("suix_getReferenceGasPrice").asString());
        rpc.execute(front.payment(key(3), 7));
    }

    /** Another parameter, another byte, or the end cut off. */
    private byte[] mutated(List<Object> call) {
        List<Object> parameters = new ArrayList<>(call.subList(1, call.size()));
        if (random.nextInt(2) == 0) {
            parameters.add(null);
            parameters.set(random.nextInt(parameters.size()), ODDITIES.get(random.nextInt(ODDITIES.size())));
        }
        byte[] body = Json.bytes(Json.object("jsonrpc", "2.0", "id", 1, "method", call.getFirst(), "params", parameters));
        for (int n = random.nextInt(3); n > 0; n--) {
            body[random.nextInt(body.length)] = (byte) (random.nextInt(8) == 0 ? 0xff : 32 + random.nextInt(95));
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body;
    }

    /** One valid call of every method: name, then parameters. */
    private List<List<Object>> calls() {
        SignedTransaction first = front.payment(key(1), 5);
        String digest = front.network.ledger.execute(first.transaction(), first.signatures()).digest().toString();
        front.network.ledger.checkpointNow();
        SignedTransaction next = front.payment(key(2), 6);
        String coin = next.data().gas().payment().getFirst().id().toString();
        String owner = address(front.network.funder()).toString();
        String bytes = JsonRpcClient.base64(next.transaction());
        Map<String, Object> shown = JsonRpcClient.show("showContent", "showBcs", "showOwner", "showEffects", "showInput",
                "showObjectChanges");
        return List.of(
                List.of("sui_getObject", coin, shown), List.of("sui_multiGetObjects", List.of(coin, "0x6"), shown),
                List.of("suix_getOwnedObjects", owner,
                        Map.of("filter", Map.of("StructType", "0x2::coin::Coin"), "options", shown), coin, 5),
                List.of("suix_getDynamicFields", coin, coin, 5),
                List.of("suix_getDynamicFieldObject", coin, Map.of("type", "u64", "value", "0")),
                List.of("suix_getCoins", owner, "0x2::sui::SUI", coin, 5), List.of("suix_getAllCoins", owner, coin, 5),
                List.of("suix_getBalance", owner, "0x2::sui::SUI"), List.of("suix_getAllBalances", owner),
                List.of("suix_queryEvents", Map.of("MoveEventType", PKG + "::message::MessageAddedEvent"),
                        Map.of("txDigest", digest, "eventSeq", "0"), 5, true),
                List.of("suix_getReferenceGasPrice"), List.of("sui_getChainIdentifier"), List.of("sui_getCheckpoint", "0"),
                List.of("sui_getLatestCheckpointSequenceNumber"), List.of("sui_getProtocolConfig", "137"),
                List.of("sui_getNormalizedMoveFunction", PKG.toString(), "channel", "send_message"),
                List.of("sui_getTransactionBlock", digest, shown), List.of("sui_multiGetTransactionBlocks", List.of(digest), shown),
                List.of("sui_dryRunTransactionBlock", bytes),
                List.of("sui_executeTransactionBlock", bytes, List.of(JsonRpcClient.base64(next.signatures().getFirst())), shown,
                        "WaitForLocalExecution"));
    }
}
