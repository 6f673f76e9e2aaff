package suiload.load;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one attempt and waits for all of its response, at most for the timeout. Counts bytes and connections. */
final class Wire {
    /** A longer body is a fault of the service; reading it would be one of ours. */
    private static final int BODY_MAX = 16 << 20;
    /** What the client adds by itself: {@code Host}, {@code User-Agent}, {@code Content-Length} and line ends. */
    private static final int OWN_HEADER_BYTES = 110;
    private static final int STATUS_LINE_BYTES = 19;

    private final URI base;
    private final Optional<String> authorization;
    private final Duration timeout;
    private final Measurements measurements;
    private final Sockets sockets;

    Wire(LoadSettings settings, Measurements measurements, Sockets sockets) {
        this.base = settings.service().url();
        this.authorization = settings.service().adminToken().map(token -> "Bearer " + token);
        this.timeout = settings.patience().timeout();
        this.measurements = measurements;
        this.sockets = sockets;
    }

    /**
     * The timeout covers the body too, which the client's own does not before JDK 26; giving up closes the connection.
     *
     * @param way a place of it is taken, and given back as soon as the connection is free, however late the user's thread learns of it
     */
    Outcome exchange(Connections.Way way, Call call) {
        HttpRequest request = call.request(this::request);
        long begin = System.nanoTime();
        long[] waiting = new long[1];
        long[] took = new long[1];
        CompletableFuture<HttpResponse<byte[]>> sent = way.client().sendAsync(request, head -> {
            waiting[0] = System.nanoTime() - begin;
            return BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_MAX).apply(head);
        });
        // The answer is here now: when the user's thread wakes up is the driver's own affair.
        CompletableFuture<HttpResponse<byte[]>> reply = sent.whenComplete((response, failure) -> {
            took[0] = System.nanoTime() - begin;
            way.places().release();
        });
        measurements.count(MetricName.DATA_SENT, bytes(call, request));
        try {
            HttpResponse<byte[]> response = reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            received(response);
            return new Outcome.Answer(response.statusCode(), response.headers(), response.body(), waiting[0], took[0]);
        } catch (TimeoutException late) {
            sent.cancel(true);
            return new Outcome.Broken(SocketFault.TIMED_OUT, "no complete response within " + Words.time(timeout) + " to " + call);
        } catch (ExecutionException failed) {
            return broken(failed.getCause(), call);
        } catch (InterruptedException stop) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome.Interrupted();
        }
    }

    private static Outcome broken(Throwable cause, Call call) {
        return new Outcome.Broken(SocketFault.of(cause), cause.getClass().getSimpleName() + ": " + cause.getMessage() + " (" + call + ")");
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(call.path()));
        authorization.ifPresent(token -> request.header("Authorization", token));
        call.idempotencyKey().ifPresent(key -> request.header("Idempotency-Key", key));
        call.body().ifPresent(body -> request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        return request.build();
    }

    /** Header and body bytes as the client sees them; the JDK's client does not tell what the wire carried. */
    private static long bytes(Call call, HttpRequest request) {
        return OWN_HEADER_BYTES + call.path().length() + bytes(request.headers()) + call.body().map(body -> body.length).orElse(0);
    }

    private void received(HttpResponse<byte[]> response) {
        measurements.count(MetricName.DATA_RECEIVED, STATUS_LINE_BYTES + bytes(response.headers()) + response.body().length);
        if (sockets.firstUse(response.connectionLabel())) measurements.count(MetricName.HTTP_CONN_OPENED, 1);
    }

    private static long bytes(HttpHeaders headers) {
        long bytes = 0;
        for (var header : headers.map().entrySet()) {
            for (String value : header.getValue()) bytes += header.getKey().length() + value.length() + 4;
        }
        return bytes;
    }
}
