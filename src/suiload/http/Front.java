package suiload.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import suiload.metrics.Deadline;
import suiload.metrics.Log;
import suiload.metrics.RequestContext;

/**
 * A request's way: strictness, who asks, body, route, then permit and deadline where the route wants them, and the answer.
 * The thread that the server gave us owns the exchange and does all its I/O.
 */
final class Front implements HttpHandler {
    private final Rules rules;
    private final Routes routes;
    private final Faults faults;
    private final Lifecycle lifecycle;
    private final HttpMeters meters;
    private final Watchdog watchdog;
    private final RequestIds ids = new RequestIds(System.currentTimeMillis());

    /** What a request has to pass, in this order. Without {@code access} and {@code gate} everything passes. */
    record Rules(Strictness strictness, Optional<Access> access, Bodies bodies, Optional<Gate> gate, boolean accessLog) {}

    Front(Rules rules, Routes routes, Faults faults, Lifecycle lifecycle, Instruments instruments) {
        this.rules = rules;
        this.routes = routes;
        this.faults = faults;
        this.lifecycle = lifecycle;
        this.meters = instruments.meters();
        this.watchdog = instruments.watchdog();
    }

    /** What watches over a service's requests. */
    record Instruments(HttpMeters meters, Watchdog watchdog) {}

    /** An {@link IOException} that leaves here tells the JDK server to forget the connection. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        lifecycle.enter();
        try {
            handle(new Call(exchange, ids, watchdog));
        } finally {
            lifecycle.leave();
        }
    }

    private void handle(Call call) throws IOException {
        try {
            serve(call);
            meters.answered(call);
        } catch (IOException lost) {
            if (call.refused()) {
                meters.answered(call);
            } else {
                meters.lost(call);
            }
            throw lost;
        } catch (UncheckedIOException lost) {
            meters.lost(call);
            throw lost.getCause();
        } catch (RuntimeException | Error ours) {
            // A fault of this package, not of a handler, or of the machine. Only for an exception the JDK server forgets the connection.
            Log.error("http.fault", ours, "request_id", call.head().id());
            meters.lost(call);
            throw new IOException("fault", ours);
        } finally {
            log(call);
        }
    }

    private void serve(Call call) throws IOException {
        Bodies.Body body;
        try {
            int length = rules.strictness().check(call.head(), call.version());
            rules.access().ifPresent(access -> access.check(call.head()));
            body = rules.bodies().read(call.body(), length);
        } catch (HttpError refusal) {
            call.refuse(refusal, new RequestContext(call.head().id(), Deadline.never()));
            return;
        }
        try {
            call.arrived();
            route(call, body.bytes());
        } finally {
            body.close();
        }
    }

    private void route(Call call, byte[] body) throws IOException {
        Routes.Match match;
        try {
            match = routes.match(call.head().method(), call.head().path());
        } catch (HttpError unknown) {
            send(call, unknown.answer(call.head().id()), new RequestContext(call.head().id(), Deadline.never()));
            return;
        }
        Routes.Route route = match.route();
        call.routed(route.pattern());
        Deadline deadline = rules.gate().map(gate -> gate.deadline(route.policy())).orElse(Deadline.never());
        RequestContext context = new RequestContext(call.head().id(), deadline);
        Request request = new Request(call.head(), match.parameters(), body, lifecycle.state());
        ScopedValue.where(RequestContext.CURRENT, context).<Void, IOException>call(() -> {
            run(call, route.policy(), () -> route.handler().handle(request), context);
            return null;
        });
    }

    private void run(Call call, Policy policy, Callable<Response> work, RequestContext context) throws IOException {
        if (policy == Policy.OPEN || rules.gate().isEmpty()) {
            send(call, open(call, work), context);
            return;
        }
        Gate gate = rules.gate().get();
        try {
            switch (policy) {
                case GUARDED -> {
                    Optional<Response> response = guarded(gate, call, work, context);
                    if (response.isPresent()) {
                        send(call, response.get(), context);
                    }
                }
                case STREAM -> gate.stream(() -> send(call, open(call, work), context));
                case OPEN -> throw new IllegalStateException("answered above");
            }
        } catch (HttpError refused) {
            send(call, refused.answer(call.head().id()), context);
        }
    }

    private Response open(Call call, Callable<Response> work) {
        try {
            return work.call();
        } catch (Throwable fault) {
            return faults.of(fault).answer(call.head().id());
        }
    }

    /** Empty when the deadline passed: then the client has its 408 already. */
    private Optional<Response> guarded(Gate gate, Call call, Callable<Response> work, RequestContext context) throws IOException {
        try {
            var outcome = gate.guarded(context.deadline(), work, () -> expired(call, context));
            return switch (outcome) {
                case DeadlineScope.Outcome.Done<Response>(Response response) -> Optional.of(response);
                case DeadlineScope.Outcome.Failed<Response>(Throwable fault) -> Optional.of(faults.of(fault).answer(call.head().id()));
                case DeadlineScope.Outcome.Expired<Response>() -> Optional.empty();
            };
        } catch (InterruptedException closing) {
            throw new IOException("interrupted before an answer", closing);
        }
    }

    private void expired(Call call, RequestContext context) {
        try {
            send(call, HttpError.timeout().answer(call.head().id()), context);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private void send(Call call, Response response, RequestContext context) throws IOException {
        call.send(response, context, lifecycle.closing());
    }

    private void log(Call call) {
        if (rules.accessLog()) {
            Log.info(
                    "http.request",
                    "request_id", call.head().id(),
                    "method", call.head().method(),
                    "path", call.head().path(),
                    "route", call.route(),
                    "status", call.status(),
                    "ms", call.nanos() / 1_000 / 1_000.0,
                    "peer", call.head().peer());
        }
    }
}
