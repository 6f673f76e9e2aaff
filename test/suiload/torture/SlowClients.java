package suiload.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import suiload.http.ChildJvm;
import suiload.http.RawConnection;
import suiload.metrics.Latencies;

/** H2: slow clients. Each sends a byte a second and never finishes. */
final class SlowClients implements Promise {
    private static final int EACH = 1000;
    private static final Duration LENGTH = Duration.ofSeconds(60);
    /** They come one after another: how a burst of connects is borne is O1's matter. */
    private static final long BETWEEN_MILLIS = 10;
    private static final double LIMIT_SECONDS = 32;
    private static final double OTHERS_PER_SECOND = 100;
    private static final Traffic.Ask OTHER = connection -> connection.post("/work", "{}").answer();

    @Override
    public String id() {
        return "H2";
    }

    @Override
    public String promised() {
        return "1,000 slow headers + 1,000 slow bodies: each ended by the 30 s read limit + 2 s; p99 of the others at most 1.5x";
    }

    @Override
    public Measured run(long seed) throws Exception {
        Latencies ends = new Latencies();
        AtomicInteger unended = new AtomicInteger();
        try (ChildJvm target = Target.start(2000); Traffic others = new Traffic(target.port());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            others.closed(connection -> connection.post("/echo", "warm").answer(), 16, Duration.ofSeconds(10));
            Traffic.Tally before = others.open(OTHER, OTHERS_PER_SECOND, Duration.ofSeconds(20));
            for (int i = 0; i < EACH; i++) {
                long after = i * BETWEEN_MILLIS;
                threads.execute(() -> slow(target, after, "POST /echo HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", ends, unended));
                threads.execute(() ->
                        slow(target, after, "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n", ends, unended));
            }
            Traffic.Tally during = others.open(OTHER, OTHERS_PER_SECOND, LENGTH);
            threads.shutdown();
            double ratio = during.p99(during.served()) / before.p99(before.served());
            double last = ends.total().max() / 1e6;
            return new Measured.Findings()
                    .add(unended.get() == 0 && last <= LIMIT_SECONDS, "%d ended after at most %.1f s, %d not", ends.total().count(), last, unended.get())
                    .add(ratio <= 1.5, "p99 of the others %.0f ms, %.2fx", during.p99(during.served()), ratio)
                    .add(during.served().count() == OTHERS_PER_SECOND * LENGTH.toSeconds(), "%d others served", during.served().count())
                    .measured();
        }
    }

    private static void slow(ChildJvm target, long afterMillis, String head, Latencies ends, AtomicInteger unended) {
        LockSupport.parkNanos(afterMillis * 1_000_000);
        long begin = System.nanoTime();
        try (RawConnection connection = new RawConnection(target.port(), 1000)) {
            connection.send(head);
            while (System.nanoTime() - begin < LENGTH.toNanos()) {
                try {
                    connection.send("x").end();
                    ends.record((System.nanoTime() - begin) / 1000);
                    return;
                } catch (java.net.SocketTimeoutException stillOpen) {
                    continue;
                }
            }
            unended.incrementAndGet();
        } catch (IOException ended) {
            ends.record((System.nanoTime() - begin) / 1000);
        }
    }
}
