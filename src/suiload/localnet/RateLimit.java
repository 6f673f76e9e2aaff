package suiload.localnet;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** At most so many calls in any window of time, for each client address. */
final class RateLimit {
    /** Addresses remembered; the one idle for longest is forgotten first. */
    private static final int CLIENTS_MAX = 10_000;

    private final Climate.RateRule rule;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetAddress, Client> clients = new LinkedHashMap<>(16, 0.75f, true);

    RateLimit(Climate.RateRule rule, LongSupplier nanoTime) {
        this.rule = rule;
        this.nanoTime = nanoTime;
    }

    /** Counts a call; present when it is one too many: how long until the next may come. */
    Optional<Duration> refuse(InetAddress address) {
        lock.lock();
        try {
            Client client = clients.computeIfAbsent(address, a -> new Client(new long[rule.calls()]));
            if (clients.size() > CLIENTS_MAX) clients.remove(clients.keySet().iterator().next());
            return client.refuse(nanoTime.getAsLong(), rule.window().toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** The times of a client's last calls, as a ring. */
    private static final class Client {
        private final long[] times;
        private int next;
        private int count;

        Client(long[] times) {
            this.times = times;
        }

        Optional<Duration> refuse(long now, long window) {
            long free = times[next] + window;
            if (count == times.length && now - free < 0) return Optional.of(Duration.ofNanos(free - now));
            times[next] = now;
            next = (next + 1) % times.length;
            count = Math.min(count + 1, times.length);
            return Optional.empty();
        }
    }
}
