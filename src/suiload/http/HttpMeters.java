package suiload.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import suiload.metrics.Counter;
import suiload.metrics.Metrics;
import suiload.metrics.TcpConnections;
import suiload.metrics.Timer;

/** What a service counts of its requests. */
final class HttpMeters {
    private static final String REQUESTS = "Requests answered, by route and status.";
    private static final String SECONDS = "Time from a request's arrival to the end of its answer, by route.";
    private static final String LOST = "Requests that got no complete answer because the client was gone or too slow, by route.";

    private final Metrics metrics;
    private final Map<Key, Counter> answered = new ConcurrentHashMap<>();
    private final Map<String, Timer> took = new ConcurrentHashMap<>();

    private record Key(String route, int status) {}

    HttpMeters(Metrics metrics) {
        this.metrics = metrics;
    }

    /** An alert on bugs looks for growth: the first one would not show on a series that begins with it. */
    void begin(Routes routes) {
        routes.all().forEach(route -> answered.computeIfAbsent(new Key(route.pattern(), 500), this::counter));
    }

    void answered(Call call) {
        answered.computeIfAbsent(new Key(call.route(), call.status()), this::counter).increment();
        took.computeIfAbsent(call.route(), this::timer).recordNanos(call.nanos());
    }

    void lost(Call call) {
        metrics.counter("suiload_http_requests_lost_total", LOST, "route", call.route()).increment();
    }

    private Counter counter(Key key) {
        return metrics.counter("suiload_http_requests_total", REQUESTS, "route", key.route(), "status", Integer.toString(key.status()));
    }

    private Timer timer(String route) {
        return metrics.timer("suiload_http_request_seconds", SECONDS, "route", route);
    }

    /** Registers what can be read at any time. */
    void gauges(Lifecycle lifecycle, Bodies bodies, int port) {
        metrics.gauge("suiload_http_in_flight", "Requests in hand, health and metrics included.", lifecycle::inFlight);
        metrics.gauge("suiload_http_body_bytes", "Bytes of request bodies held.", bodies::held);
        TcpConnections connections = TcpConnections.at(port);
        metrics.gauge("suiload_http_connections", "Open connections to the service; NaN where unknown.",
                () -> connections.open().stream().asDoubleStream().findFirst().orElse(Double.NaN));
        metrics.gauge("suiload_http_state", "0 starting, 1 ready, 2 draining, 3 refusing, 4 stopped.", () -> lifecycle.state().ordinal());
    }

    /** @param permits how many there are */
    void gauges(Gate gate, int permits) {
        metrics.gauge("suiload_http_permits", "Requests that may run at once.", () -> permits);
        metrics.gauge("suiload_http_permits_in_use", "Requests that run.", () -> gate.admission().inUse());
        metrics.gauge("suiload_http_waiting", "Requests that wait for a permit.", () -> gate.admission().waiting());
        metrics.gauge("suiload_http_streams", "Streams open.", gate::streaming);
    }
}
