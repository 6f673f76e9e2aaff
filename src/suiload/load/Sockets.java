package suiload.load;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import suiload.metrics.TcpConnections;

/** How many connections were opened, by the labels that the JDK's client gives to them, and how many are open now. */
final class Sockets {
    private static final int LABEL_MAX = 100_000_000;
    private static final Predicate<String> LABEL = Pattern.compile("\\d{1,9}").asMatchPredicate();

    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet labels = new BitSet();
    private final TcpConnections connections;

    Sockets(int port) {
        this.connections = TcpConnections.to(port);
    }

    /** @return whether this connection had carried no response before */
    boolean firstUse(Optional<String> label) {
        if (label.isEmpty() || !LABEL.test(label.get())) return false;
        int number = Integer.parseInt(label.get());
        if (number > LABEL_MAX) return false;
        lock.lock();
        try {
            boolean known = labels.get(number);
            labels.set(number);
            return !known;
        } finally {
            lock.unlock();
        }
    }

    /** Established connections from this machine to the service's port; empty where the system does not tell. */
    OptionalLong openNow() {
        return connections.open();
    }
}
