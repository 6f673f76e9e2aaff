package suiload.messaging;

import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import suiload.chain.Address;
import suiload.metrics.Counter;
import suiload.metrics.Metrics;

/**
 * Messages by channel and index. A message never changes, so what is here is right for ever; the least recently used go when
 * their bytes exceed the bound. Thread-safe.
 */
final class MessageCache {
    private record Key(Address channel, long index) {}

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Key, Message> messages = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;
    private final Counter hits;
    private final Counter misses;

    MessageCache(long maxBytes, Metrics metrics) {
        this.maxBytes = maxBytes;
        hits = metrics.counter("suiload_message_cache_hits_total", "Messages served from memory.");
        misses = metrics.counter("suiload_message_cache_misses_total", "Messages that had to be read from the node.");
        metrics.gauge("suiload_message_cache_bytes", "Estimated size of the messages in memory.", this::bytes);
    }

    void put(Address channel, long index, Message message) {
        lock.lock();
        try {
            if (messages.put(new Key(channel, index), message) == null) bytes += message.weight();
            while (bytes > maxBytes) bytes -= messages.pollFirstEntry().getValue().weight();
        } finally {
            lock.unlock();
        }
    }

    /** Those of {@code from}…{@code to}−1 that are here, by index, newest first. */
    TreeMap<Long, Message> range(Address channel, long from, long to) {
        TreeMap<Long, Message> found = new TreeMap<>(java.util.Comparator.reverseOrder());
        lock.lock();
        try {
            for (long index = from; index < to; index++) {
                Message message = messages.get(new Key(channel, index));
                if (message != null) found.put(index, message);
            }
        } finally {
            lock.unlock();
        }
        hits.add(found.size());
        misses.add(to - from - found.size());
        return found;
    }

    void clear() {
        lock.lock();
        try {
            messages.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }
}
