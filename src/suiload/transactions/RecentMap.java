package suiload.transactions;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;

/** A map that forgets what was not used for longest once its values weigh more than they may. Thread-safe. */
public final class RecentMap<K, V> {
    private final long max;
    private final ToLongFunction<V> weigher;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /** @param max entries */
    RecentMap(int max) {
        this(max, _ -> 1);
    }

    /**
     * @param max weight of all values together
     * @param weigher what a value weighs, always the same for the same value; rough bytes, for instance
     */
    public RecentMap(long max, ToLongFunction<V> weigher) {
        this.max = max;
        this.weigher = weigher;
    }

    /** What was put under {@code key}, unless it is forgotten; it counts as used now. */
    public Optional<V> get(K key) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(key));
        } finally {
            lock.unlock();
        }
    }

    /** Puts {@code value} in place of what was there. */
    public void put(K key, V value) {
        merge(key, value, (before, after) -> after);
    }

    /** Puts what {@code choice} makes of the value that was there and the new one. */
    void merge(K key, V value, BinaryOperator<V> choice) {
        lock.lock();
        try {
            V before = entries.get(key);
            V after = before == null ? value : choice.apply(before, value);
            entries.put(key, after);
            weight += weigher.applyAsLong(after) - (before == null ? 0 : weigher.applyAsLong(before));
            while (weight > max) weight -= weigher.applyAsLong(entries.pollFirstEntry().getValue());
        } finally {
            lock.unlock();
        }
    }

    void remove(K key) {
        lock.lock();
        try {
            V before = entries.remove(key);
            if (before != null) weight -= weigher.applyAsLong(before);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    public void clear() {
        lock.lock();
        try {
            entries.clear();
            weight = 0;
        } finally {
            lock.unlock();
        }
    }

    /** What all values weigh together. */
    public long weight() {
        lock.lock();
        try {
            return weight;
        } finally {
            lock.unlock();
        }
    }

    /** Entries held. */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }
}
