package suiload.localnet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import suiload.metrics.Log;

/** Closes checkpoints as time goes by and, once no crash can undo one, tells whoever listens. */
final class CheckpointClock implements AutoCloseable {
    /** Without transactions a checkpoint comes this often only: the clock moves, the journal grows slowly. */
    private static final long IDLE_MS = 1_000;

    private final LedgerConfig config;
    private final LedgerStore store;
    private final ReentrantLock ledgerLock;
    /** Keeps checkpoints in order on their way to the listeners. */
    private final ReentrantLock order = new ReentrantLock();
    private final List<Consumer<Checkpoint>> listeners = new CopyOnWriteArrayList<>();
    private final Thread ticker;
    private volatile Checkpoint latest;
    private volatile boolean closed;

    CheckpointClock(LedgerConfig config, LedgerStore store, ReentrantLock ledgerLock) {
        this.config = config;
        this.store = store;
        this.ledgerLock = ledgerLock;
        latest = store.latestCheckpoint();
        ticker = Thread.ofPlatform().name("ledger-checkpoints").daemon(true).unstarted(this::tick);
        if (config.checkpointInterval().isPositive()) ticker.start();
    }

    private void tick() {
        try {
            while (!closed) {
                if (due()) checkpointNow();
                LockSupport.parkNanos(config.checkpointInterval().toNanos());
            }
        } catch (LedgerException e) {
            // The journal cannot be written any more: nothing can be executed either, and says so to whoever tries.
            Log.error("ledger.checkpoints.ended", e);
        }
    }

    private boolean due() {
        ledgerLock.lock();
        try {
            return store.hasUnincluded() || nowMs() - store.latestCheckpoint().timestampMs() >= IDLE_MS;
        } finally {
            ledgerLock.unlock();
        }
    }

    private long nowMs() {
        return config.clock().instant().toEpochMilli();
    }

    /** The newest one that is durable. */
    Checkpoint latest() {
        return latest;
    }

    Checkpoint checkpointNow() {
        order.lock();
        try {
            Closed closing = close(nowMs());
            store.awaitDurable(closing.end);
            store.unconfirmed().confirmedUpTo(closing.end);
            Checkpoint checkpoint = closing.checkpoint;
            latest = checkpoint;
            listeners.forEach(listener -> tell(listener, checkpoint));
            return checkpoint;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("interrupted while closing a checkpoint", e);
        } finally {
            order.unlock();
        }
    }

    /** A listener's fault is its own: the others and the clock go on. */
    private static void tell(Consumer<Checkpoint> listener, Checkpoint checkpoint) {
        try {
            listener.accept(checkpoint);
        } catch (RuntimeException e) {
            Log.error("ledger.listener.failed", e, "checkpoint", checkpoint.sequence());
        }
    }

    /** @param end of the journal, for the wait until it is durable */
    private record Closed(Checkpoint checkpoint, long end) {}

    private Closed close(long nowMs) {
        ledgerLock.lock();
        try {
            return new Closed(store.closeCheckpoint(nowMs), store.end());
        } finally {
            ledgerLock.unlock();
        }
    }

    Ledger.Subscription subscribe(Consumer<Checkpoint> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(ticker);
        try {
            ticker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
