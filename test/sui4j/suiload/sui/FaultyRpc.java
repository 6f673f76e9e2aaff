package suiload.sui;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Policy;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.metrics.Metrics;

/** {@link FaultyNode} for JSON-RPC: passes calls on, and breaks those that a test wants broken, before or after the work. */
final class FaultyRpc implements AutoCloseable {
    /** What happens to one call. */
    enum Fault { NONE, RESET_BEFORE, RESET_AFTER, HANG, STALL, GARBLED, NO_RESULT, HTTP_429, HTTP_503 }

    interface Trouble {
        /** @param number of this call among those of its method, from 1 */
        Fault fault(String method, int number);
    }

    private final URI node;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpService service;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    /** Counts down when the client has left a stalled answer. */
    final CountDownLatch clientLeft = new CountDownLatch(1);
    volatile Trouble trouble = (method, number) -> Fault.NONE;
    /** Answered instead of anything else, code and text, while set. */
    volatile Optional<Map<String, Object>> error = Optional.empty();
    volatile String retryAfter = "1";
    volatile String apiKeySeen = "";
    volatile String pathSeen = "";

    /** @param node where calls go */
    FaultyRpc(URI node) throws IOException {
        this.node = node;
        var routes = new Routes().add("POST", "/", Policy.OPEN, this::answer).add("POST", "/{key}", Policy.OPEN, this::answer);
        service = HttpService.start(HttpConfig.plain("127.0.0.1", 0), routes, fault -> HttpError.internal(), new Metrics());
        service.ready();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    int calls(RpcMethod method) {
        return calls.getOrDefault(method.label(), new AtomicInteger()).get();
    }

    int calls() {
        return calls.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    private Response answer(Request request) throws Exception {
        String method = Json.parse(request.body()).string("method");
        int number = calls.computeIfAbsent(method, m -> new AtomicInteger()).incrementAndGet();
        apiKeySeen = request.header("x-api-key").orElse("");
        pathSeen = request.path();
        if (error.isPresent()) return Response.json(Json.object("jsonrpc", "2.0", "id", 0, "error", error.get()));
        return switch (trouble.fault(method, number)) {
            case NONE -> passOn(request);
            case RESET_BEFORE -> Response.abort();
            case RESET_AFTER -> {
                passOn(request);
                yield Response.abort();
            }
            case HANG -> {
                closing.await(60, TimeUnit.SECONDS);
                yield Response.abort();
            }
            case STALL -> stall();
            case GARBLED -> Response.bytes(200, "application/json", "{\"jsonrpc\":\"2.0\",\"result\":{{".getBytes(StandardCharsets.UTF_8));
            case NO_RESULT -> Response.json(Json.object("jsonrpc", "2.0", "id", 0));
            case HTTP_429 -> Response.empty(429).withHeader("Retry-After", retryAfter);
            case HTTP_503 -> Response.empty(503).withHeader("Retry-After", "0");
        };
    }

    private Response passOn(Request request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(node).header("content-type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body())).build(), HttpResponse.BodyHandlers.ofByteArray());
        return Response.bytes(answer.statusCode(), "application/json", answer.body());
    }

    private Response stall() {
        return Response.stream("application/json", out -> {
            try {
                while (!closing.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(' ');
                    out.flush();
                }
            } catch (IOException gone) {
                clientLeft.countDown();
                throw gone;
            }
        });
    }

    @Override
    public void close() {
        closing.countDown();
        service.close();
        client.shutdownNow();
    }
}
