package suiload.load;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The HTTP clients of a run: one for each virtual user, so that each keeps its own TCP connection as real users do, or a
 * few that all share. Idle time, silent repeats and buffers are set in {@code conf/jvm/load.args}: the JDK's client reads
 * them once.
 */
final class Connections implements AutoCloseable {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int SHARED_MAX = 4;
    private final boolean shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<HttpClient> clients = new ArrayList<>();
    private int next;

    private Connections(boolean shared) {
        this.shared = shared;
    }

    static Connections open(boolean shared) {
        return new Connections(shared);
    }

    /** A client for one more user. */
    HttpClient forUser() {
        lock.lock();
        try {
            int limit = Math.min(SHARED_MAX, Runtime.getRuntime().availableProcessors());
            if (shared && clients.size() >= limit) return clients.get(next++ % clients.size());
            HttpClient client = newClient();
            clients.add(client);
            return client;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Responses are small and their handlers never block, so the selector thread itself finishes them: no hand-over
     * between threads, which halves the cost of a request.
     */
    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(Runnable::run)
                .connectTimeout(CONNECT_TIMEOUT).build();
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
