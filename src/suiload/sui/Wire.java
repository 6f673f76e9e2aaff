package suiload.sui;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Mode;
import suiload.grpcweb.Trailers;

/**
 * One attempt at one endpoint: gRPC-Web in binary frames over HTTP (facts: sui-grpc.md section 1). The time limit covers the whole
 * answer, body included, and ends the exchange itself: {@code HttpRequest.timeout} would end at the headers (facts: jdk.md section 2).
 */
final class Wire implements AutoCloseable {
    /** Nodes end pages at about 512 KiB; a checkpoint or a batch of objects is a few MiB at most. */
    static final int ANSWER_MAX = 32 << 20;
    private static final long TIMEOUT_MILLIS_MAX = 99_999_999;

    private final HttpClient client;
    private final Optional<NodeConfig.ApiKey> apiKey;

    Wire(NodeConfig config) {
        apiKey = config.apiKey();
        client = HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** The answer's message. */
    byte[] unary(Endpoint endpoint, GrpcMethod method, MessageLite message, Duration limit) throws CallFailure, InterruptedException {
        HttpResponse<byte[]> response = exchange(request(endpoint, method, message, limit),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_MAX), limit);
        checkHead(response);
        try {
            return onlyMessage(Frames.decode(mode(response), response.body()));
        } catch (GrpcException e) {
            throw CallFailure.of(CallFailure.Kind.GARBLED, e.getMessage(), e);
        }
    }

    /** The answer's frames as they come; the limit covers the time until they begin. */
    Stream stream(Endpoint endpoint, GrpcMethod method, MessageLite message, Duration limit) throws CallFailure, InterruptedException {
        HttpResponse<InputStream> response = exchange(request(endpoint, method, message, limit), BodyHandlers.ofInputStream(), limit);
        try {
            checkHead(response);
            return new Stream(Frames.reading(response.body(), mode(response), ANSWER_MAX), response.body());
        } catch (CallFailure e) {
            close(response.body(), e);
            throw e;
        }
    }

    /** A streamed answer. Closing it ends the exchange. */
    record Stream(Frames frames, InputStream body) {}

    private HttpRequest request(Endpoint endpoint, GrpcMethod method, MessageLite message, Duration limit) {
        var request = HttpRequest.newBuilder(endpoint.below(method.path()))
                .version(endpoint.version())
                .header("content-type", Mode.BINARY.contentType())
                .header("accept", Mode.BINARY.contentType())
                .header("x-grpc-web", "1")
                .header("grpc-timeout", Math.clamp(limit.toMillis(), 1, TIMEOUT_MILLIS_MAX) + "m")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Frame.message(message.toByteArray()).encode()));
        apiKey.ifPresent(key -> request.header(key.header(), key.value()));
        return request.build();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body, Duration limit)
            throws CallFailure, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw CallFailure.of(CallFailure.Kind.TIMED_OUT, "no answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            // Ends the exchange wherever it is; does nothing to one that is complete.
            answer.cancel(true);
        }
    }

    private static CallFailure failure(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            boolean neverConnected = each instanceof ConnectException || each instanceof HttpConnectTimeoutException
                    || each instanceof UnresolvedAddressException;
            if (neverConnected) return CallFailure.of(CallFailure.Kind.NOT_SENT, "cannot connect: " + each, cause);
        }
        return CallFailure.of(CallFailure.Kind.LOST, "connection lost: " + cause, cause);
    }

    /** Status in headers: what nodes do for an error before any message, and what proxies do in their own way. */
    private static void checkHead(HttpResponse<?> response) throws CallFailure {
        Optional<String> code = response.headers().firstValue(Trailers.STATUS).filter(value -> !value.equals("0"));
        if (code.isPresent()) {
            var head = new Trailers(Map.of(Trailers.STATUS, code.get(),
                    Trailers.MESSAGE, response.headers().firstValue(Trailers.MESSAGE).orElse("")));
            throw CallFailure.status(head.status(), head.message(), response.headers().firstValue("retry-after"));
        }
        int status = response.statusCode();
        if (status == 200) return;
        throw CallFailure.http(status, response.headers().firstValue("retry-after"));
    }

    private static CallFailure status(Trailers trailers) {
        return CallFailure.status(trailers.status(), trailers.message());
    }

    private static Mode mode(HttpResponse<?> response) throws CallFailure {
        String type = response.headers().firstValue("content-type").orElse("");
        return Mode.of(type).orElseThrow(() -> CallFailure.of(CallFailure.Kind.GARBLED, "not gRPC-Web: content type '" + type + "'", null));
    }

    /** A unary answer is one message and trailers that say OK, and nothing less. */
    private static byte[] onlyMessage(List<Frame> frames) throws CallFailure {
        boolean complete = !frames.isEmpty() && frames.getLast().isTrailers();
        if (!complete) throw CallFailure.of(CallFailure.Kind.LOST, "the answer has no trailers", null);
        Trailers trailers = frames.getLast().trailers();
        if (trailers.status() != GrpcStatus.OK) throw status(trailers);
        if (frames.size() != 2 || frames.getFirst().isTrailers() || frames.getFirst().isCompressed()) {
            throw CallFailure.of(CallFailure.Kind.GARBLED, "an answer of " + (frames.size() - 1) + " messages where one is expected", null);
        }
        return frames.getFirst().payload();
    }

    private static void close(InputStream body, CallFailure failure) {
        try {
            body.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
