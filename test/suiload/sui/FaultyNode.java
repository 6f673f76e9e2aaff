package suiload.sui;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import suiload.bcs.Bytes;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Mode;
import suiload.grpcweb.Trailers;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Policy;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.metrics.Metrics;

/**
 * A stand-in for a node in trouble: it passes calls on to a real front, and breaks those that a test wants broken, each at a
 * precise point before or after the work. Real sockets on both sides.
 */
public final class FaultyNode implements AutoCloseable {
    /** What happens to one call. */
    public enum Fault {
        NONE,
        /** The connection ends, nothing was done. */
        RESET_BEFORE,
        /** It was done, and the connection ends instead of an answer. */
        RESET_AFTER,
        /** Nothing is done and nothing answered, until {@link #letGo}. */
        HANG_BEFORE,
        /** It was done, and nothing is answered. */
        HANG_AFTER,
        /** The answer begins, and then nothing more comes. */
        STALL,
        /** The answer without its trailers. */
        CUT,
        /** An answer that is no protobuf. */
        GARBLED,
        HTTP_429, HTTP_503,
        /** It was done, and the node says that it timed out before finality. */
        UNAVAILABLE_AFTER,
        /** Nothing is done, and the node says that references are stale. */
        REJECTED_STALE,
        /** Nothing is done, and the node says that it does not know. */
        NOT_FOUND,
        /** The answer that the same question had before, if there was one: a replica that lags. */
        STALE
    }

    /** Says what happens to a call. */
    public interface Trouble {
        /** @param number of this call among those of its method, from 1 */
        Fault fault(String method, int number);
    }

    private final Optional<URI> front;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpService service;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<Bytes, Response> answers = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile CountDownLatch hanging = new CountDownLatch(1);
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger underWayMax = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    /** Counts down when the client has left a stalled answer. */
    public final CountDownLatch clientLeft = new CountDownLatch(1);
    /** Lower-case names and values of the last call's headers that tests look at. */
    public final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    public volatile Trouble trouble = (method, number) -> Fault.NONE;
    /** Of every answer that HTTP_429 gives. */
    public volatile String retryAfter = "1";

    /** @param front where calls go; empty: none is ever passed on */
    public FaultyNode(Optional<URI> front) throws IOException {
        this.front = front;
        var routes = new Routes()
                .add("POST", "/{service}/{method}", Policy.OPEN, this::answer)
                .add("POST", "/{base}/{service}/{method}", Policy.OPEN, this::answer);
        service = HttpService.start(HttpConfig.plain("127.0.0.1", 0), routes, fault -> HttpError.internal(), new Metrics());
        service.ready();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    public int calls(String method) {
        return calls.getOrDefault(method, new AtomicInteger()).get();
    }

    public int calls() {
        return calls.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    public int faults() {
        return faults.get();
    }

    public int underWayMax() {
        return underWayMax.get();
    }

    /** Methods called so far. */
    public Set<String> methods() {
        return calls.keySet();
    }

    private Response answer(Request request) throws Exception {
        String method = request.parameter("method");
        int number = calls.computeIfAbsent(method, m -> new AtomicInteger()).incrementAndGet();
        note(request);
        Fault fault = trouble.fault(method, number);
        // Before it counts: who has seen the fault may let it go.
        CountDownLatch letGo = hanging;
        if (fault != Fault.NONE) faults.incrementAndGet();
        underWayMax.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            return answer(request, fault, letGo);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void note(Request request) {
        seen.clear();
        for (String name : new String[] {"grpc-timeout", "x-api-key", "content-type"}) {
            request.header(name).ifPresent(value -> seen.add(name + ": " + value));
        }
        seen.add("path: " + request.path());
    }

    private Response answer(Request request, Fault fault, CountDownLatch letGo) throws Exception {
        return switch (fault) {
            case NONE -> passOn(request);
            case RESET_BEFORE -> Response.abort();
            case RESET_AFTER -> {
                passOn(request);
                yield Response.abort();
            }
            case HANG_BEFORE -> hang(letGo);
            case HANG_AFTER -> {
                passOn(request);
                yield hang(letGo);
            }
            case STALL -> stall();
            case CUT -> cut(passOn(request));
            case GARBLED -> frames(Frames.encode(Mode.BINARY, Frame.message(new byte[] {7, 7, 7}), Frame.trailers(Trailers.OK)));
            case HTTP_429 -> Response.empty(429).withHeader("Retry-After", retryAfter);
            case HTTP_503 -> Response.empty(503);
            case UNAVAILABLE_AFTER -> {
                passOn(request);
                yield error(GrpcStatus.UNAVAILABLE, "Transaction timed out before finality could be reached");
            }
            case REJECTED_STALE -> error(GrpcStatus.INVALID_ARGUMENT,
                    "Transaction needs to be rebuilt because object 0x1 version 0x2 is unavailable for consumption, current version: 0x3");
            case NOT_FOUND -> error(GrpcStatus.NOT_FOUND, "not found");
            case STALE -> Optional.ofNullable(answers.get(question(request))).orElse(passOn(request));
        };
    }

    private static Bytes question(Request request) {
        return Bytes.of(request.body());
    }

    private Response passOn(Request request) throws IOException, InterruptedException {
        if (front.isEmpty()) return Response.abort();
        String path = request.path().substring(request.path().indexOf("/sui.rpc.v2."));
        HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(front.get().resolve(path))
                .header("content-type", Mode.BINARY.contentType())
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.body())).build(), HttpResponse.BodyHandlers.ofByteArray());
        String type = answer.headers().firstValue("content-type").orElse("text/plain");
        Response response = Response.bytes(answer.statusCode(), type, answer.body());
        for (String name : new String[] {Trailers.STATUS, Trailers.MESSAGE}) {
            Optional<String> value = answer.headers().firstValue(name);
            if (value.isPresent()) response = response.withHeader(name, value.get());
        }
        answers.putIfAbsent(question(request), response);
        return response;
    }

    private static Response hang(CountDownLatch letGo) throws InterruptedException {
        letGo.await(60, TimeUnit.SECONDS);
        return Response.abort();
    }

    /** Ends the calls that hang now, without an answer. */
    public void letGo() {
        CountDownLatch now = hanging;
        hanging = new CountDownLatch(1);
        now.countDown();
    }

    private Response stall() {
        return Response.stream(Mode.BINARY.contentType(), out -> {
            byte[] zero = new byte[5];
            zero[0] = 0;
            zero[1] = 1;
            out.write(zero);
            try {
                while (!closing.await(20, TimeUnit.MILLISECONDS)) {
                    out.write(0);
                    out.flush();
                }
            } catch (IOException gone) {
                clientLeft.countDown();
                throw gone;
            }
        });
    }

    private static Response cut(Response whole) {
        byte[] body = ((Response.Whole) whole).body();
        var frames = Frames.decode(Mode.BINARY, body);
        return frames(frames.getFirst().encode());
    }

    private static Response error(GrpcStatus status, String message) {
        return frames(Frames.encode(Mode.BINARY, Frame.trailers(Trailers.of(new GrpcException(status, message)))));
    }

    private static Response frames(byte[] body) {
        return Response.bytes(200, Mode.BINARY.contentType(), body);
    }

    @Override
    public void close() {
        closing.countDown();
        letGo();
        service.close();
        client.shutdownNow();
    }
}
