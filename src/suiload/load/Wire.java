package suiload.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

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
    private final ScheduledExecutorService timer;

    /** @param timer watches over the timeout of each attempt */
    Wire(LoadSettings settings, Measurements measurements, Sockets sockets, ScheduledExecutorService timer) {
        this.base = settings.service().url();
        this.authorization = settings.service().adminToken().map(token -> "Bearer " + token);
        this.timeout = settings.patience().timeout();
        this.measurements = measurements;
        this.sockets = sockets;
        this.timer = timer;
    }

    /**
     * The timeout covers the body too, which the client's own does not before JDK 26; giving up closes the connection. The client's
     * {@code sendAsync} would hand each answer to a pool's thread, whatever its executor: a fifth of a shared connection's CPU, and
     * a wait that is not the service's.
     *
     * @param way a place of it is taken, and given back
     */
    Outcome exchange(Connections.Way way, Call call) {
        HttpRequest request = call.request(this::request);
        measurements.count(MetricName.DATA_SENT, bytes(call, request));
        Deadline deadline = Deadline.in(timeout, timer);
        Outcome outcome = send(way, call, request);
        boolean late = deadline.end();
        if (!(outcome instanceof Outcome.Interrupted)) return outcome;
        if (late) return new Outcome.Broken(SocketFault.TIMED_OUT, "no complete response within " + Words.time(timeout) + " to " + call);
        Thread.currentThread().interrupt();
        return outcome;
    }

    private Outcome send(Connections.Way way, Call call, HttpRequest request) {
        long begin = System.nanoTime();
        long[] waiting = new long[1];
        long[] took = new long[1];
        try {
            HttpResponse<byte[]> response = way.client().send(request, head -> {
                waiting[0] = System.nanoTime() - begin;
                // With its last byte the answer is here: when the user's thread wakes up is the driver's own affair.
                return BodySubscribers.mapping(BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_MAX).apply(head), body -> {
                    took[0] = System.nanoTime() - begin;
                    return body;
                });
            });
            received(response);
            return new Outcome.Answer(response.statusCode(), response.headers(), response.body(), waiting[0], took[0]);
        } catch (IOException | RuntimeException failed) {
            return broken(failed, call);
        } catch (InterruptedException stop) {
            return new Outcome.Interrupted();
        } finally {
            way.places().release();
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
