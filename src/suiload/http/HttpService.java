package suiload.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import suiload.json.JsonException;
import suiload.metrics.Log;
import suiload.metrics.Metrics;

/**
 * A listening server and its life: starting → ready → draining → stopped. A service with a guard answers only
 * {@link Policy#OPEN} routes until {@link #ready} is called; one without is ready from the start.
 */
public final class HttpService implements AutoCloseable {
    /** The JDK's 50 overflows in a burst of 1,250 connects; each lost SYN costs its client a second. */
    private static final int BACKLOG = 4096;
    /** How long a draining service still serves, so that kept-alive clients hear {@code Connection: close} rather than 503. */
    private static final Duration NOTICE = Duration.ofMillis(500);
    private static final long POLL_NANOS = 5_000_000;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Watchdog watchdog;
    private final Lifecycle lifecycle;
    private final Front.Rules rules;
    private final AtomicBoolean drained = new AtomicBoolean();

    private HttpService(HttpServer server, Watchdog watchdog, Lifecycle lifecycle, Front.Rules rules) {
        this.server = server;
        this.watchdog = watchdog;
        this.lifecycle = lifecycle;
        this.rules = rules;
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    }

    /**
     * Listens.
     *
     * @param errors the error answer for what a handler throws, apart from {@link HttpError} and {@link JsonException}
     * @throws IOException when the address cannot be bound
     * @throws IllegalStateException when a guarded service's JVM lacks the properties of conf/jvm/serve.args
     */
    public static HttpService start(HttpConfig config, Routes routes, Function<Throwable, HttpError> errors, Metrics metrics)
            throws IOException {
        if (config.guard().isPresent()) {
            JdkServerProperties.check();
        }
        loadRefusals();
        InetAddress host = InetAddress.getByName(config.host());
        HttpServer server = HttpServer.create(new InetSocketAddress(host, config.port()), BACKLOG);
        Lifecycle lifecycle = new Lifecycle();
        Front.Rules rules = new Front.Rules(
                new Strictness(config.bodies()),
                config.guard().map(guard -> new Access(host.isLoopbackAddress(), guard.adminToken())),
                new Bodies(config.bodies().bytesTotal()),
                config.guard().map(guard -> new Gate(guard, lifecycle)),
                config.accessLog());
        HttpService service = new HttpService(server, new Watchdog(), lifecycle, rules);
        service.listen(config, routes, new Faults(errors), new HttpMeters(metrics));
        return service;
    }

    /**
     * The first refusal would else load its classes, some 400 ms during which virtual threads stand still, just when everything is
     * taken.
     */
    private static void loadRefusals() {
        HttpError.unavailable("starting", "The service does not listen yet.").answer("start");
    }

    private void listen(HttpConfig config, Routes routes, Faults faults, HttpMeters meters) {
        meters.begin(routes);
        meters.gauges(lifecycle, rules.bodies(), port());
        rules.gate().ifPresent(gate -> meters.gauges(gate, config.guard().orElseThrow().permits()));
        if (rules.gate().isEmpty()) {
            ready();
        }
        server.setExecutor(threads);
        server.createContext("/", new Front(rules, routes, faults, lifecycle, new Front.Instruments(meters, watchdog)));
        server.start();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    public ServiceState state() {
        return lifecycle.state();
    }

    /** Requests in hand, those for health and metrics included. */
    public int inFlight() {
        return lifecycle.inFlight();
    }

    /** Lets guarded requests and streams in. */
    public void ready() {
        if (lifecycle.advance(ServiceState.READY)) {
            Log.info("http.ready", "port", port());
        }
    }

    /** From now on the service is not ready, and clients are told to go elsewhere; {@link #drain} follows. Does not wait. */
    public void endReadiness() {
        lifecycle.advance(ServiceState.DRAINING);
    }

    /**
     * Shuts down in order: readiness ends at once, what is in hand is answered, streams are ended, the rest is refused with 503, and
     * then the port is closed. Returns when stopped, at the latest about a second after {@code bound}.
     */
    public void drain(Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        endReadiness();
        if (lifecycle.state() == ServiceState.STOPPED || !drained.compareAndSet(false, true)) {
            return;
        }
        Log.info("http.draining", "in_flight", inFlight());
        LockSupport.parkNanos(Math.min(NOTICE.toNanos(), bound.toNanos()));
        lifecycle.advance(ServiceState.REFUSING);
        rules.gate().ifPresent(Gate::endStreams);
        while (inFlight() > 0 && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        stop(1);
    }

    /** Stops at once: requests in hand lose their connection. Does nothing after {@link #drain}. */
    @Override
    public void close() {
        stop(0);
    }

    /** @param seconds for requests that came between our last look and the closing of the port: the JDK's own count of requests leaks */
    private void stop(int seconds) {
        if (lifecycle.advance(ServiceState.STOPPED)) {
            int left = inFlight();
            server.stop(seconds);
            threads.shutdownNow();
            watchdog.close();
            Log.info("http.stopped", "cut_off", left);
        }
    }
}
