package suiload;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import suiload.metrics.Log;
import suiload.metrics.Metrics;

/** How many faults the embedded network has injected, copied from its metrics into ours: the driver asks only us. */
final class NetworkFaults implements AutoCloseable {
    private static final String NAME = "suiload_node_faults_injected_total";
    private static final Pattern LINE = Pattern.compile(NAME + "\\{kind=\"([a-z_]+)\"\\} ([0-9.eE+]+)");
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofMillis(500);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(BOUND).build();
    private final HttpRequest request;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, Double> counts = Map.of();
    private long readAt = System.nanoTime() - FRESH.toNanos();

    private NetworkFaults(URI network) {
        request = HttpRequest.newBuilder(network.resolve("/metrics")).timeout(BOUND).build();
    }

    /** Shows the network's counts in {@code metrics}, read again at each scrape. */
    static NetworkFaults register(URI network, Metrics metrics) {
        var faults = new NetworkFaults(network);
        for (String kind : faults.counts().keySet()) {
            metrics.counter(NAME, "Faults that the embedded network injected.", () -> faults.counts().getOrDefault(kind, Double.NaN), "kind", kind);
        }
        return faults;
    }

    private Map<String, Double> counts() {
        lock.lock();
        try {
            if (System.nanoTime() - readAt > FRESH.toNanos()) {
                counts = read();
                readAt = System.nanoTime();
            }
            return counts;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Double> read() {
        try {
            Matcher matcher = LINE.matcher(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            Map<String, Double> found = new TreeMap<>();
            while (matcher.find()) found.put(matcher.group(1), Double.parseDouble(matcher.group(2)));
            return found;
        } catch (IOException e) {
            Log.warn("localnet_metrics_unread", "reason", e.getMessage());
            return counts;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return counts;
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
