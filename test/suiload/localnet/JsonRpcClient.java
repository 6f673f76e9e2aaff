package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import suiload.bcs.Bytes;
import suiload.chain.SignedTransaction;
import suiload.json.Json;

/** A client of a test's front that speaks JSON-RPC. */
final class JsonRpcClient {
    private final TestFront front;
    private int calls;

    JsonRpcClient(TestFront front) {
        this.front = front;
    }

    /** The result. */
    Json call(String method, Object... params) throws IOException, InterruptedException {
        Json answer = answer(method, params);
        if (answer.has("error")) throw new AssertionError(method + ": " + answer);
        return answer.get("result");
    }

    /** The {@code error}; an answer without one is a failure. */
    Json error(String method, Object... params) throws IOException, InterruptedException {
        return answer(method, params).get("error");
    }

    Json answer(String method, Object... params) throws IOException, InterruptedException {
        int id = calls++;
        Json answer = post(Json.text(Json.object("id", id, "jsonrpc", "2.0", "method", method, "params", Arrays.asList(params))));
        if (answer.integer("id", 0, Integer.MAX_VALUE) != id) throw new AssertionError("another id: " + answer);
        return answer;
    }

    Json post(String body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(body.getBytes(StandardCharsets.UTF_8));
        if (response.statusCode() != 200) throw new IOException("HTTP " + response.statusCode());
        return Json.parse(response.body());
    }

    HttpResponse<byte[]> send(byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(front.uri("")).timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        return front.client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    Json execute(SignedTransaction signed, String... options) throws IOException, InterruptedException {
        return call("sui_executeTransactionBlock", executeParams(signed, options));
    }

    static Object[] executeParams(SignedTransaction signed, String... options) {
        return new Object[] {base64(signed.transaction()), signed.signatures().stream().map(JsonRpcClient::base64).toList(), show(options)};
    }

    static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    /** Options that are all true. */
    static Map<String, Object> show(String... options) {
        Map<String, Object> map = Json.object();
        for (String option : options) map.put(option, true);
        return map;
    }

    /** JSON whose quotation marks are written as apostrophes. */
    static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    static void assertJson(String expected, Json actual) {
        assertEquals(json(expected), actual);
    }

    /** The code of the error that a call ends with. */
    long code(String method, Object... params) throws IOException, InterruptedException {
        return error(method, params).integer("code", -40_000, 0);
    }

    /** The value at a path; a number is a place in a list. */
    static Json at(Json value, String path) {
        Json inner = value;
        for (String name : path.split("\\.")) {
            inner = name.matches("\\d+") && inner.isList() ? inner.asList().get(Integer.parseInt(name)) : inner.get(name);
        }
        return inner;
    }

    static List<String> strings(Json list, String field) {
        return list.asList().stream().map(item -> item.string(field)).toList();
    }
}
