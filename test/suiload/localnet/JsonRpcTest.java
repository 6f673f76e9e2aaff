package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.chain.SignedTransaction;
import suiload.json.Json;

/** Goal: JSON-RPC's own rules, and weather as gRPC calls meet it. Method: bodies over a socket before a real ledger. */
@Timeout(60)
class JsonRpcTest {
    private static final String EXECUTE = "sui_executeTransactionBlock";

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
    void idsComeBackAsTheyCame() throws Exception {
        for (String id : List.of("0", "7", "\"text\"", "null")) {
            String body = "{\"params\":[],\"method\":\"suix_getReferenceGasPrice\",\"id\":" + id + ",\"jsonrpc\":\"2.0\"}";
            assertEquals("{\"jsonrpc\":\"2.0\",\"result\":\"1000\",\"id\":" + id + "}", text(rpc.send(bytes(body))));
        }
    }

    @Test
    void whatIsNoCallIsRefusedWithItsCode() throws Exception {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sui_getChainIdentifier\",\"params\":[]}";
        assertEquals("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32005,\"message\":\"Batched requests are not supported by this server\"},"
                + "\"id\":null}", text(rpc.send(bytes("[" + call + "]"))));
        assertEquals(-32700, code("{"));
        assertEquals(-32700, code(""));
        assertEquals(-32600, code("5"));
        assertEquals(-32600, code("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"x\"}"));
        assertEquals(-32600, code("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}"));
        assertEquals(-32600, code("{\"jsonrpc\":\"2.0\",\"id\":1}"));
        assertEquals("{\"code\":-32601,\"message\":\"Method not found\"}", rpc.error("unsafe_paySui").toString());
    }

    @Test
    void wrongParametersAreNamed() throws Exception {
        assertEquals("{\"code\":-32602,\"message\":\"Invalid params\",\"data\":\"params[0] must be 0x and 1 to 64 hex digits\"}",
                rpc.error("sui_getObject", "0xzz").toString());
        assertEquals(-32602, rpc.code("sui_getObject"));
        assertEquals(-32602, rpc.code("sui_getObject", "0x6", Map.of("showType", "yes")));
        assertEquals(-32602, code("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sui_getObject\",\"params\":{\"id\":\"0x6\"}}"));
        assertEquals(-32602, rpc.code("sui_multiGetObjects", Collections.nCopies(51, "0x6")));
        assertEquals(-32602, rpc.code("suix_getOwnedObjects", "0x6", null, null, 51));
        assertEquals(-32602, rpc.code("suix_getOwnedObjects", "0x6", Map.of("filter", Map.of("Nothing", 1))));
        assertTrue(rpc.error("sui_executeTransactionBlock", "AAAA", List.of()).string("message").startsWith("Deserialization error: "));
    }

    private long code(String body) throws IOException, InterruptedException {
        Json answer = rpc.post(body);
        return answer.get("error").integer("code", -40_000, 0);
    }

    @Test
    void browsersAreLetIn() throws Exception {
        var preflight = HttpRequest.newBuilder(front.uri("")).method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Headers", "client-request-method").build();
        HttpResponse<Void> answer = front.client.send(preflight, HttpResponse.BodyHandlers.discarding());
        assertEquals(204, answer.statusCode());
        assertEquals("*", answer.headers().firstValue("access-control-allow-headers").orElseThrow());
        HttpResponse<byte[]> call = rpc.send(bytes("{"));
        assertEquals("*", call.headers().firstValue("access-control-allow-origin").orElseThrow());
        assertEquals("application/json; charset=utf-8", call.headers().firstValue("content-type").orElseThrow());
    }

    @Test
    void refusedCallsAreNotDone() throws Exception {
        SignedTransaction signed = front.payment(key(1), 5);
        Object[] params = JsonRpcClient.executeParams(signed);
        front.weather("execute.429", "1");
        assertEquals("HTTP 429", assertThrows(IOException.class, () -> rpc.call(EXECUTE, params)).getMessage());
        front.weather("execute.503", "1");
        assertEquals("HTTP 503", assertThrows(IOException.class, () -> rpc.call(EXECUTE, params)).getMessage());
        front.weather("execute.reset-before", "1");
        assertThrows(IOException.class, () -> rpc.call(EXECUTE, params));
        front.weather("rate.calls", "1", "rate.window", "60s");
        rpc.call("suix_getReferenceGasPrice");
        assertEquals("HTTP 429", assertThrows(IOException.class, () -> rpc.call("suix_getReferenceGasPrice")).getMessage());
        front.weather();
        assertFalse(isKnown(signed));
        Map<String, Long> counts = front.weather.counts();
        assertEquals(List.of(1L, 1L, 1L, 1L), List.of(counts.get("429"), counts.get("503"), counts.get("reset-before"),
                counts.get("rate-limit")));
    }

    @Test
    void anUnknownOutcomeHasItsCodeAndIsDone() throws Exception {
        SignedTransaction signed = front.payment(key(1), 5);
        front.weather("execute.timeout", "1");
        Json error = rpc.error(EXECUTE, JsonRpcClient.executeParams(signed));
        assertEquals("{\"code\":-32050,\"message\":\"Transaction timed out before reaching finality\"}", error.toString());
        front.weather("simulate.429", "1");
        assertTrue(isKnown(signed));
        assertThrows(IOException.class, () -> rpc.call("sui_dryRunTransactionBlock", JsonRpcClient.base64(signed.transaction())));
    }

    @Test
    void aStaleReadShowsTheStateBefore() throws Exception {
        front.weather("read.stale", "1", "stale.by", "60s");
        SignedTransaction signed = front.payment(key(1), 5);
        String coin = signed.data().gas().payment().getFirst().id().toString();
        String version = JsonRpcClient.at(rpc.call("sui_getObject", coin), "data.version").asString();
        rpc.execute(signed);
        assertEquals(version, JsonRpcClient.at(rpc.call("sui_getObject", coin), "data.version").asString());
        assertFalse(isKnown(signed));
        front.weather();
        assertTrue(isKnown(signed));
        assertFalse(version.equals(JsonRpcClient.at(rpc.call("sui_getObject", coin), "data.version").asString()));
    }

    private boolean isKnown(SignedTransaction signed) throws IOException, InterruptedException {
        return rpc.answer("sui_getTransactionBlock", signed.digest().toString(), null).has("result");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(HttpResponse<byte[]> response) {
        assertEquals(200, response.statusCode());
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
