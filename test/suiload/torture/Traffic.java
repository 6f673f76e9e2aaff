package suiload.torture;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import suiload.http.RawConnection;
import suiload.metrics.Latencies;
import suiload.metrics.LatencySnapshot;

/** Clients of a target over kept-alive raw connections, a virtual thread per request; latency counts from the planned start. */
public final class Traffic implements AutoCloseable {
    private static final int CLIENT_TIMEOUT_MILLIS = 30_000;
    /** Well within the service's published 120 s: a client that keeps a connection for longer may meet its closing. */
    private static final long IDLE_MAX_NANOS = Duration.ofSeconds(60).toNanos();

    private final int port;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();

    private record Idle(RawConnection connection, long since) {}

    public Traffic(int port) {
        this.port = port;
    }

    /** A request on a connection. */
    @FunctionalInterface
    public interface Ask {
        RawConnection.Answer on(RawConnection connection) throws IOException;
    }

    /**
     * What came back.
     *
     * @param served latencies of the 200s in microseconds, {@code refused} of the 503s with {@code Retry-After}
     * @param resets connections that ended without an answer
     * @param unconnected requests that found no connection: nobody listened
     * @param toldToClose answers with {@code Connection: close}
     */
    public record Tally(LatencySnapshot served, LatencySnapshot refused, Map<Integer, Long> statuses, long resets, long timeouts,
            long unconnected, long toldToClose, double seconds) {
        public double perSecond() {
            return served.count() / seconds;
        }

        /** Millis, for people. */
        double p99(LatencySnapshot latencies) {
            return latencies.percentile(99) / 1000.0;
        }
    }

    /** Requests at a steady rate whatever becomes of them; returns when all have ended. */
    public Tally open(Ask ask, double perSecond, Duration length) throws InterruptedException {
        Count count = new Count();
        long begin = System.nanoTime();
        long total = Math.round(perSecond * length.toNanos() / 1e9);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long i = 0; i < total; i++) {
                long planned = begin + Math.round(i * 1e9 / perSecond);
                for (long now = System.nanoTime(); now < planned; now = System.nanoTime()) {
                    LockSupport.parkNanos(planned - now);
                }
                clients.execute(() -> count.one(ask, planned));
            }
        }
        return count.tally(length.toNanos() / 1e9);
    }

    /** So many clients, each with its next request right after its last answer. */
    public Tally closed(Ask ask, int clients, Duration length) {
        Count count = new Count();
        long end = System.nanoTime() + length.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                threads.execute(() -> {
                    while (System.nanoTime() < end) {
                        count.one(ask, System.nanoTime());
                    }
                });
            }
        }
        return count.tally(length.toNanos() / 1e9);
    }

    /** So many requests at the same moment. */
    Tally burst(Ask ask, int size) {
        Count count = new Count();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long planned = System.nanoTime();
            for (int i = 0; i < size; i++) {
                threads.execute(() -> count.one(ask, planned));
            }
        }
        return count.tally(1);
    }

    /** Opens connections ahead, so that a burst measures requests and not connects. */
    public Traffic connected(int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            keep(new RawConnection(port, CLIENT_TIMEOUT_MILLIS));
        }
        return this;
    }

    int connections() {
        return idle.size();
    }

    @Override
    public void close() throws IOException {
        for (Idle kept = idle.poll(); kept != null; kept = idle.poll()) {
            kept.connection.close();
        }
    }

    private void keep(RawConnection connection) {
        idle.add(new Idle(connection, System.nanoTime()));
    }

    /** The connection used last, or a new one; what was idle for too long is closed. */
    private RawConnection connection() throws IOException {
        for (Idle oldest = idle.pollFirst(); oldest != null; oldest = idle.pollFirst()) {
            if (System.nanoTime() - oldest.since < IDLE_MAX_NANOS) {
                idle.addFirst(oldest);
                break;
            }
            oldest.connection.close();
        }
        Idle kept = idle.pollLast();
        return kept == null ? new RawConnection(port, CLIENT_TIMEOUT_MILLIS) : kept.connection;
    }

    private final class Count {
        private final Latencies served = new Latencies();
        private final Latencies refused = new Latencies();
        private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
        private final LongAdder resets = new LongAdder();
        private final LongAdder timeouts = new LongAdder();
        private final LongAdder unconnected = new LongAdder();
        private final LongAdder toldToClose = new LongAdder();

        void one(Ask ask, long planned) {
            try {
                RawConnection connection = connection();
                RawConnection.Answer answer = ask.on(connection);
                long micros = (System.nanoTime() - planned) / 1000;
                statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
                if (answer.status() == 200) {
                    served.record(micros);
                } else if (answer.status() == 503 && answer.header("Retry-After") != null) {
                    refused.record(micros);
                }
                if ("close".equalsIgnoreCase(answer.header("Connection"))) {
                    toldToClose.increment();
                    connection.close();
                } else {
                    keep(connection);
                }
            } catch (ConnectException nobody) {
                unconnected.increment();
            } catch (SocketTimeoutException late) {
                timeouts.increment();
            } catch (IOException reset) {
                resets.increment();
            }
        }

        Tally tally(double seconds) {
            Map<Integer, Long> counts = new java.util.TreeMap<>();
            statuses.forEach((status, number) -> counts.put(status, number.longValue()));
            return new Tally(served.total(), refused.total(), counts, resets.sum(), timeouts.sum(), unconnected.sum(),
                    toldToClose.sum(), seconds);
        }
    }
}
