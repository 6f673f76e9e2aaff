package suiload.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import suiload.metrics.Metrics;

/** A service on a free port with routes that do what tests need, and a raw client for it. */
final class TestService implements AutoCloseable {
    final Metrics metrics = new Metrics();
    final AtomicInteger handled = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    /** Opens {@code /hold}. */
    final CountDownLatch release = new CountDownLatch(1);
    final HttpService service;

    TestService(HttpConfig config) throws IOException {
        this(config, routes -> {});
    }

    TestService(HttpConfig config, Consumer<Routes> more) throws IOException {
        Routes routes = new Routes()
                .add("GET", "/", Policy.OPEN, request -> Response.json(java.util.Map.of("status", "healthy")))
                .add("POST", "/echo", Policy.GUARDED, this::echo)
                .add("POST", "/json", Policy.GUARDED, request -> Response.json(request.json()))
                .add("POST", "/hold", Policy.GUARDED, this::hold)
                .add("GET", "/fail", Policy.GUARDED, request -> { throw new IllegalStateException("secret detail"); })
                .add("GET", "/big", Policy.GUARDED, request -> Response.bytes(200, "application/octet-stream", new byte[1 << 20]))
                .add("GET", "/things/{id}", Policy.GUARDED, request -> Response.json(java.util.Map.of("id", request.parameter("id"))));
        more.accept(routes);
        service = HttpService.start(config, routes, fault -> HttpError.internal(), metrics);
        service.ready();
    }

    static HttpConfig config() {
        return HttpConfig.service("127.0.0.1", 0);
    }

    static HttpConfig config(int permits, int waiting, Duration wait, Duration deadline) {
        return config().withGuard(new HttpConfig.Guard(permits, waiting, wait, deadline, 2, Optional.empty()));
    }

    RawConnection connect() throws IOException {
        return new RawConnection(service.port());
    }

    /** Waits until {@code count} requests are held in {@code /hold}. */
    void awaitHandled(int count) throws InterruptedException {
        await("requests handled", () -> handled.get() >= count);
    }

    /** Waits until a series shows this value: some change only after the answer is out. */
    void awaitMetric(String series, double value) throws InterruptedException {
        await(series + " = " + value, () -> metric(series) == value);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for: " + what);
            }
            Thread.sleep(2);
        }
    }

    double metric(String series) {
        return metrics.prometheus().lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        release.countDown();
        service.close();
    }

    private Response echo(Request request) {
        handled.incrementAndGet();
        return Response.bytes(200, "application/octet-stream", request.body());
    }

    private Response hold(Request request) throws InterruptedException {
        handled.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException cancelled) {
            interrupted.incrementAndGet();
            throw cancelled;
        }
        return Response.json(java.util.Map.of("held", true));
    }
}
