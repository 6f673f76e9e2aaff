package suiload.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.Function;
import suiload.json.JsonException;
import suiload.metrics.Log;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.metrics.Deadline;

/** A listening server. */
public final class HttpService implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final HttpServer server;

    private HttpService(HttpServer server) {
        this.server = server;
    }

    /**
     * Listens and answers at once.
     *
     * @param errors the error answer for what a handler throws, apart from {@link HttpError} and {@link JsonException}
     * @throws IOException when the address cannot be bound
     */
    public static HttpService start(HttpConfig config, Routes routes, Function<Throwable, HttpError> errors, Metrics metrics)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(config.host(), config.port()), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> handle(exchange, routes, errors));
        server.start();
        return new HttpService(server);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Lets guarded routes in; before that they are answered with 503. A service without guard is ready from the start. */
    public void ready() {}

    /** Answers what has been accepted, refuses the rest, and stops; returns when stopped, at the latest after {@code bound}. */
    public void drain(Duration bound) {
        server.stop((int) bound.toSeconds());
    }

    /** Stops at once. */
    @Override
    public void close() {
        server.stop(0);
    }

    private static void handle(HttpExchange exchange, Routes routes, Function<Throwable, HttpError> errors) throws IOException {
        String id = Long.toHexString(System.nanoTime());
        Response response;
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            Routes.Match match = routes.match(exchange.getRequestMethod(), path);
            Request.Head head = new Request.Head(
                    id, exchange.getRequestMethod(), path, exchange.getRequestURI().getRawQuery(),
                    exchange.getRequestHeaders(), exchange.getRemoteAddress());
            Request request = new Request(head, match.parameters(), body);
            response = ScopedValue.where(RequestContext.CURRENT, new RequestContext(id, Deadline.after(Duration.ofSeconds(25))))
                    .call(() -> match.route().handler().handle(request));
        } catch (HttpError error) {
            response = error.answer(id);
        } catch (JsonException error) {
            response = HttpError.badRequest(error.field(), error.getMessage()).answer(id);
        } catch (Throwable fault) {
            HttpError error = errors.apply(fault);
            if (error.status() == 500) {
                Log.error("http.fault", fault);
            }
            response = error.answer(id);
        }
        send(exchange, response);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        switch (response) {
            case Response.Whole whole -> {
                whole.headers().forEach(h -> exchange.getResponseHeaders().set(h.name(), h.value()));
                exchange.sendResponseHeaders(whole.status(), whole.body().length == 0 ? -1 : whole.body().length);
                if (whole.body().length > 0) {
                    exchange.getResponseBody().write(whole.body());
                }
                exchange.close();
            }
            case Response.Stream stream -> {
                stream.headers().forEach(h -> exchange.getResponseHeaders().set(h.name(), h.value()));
                exchange.sendResponseHeaders(200, 0);
                try (OutputStream out = exchange.getResponseBody()) {
                    stream.body().write(out);
                } catch (InterruptedException fault) {
                    throw new IOException("interrupted", fault);
                }
            }
            case Response.Abort abort -> throw new IOException("dropped on purpose");
        }
    }
}
