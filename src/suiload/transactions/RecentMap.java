package suiload.transactions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;

/** A map that forgets what was not used for longest once it is full. Thread-safe. */
final class RecentMap<K, V> {
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int max;

    RecentMap(int max) {
        this.max = max;
    }

    Optional<V> get(K key) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(key));
        } finally {
            lock.unlock();
        }
    }

    void put(K key, V value) {
        merge(key, value, (before, after) -> after);
    }

    /** Puts what {@code choice} makes of the value that was there and the new one. */
    void merge(K key, V value, BinaryOperator<V> choice) {
        lock.lock();
        try {
            entries.merge(key, value, choice);
            if (entries.size() > max) {
                var oldest = entries.entrySet().iterator();
                oldest.next();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(K key) {
        lock.lock();
        try {
            entries.remove(key);
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
