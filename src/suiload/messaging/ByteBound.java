package suiload.messaging;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/** A map that holds so many bytes at most: then the least recently used entries go. Thread-safe. */
final class ByteBound<K, V> {
    private final long maxBytes;
    private final ToLongFunction<V> weight;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;

    /** @param weight rough bytes that a value takes, always the same for the same value */
    ByteBound(long maxBytes, ToLongFunction<V> weight) {
        this.maxBytes = maxBytes;
        this.weight = weight;
    }

    void put(K key, V value) {
        lock.lock();
        try {
            V before = entries.put(key, value);
            bytes += weight.applyAsLong(value) - (before == null ? 0 : weight.applyAsLong(before));
            while (bytes > maxBytes) bytes -= weight.applyAsLong(entries.pollFirstEntry().getValue());
        } finally {
            lock.unlock();
        }
    }

    Optional<V> get(K key) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(key));
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            entries.clear();
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
            return entries.size();
        } finally {
            lock.unlock();
        }
    }
}
