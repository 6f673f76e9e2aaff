package suiload.transactions;

import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long one errand has waited for the node, the wait under way included: whoever gives up at its deadline has waited too. One
 * thread waits, another may ask. Thread-safe.
 */
final class ChainTime {
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private long ended;
    private OptionalLong began = OptionalLong.empty();

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    ChainTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Makes a call that waits for the node. */
    <T> T timed(Supplier<T> call) {
        begin();
        try {
            return call.get();
        } finally {
            end();
        }
    }

    long nanos() {
        lock.lock();
        try {
            return ended + underWay();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        lock.lock();
        try {
            began = OptionalLong.of(nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended += underWay();
            began = OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    private long underWay() {
        return began.isPresent() ? nanoTime.getAsLong() - began.getAsLong() : 0;
    }
}
