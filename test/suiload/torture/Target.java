package suiload.torture;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import suiload.http.ChildJvm;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Policy;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.metrics.Metrics;

/** The service kit in a JVM of its own, with handlers that wait as a node or a database makes them wait. */
final class Target {
    /** What one unit of {@code /work} takes. */
    static final Duration WORK = Duration.ofMillis(50);

    /** The serial collector else leaves a twentieth of the old space as dead objects three times out of four, and they count as used. */
    private static final String COMPACT = "-XX:MarkSweepAlwaysCompactCount=1";

    private static final AtomicLong STARTED = new AtomicLong();

    private Target() {}

    /** @param permits as {@code MAX_CONCURRENT_REQUESTS}; everything else is the service's default */
    static ChildJvm start(int permits, String... flags) throws IOException {
        return ChildJvm.start(Target.class, Stream.concat(Stream.of(COMPACT), Stream.of(flags)).toList(), Integer.toString(permits));
    }

    public static void main(String[] arguments) throws IOException {
        HttpConfig standard = HttpConfig.service("127.0.0.1", 0);
        HttpConfig.Guard guard = standard.guard().orElseThrow();
        HttpConfig config = standard.withGuard(new HttpConfig.Guard(
                Integer.parseInt(arguments[0]), guard.waiting(), guard.admissionWait(), guard.deadline(), guard.streams(), Optional.empty()));
        Metrics metrics = new Metrics();
        try (HttpService service = HttpService.start(config, routes(metrics), fault -> HttpError.internal(), metrics)) {
            service.ready();
            System.out.println(service.port());
            System.in.readAllBytes();
        }
    }

    private static Routes routes(Metrics metrics) {
        return new Routes()
                .add("GET", "/", Policy.OPEN, request -> Response.json("healthy"))
                .add("GET", "/metrics", Policy.OPEN, request -> Response.text(200, Metrics.CONTENT_TYPE, metrics.prometheus()))
                .add("GET", "/heap", Policy.OPEN, request -> Response.json(liveHeap()))
                .add("GET", "/started", Policy.OPEN, request -> Response.json(STARTED.get()))
                .add("POST", "/work", Policy.GUARDED, request -> work(request, WORK.toMillis()))
                .add("POST", "/hold", Policy.GUARDED, request -> work(request, 5_000))
                .add("POST", "/hang", Policy.GUARDED, request -> work(request, Long.MAX_VALUE))
                .add("POST", "/stubborn", Policy.GUARDED, Target::ignoreInterruption)
                .add("POST", "/echo", Policy.GUARDED, request -> Response.bytes(200, "application/octet-stream", request.body()))
                .add("POST", "/json", Policy.GUARDED, request -> Response.json(request.json()))
                .add("GET", "/things/{id}", Policy.GUARDED, request -> Response.json(request.query().integer("n", 0, 9, 1)))
                .add("GET", "/fail", Policy.GUARDED, request -> { throw new IllegalStateException("inside " + request.path()); });
    }

    private static Response work(Request request, long millis) throws InterruptedException {
        STARTED.incrementAndGet();
        Thread.sleep(millis);
        return Response.bytes(200, "application/octet-stream", request.body());
    }

    /** Longer than any deadline, as a call into a library that swallows interrupts. */
    private static Response ignoreInterruption(Request request) {
        STARTED.incrementAndGet();
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (System.nanoTime() < end) {
            Thread.interrupted();
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        return Response.text(200, "text/plain", new String(request.body(), StandardCharsets.UTF_8));
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
