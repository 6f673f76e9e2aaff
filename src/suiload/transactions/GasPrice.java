package suiload.transactions;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import suiload.metrics.Deadline;
import suiload.sui.Node;
import suiload.sui.NodeException;

/** The reference gas price, read once per epoch. That an epoch began is seen in the effects of any transaction. */
final class GasPrice {
    private static final long UNKNOWN = -1;

    private final Node node;
    /** One read at a time: who waits for it takes what it brought. */
    private final ReentrantLock reading = new ReentrantLock();
    private volatile long price = UNKNOWN;
    private volatile long epoch = UNKNOWN;

    GasPrice(Node node) {
        this.node = node;
    }

    /** MIST per gas unit. */
    long current(Deadline deadline) {
        long known = price;
        if (known != UNKNOWN) return known;
        if (!entered(deadline)) throw new NodeException.TimedOut("waiting for the gas price", null);
        try {
            // Read once: another thread may forget it at any time.
            long now = price;
            if (now != UNKNOWN) return now;
            long read = node.referenceGasPrice(deadline);
            price = read;
            return read;
        } finally {
            reading.unlock();
        }
    }

    private boolean entered(Deadline deadline) {
        try {
            return reading.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void seen(long executedInEpoch) {
        if (executedInEpoch <= epoch) return;
        if (epoch != UNKNOWN) price = UNKNOWN;
        epoch = executedInEpoch;
    }

    void forget() {
        price = UNKNOWN;
    }
}
