package suiload.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import suiload.metrics.Log;
import suiload.metrics.RequestContext;

/** One exchange under way. Only the thread that the server gave it to uses it. */
final class Call {
    /** A client that does not read its answer for so long is cut off. */
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(30);
    /** How long, and how much, we listen on after a refusal, so that the client reads it instead of meeting a reset. */
    private static final Duration DISCARD_LIMIT = Duration.ofSeconds(2);
    private static final long DISCARD_BYTES = 16L << 20;

    private final HttpExchange exchange;
    private final Watchdog watchdog;
    private final Request.Head head;
    private String route = "none";
    private int status;
    private boolean refused;
    private long started = System.nanoTime();

    Call(HttpExchange exchange, RequestIds ids, Watchdog watchdog) {
        this.exchange = exchange;
        this.watchdog = watchdog;
        Headers headers = exchange.getRequestHeaders();
        this.head = new Request.Head(
                ids.of(headers.getFirst("X-Request-Id")),
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers,
                exchange.getRemoteAddress());
    }

    Request.Head head() {
        return head;
    }

    String version() {
        return exchange.getProtocol();
    }

    InputStream body() {
        return exchange.getRequestBody();
    }

    /** The pattern of the route that answers, {@code none} without one. */
    String route() {
        return route;
    }

    void routed(String pattern) {
        route = pattern;
    }

    /** Whether the client has its whole answer, a refusal, whatever comes of the connection. */
    boolean refused() {
        return refused;
    }

    /** The status sent, 0 as long as there is none. */
    int status() {
        return status;
    }

    /** The whole request is here: its time counts from now, so that a slow sender is not taken for a slow service. */
    void arrived() {
        started = System.nanoTime();
    }

    /** Since {@link #arrived}, or since the head was read. */
    long nanos() {
        return System.nanoTime() - started;
    }

    /** @param closing whether the client is told that the connection ends with this answer */
    void send(Response response, RequestContext context, boolean closing) throws IOException {
        switch (response) {
            // Even a small answer can block: a client may leave those before it unread.
            case Response.Whole whole -> watchdog.bounded(WRITE_LIMIT, () -> {
                OutputStream out = begin(whole, context, closing);
                write(whole, out);
                end(out);
            });
            case Response.Stream stream -> stream(stream, context, closing);
            // The JDK server forgets a connection only when the handler throws.
            case Response.Abort abort -> throw new IOException("dropped on purpose");
        }
    }

    /** Answers a request whose body was not read, or cannot be trusted, and closes the connection without losing the answer. */
    void refuse(HttpError error, RequestContext context) throws IOException {
        Response.Whole whole = error.answer(head.id());
        OutputStream[] out = new OutputStream[1];
        watchdog.bounded(WRITE_LIMIT, () -> {
            out[0] = begin(whole, context, true);
            write(whole, out[0]);
            out[0].flush();
        });
        refused = true;
        if (head.method().equals("HEAD")) {
            // Complete and closed already; its body, if any, is the server's to drop.
            return;
        }
        if (!discard()) {
            throw new IOException("refused with " + status + " while the client was still sending");
        }
        end(out[0]);
    }

    /**
     * Ends an answer. Closing the exchange instead would do the same and swallow the failure of the last write, where small answers are
     * written as a whole; and what the JDK server does not hear of, it keeps for ever with its buffers.
     */
    private static void end(OutputStream out) throws IOException {
        out.close();
    }

    private OutputStream begin(Response.Whole whole, RequestContext context, boolean closing) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        whole.headers().forEach(header -> headers.set(header.name(), header.value()));
        common(headers, context, closing);
        int length = whole.body().length;
        status = whole.status();
        // To the JDK server 0 means chunked and -1 empty; after HEAD it wants -1 and the true length set by hand.
        if (head.method().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        }
        return exchange.getResponseBody();
    }

    private void write(Response.Whole whole, OutputStream out) throws IOException {
        byte[] body = whole.body();
        if (body.length > 0 && !head.method().equals("HEAD")) {
            out.write(body);
        }
    }

    private void stream(Response.Stream stream, RequestContext context, boolean closing) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        stream.headers().forEach(header -> headers.set(header.name(), header.value()));
        common(headers, context, closing);
        status = 200;
        if (head.method().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, 0);
        OutputStream out = new BoundedOutput(exchange.getResponseBody(), watchdog, WRITE_LIMIT);
        try {
            // The client sees the headers at once, not with the first item.
            out.flush();
            stream.body().write(out);
        } catch (InterruptedException draining) {
            Log.info("http.stream_ended", "route", route, "cause", "draining");
        } catch (RuntimeException fault) {
            // No final chunk: the client must not take half an answer for a whole one.
            Log.error("http.fault", fault, "route", route);
            throw new IOException("stream failed", fault);
        }
        end(out);
    }

    private void common(Headers headers, RequestContext context, boolean closing) {
        headers.set("X-Request-Id", head.id());
        headers.set("X-Internal-Duration", Long.toString(TimeUnit.NANOSECONDS.toMillis(nanos())));
        if (context.chainAsked()) {
            headers.set("X-Contract-Duration", Long.toString(TimeUnit.NANOSECONDS.toMillis(context.chainNanos())));
        }
        context.gas().ifPresent(mist -> headers.set("X-Gas-Cost", Long.toString(mist)));
        if (closing) {
            headers.set("Connection", "close");
        }
    }

    /** Whether the end of the request was reached within the limits. */
    private boolean discard() throws IOException {
        InputStream in = exchange.getRequestBody();
        boolean[] ended = new boolean[1];
        watchdog.bounded(DISCARD_LIMIT, () -> {
            byte[] sink = new byte[64 * 1024];
            long left = DISCARD_BYTES;
            int count = 0;
            while (left > 0 && (count = in.read(sink)) >= 0) {
                left -= count;
            }
            ended[0] = count < 0;
        });
        return ended[0];
    }
}
