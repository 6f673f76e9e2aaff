package suiload.load;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What became of one user's messages: a few bits for each, so that hours of sending stay small. */
final class Sent {
    /** Accepted messages that no poll has shown yet; of more than these the oldest lose their delivery latency. */
    private static final int AWAITED_MAX = 256;

    private final Measurements measurements;
    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet accepted = new BitSet();
    private final BitSet unknown = new BitSet();
    private final BitSet seen = new BitSet();
    private final Map<Integer, Long> awaited = new LinkedHashMap<>();
    private final Map<Integer, String> digests = new LinkedHashMap<>();

    Sent(Measurements measurements) {
        this.measurements = measurements;
    }

    /** The service acknowledged it. */
    void accepted(int number, long nanos) {
        lock.lock();
        try {
            accepted.set(number);
            measurements.count(MetricName.MESSAGES_SENT, 1);
            if (seen.get(number)) measurements.time(MetricName.MESSAGE_DELIVERY_LATENCY, 0);
            else await(number, nanos);
        } finally {
            lock.unlock();
        }
    }

    /** The last attempt brought no verdict: it may or may not be in the channel. */
    void unknown(int number, Optional<String> digest) {
        lock.lock();
        try {
            unknown.set(number);
            digest.ifPresent(known -> digests.put(number, known));
        } finally {
            lock.unlock();
        }
    }

    /** A poll of a passive user shows it. */
    void seen(int number, long nanos) {
        lock.lock();
        try {
            if (seen.get(number)) return;
            seen.set(number);
            measurements.count(MetricName.MESSAGES_SEEN, 1);
            Long since = awaited.remove(number);
            if (since != null) measurements.time(MetricName.MESSAGE_DELIVERY_LATENCY, Math.max(0, nanos - since));
        } finally {
            lock.unlock();
        }
    }

    /** Accepted ones that are not in {@code found}. */
    BitSet missing(BitSet found) {
        lock.lock();
        try {
            BitSet missing = (BitSet) accepted.clone();
            missing.andNot(found);
            return missing;
        } finally {
            lock.unlock();
        }
    }

    /** Those without a verdict that are not in {@code found} either, with their digest where one is known. */
    Map<Integer, Optional<String>> undecided(BitSet found) {
        lock.lock();
        try {
            Map<Integer, Optional<String>> undecided = new LinkedHashMap<>();
            unknown.stream().filter(number -> !found.get(number)).forEach(number ->
                    undecided.put(number, Optional.ofNullable(digests.get(number))));
            return undecided;
        } finally {
            lock.unlock();
        }
    }

    /** The final reading found these: a message without a verdict was sent after all, and one not yet seen is seen now. */
    void settle(BitSet found) {
        lock.lock();
        try {
            BitSet decided = (BitSet) unknown.clone();
            decided.and(found);
            measurements.count(MetricName.MESSAGES_SENT, decided.cardinality());
            unknown.andNot(found);
            BitSet newlySeen = (BitSet) found.clone();
            newlySeen.andNot(seen);
            measurements.count(MetricName.MESSAGES_SEEN, newlySeen.cardinality());
            seen.or(found);
        } finally {
            lock.unlock();
        }
    }

    private void await(int number, long nanos) {
        awaited.put(number, nanos);
        if (awaited.size() > AWAITED_MAX) awaited.remove(awaited.keySet().iterator().next());
    }
}
