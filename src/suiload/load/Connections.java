package suiload.load;

import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import suiload.report.Verdict;

/**
 * The ways to the service: a client for each virtual user, so that each keeps its own TCP connection as real users do, or a
 * few that all share, with so many connections at most. The JDK's client opens one more whenever none is idle and keeps them all; a
 * moment's trouble would leave thousands, each with its buffers. Idle time, silent repeats and buffers are set in
 * {@code conf/jvm/load.args}: the JDK's client reads them once.
 */
final class Connections implements AutoCloseable {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int CLIENTS_MAX = 4;
    /** A thread that has more to do wakes up less often for each; one without any rest would count its queue as latency. */
    private static final double REQUESTS_PER_THREAD = 1000;
    /** What all share; empty when each user has a connection of its own. */
    private final List<Way> shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<HttpClient> clients = new ArrayList<>();
    private int next;

    /** @param places on a client's connections: who has one may send a request */
    record Way(HttpClient client, Semaphore places) {}

    private Connections(int ways, int places) {
        shared = IntStream.range(0, ways).map(i -> places / ways + (i < places % ways ? 1 : 0))
                .mapToObj(share -> new Way(newClient(), new Semaphore(share, true))).toList();
        shared.forEach(way -> clients.add(way.client()));
    }

    static Connections perUser() {
        return new Connections(0, 0);
    }

    /**
     * @param max       connections at once; who comes later waits, first come, first served
     * @param perSecond requests that are expected
     */
    static Connections shared(int max, double perSecond) {
        // Each client has one thread that reads its answers.
        return new Connections(Math.min(threadsFor(perSecond), Math.min(CLIENTS_MAX, max)), max);
    }

    /** How many threads so many requests keep busy, of those that the machine can run at once. */
    static int threadsFor(double perSecond) {
        return Math.clamp((long) Math.ceil(perSecond / REQUESTS_PER_THREAD), 1, Runtime.getRuntime().availableProcessors());
    }

    /** For a few requests, as many at once as are made. */
    static Connections shared() {
        return shared(Integer.MAX_VALUE, 0);
    }

    /** For one more user. */
    Way forUser() {
        lock.lock();
        try {
            if (!shared.isEmpty()) return shared.get(next++ % shared.size());
            Way own = new Way(made(Connections::newClient), new Semaphore(1));
            clients.add(own.client());
            return own;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Responses are small and their handlers never block, so the selector thread itself finishes them: no hand-over
     * between threads, which halves the cost of a request.
     */
    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(Runnable::run).connectTimeout(CONNECT_TIMEOUT).build();
    }

    /** Each client has a thread and a selector of its own, of which the machine may allow fewer than there are users. */
    static HttpClient made(Supplier<HttpClient> builder) {
        try {
            return builder.get();
        } catch (OutOfMemoryError | UncheckedIOException limit) {
            boolean heap = limit instanceof OutOfMemoryError error && !String.valueOf(error.getMessage()).contains("thread");
            if (heap) throw limit;
            throw new CannotRun(Verdict.Kind.UNFIT, "the driver is unfit: the machine allows no further connection of its own to a user ("
                    + limit.getMessage() + "): use CONNECTIONS=shared");
        }
    }

    /** Ends all connections at once; nothing is in flight any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            clients.forEach(HttpClient::shutdownNow);
            clients.clear();
        } finally {
            lock.unlock();
        }
    }
}
