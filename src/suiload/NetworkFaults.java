package suiload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import suiload.metrics.Log;
import suiload.metrics.Metrics;

/** How many faults the embedded network has injected, copied from its metrics into ours: the driver asks only us. */
final class NetworkFaults implements AutoCloseable {
    private static final String NAME = "suiload_node_faults_injected_total";
    private static final Pattern LINE = Pattern.compile("(?m)^" + NAME + "\\{[^}]*\\} ([0-9.eE+]+)$");
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofMillis(500);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(BOUND).build();
    private final HttpRequest request;
    private final ReentrantLock lock = new ReentrantLock();
    private double count;
    private long readAt = System.nanoTime() - FRESH.toNanos();

    private NetworkFaults(URI network) {
        request = HttpRequest.newBuilder(network.resolve("/metrics")).timeout(BOUND).build();
    }

    /** Shows the network's count in {@code metrics}, read again at each scrape: all kinds together, since kinds appear one by one. */
    static NetworkFaults register(URI network, Metrics metrics) {
        var faults = new NetworkFaults(network);
        metrics.counter(NAME, "Faults that the embedded network injected.", faults::count);
        return faults;
    }

    private double count() {
        lock.lock();
        try {
            if (System.nanoTime() - readAt > FRESH.toNanos()) {
                count = read();
                readAt = System.nanoTime();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** The sum over all kinds; what was read before when the network does not answer in time. */
    private double read() {
        try {
            Matcher matcher = LINE.matcher(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            double sum = 0;
            while (matcher.find()) sum += Double.parseDouble(matcher.group(1));
            return sum;
        } catch (IOException e) {
            Log.warn("localnet_metrics_unread", "reason", e);
            return count;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return count;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
