package suiload.metrics;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What belongs to the request in hand: its id, its deadline and what it cost. Thread-safe, since subtasks add to it.
 *
 * <p>Subtasks inherit {@link #CURRENT}; a background worker that outlives the request does not, and returns its cost in its result.
 */
public final class RequestContext {
    public static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

    private final String id;
    private final Deadline deadline;
    private final ReentrantLock lock = new ReentrantLock();
    private long endedNanos;
    private int underWay;
    /** Sum of the moments at which the waits under way began. */
    private long begunNanos;
    private boolean chainAsked;
    private final AtomicReference<OptionalLong> gas = new AtomicReference<>(OptionalLong.empty());

    public RequestContext(String id, Deadline deadline) {
        this.id = id;
        this.deadline = deadline;
    }

    /** The request in hand, or empty outside of one. */
    public static Optional<RequestContext> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    public String id() {
        return id;
    }

    public Deadline deadline() {
        return deadline;
    }

    /** A wait for the chain, until closed. It counts while it lasts: an answer that is sent meanwhile, at the deadline, tells of it. */
    public static final class ChainWait implements AutoCloseable {
        private final Optional<RequestContext> request;
        private final long began = System.nanoTime();

        private ChainWait(Optional<RequestContext> request) {
            this.request = request;
            request.ifPresent(context -> context.note(1, began, 0));
        }

        @Override
        public void close() {
            request.ifPresent(context -> context.note(-1, -began, System.nanoTime() - began));
        }
    }

    /** Begins a wait for the chain, on behalf of the request in hand if there is one. */
    public static ChainWait chainWait() {
        return new ChainWait(current());
    }

    /** Notes a wait for the chain of this many nanoseconds: {@code X-Contract-Duration}. */
    public void addChainTime(long nanos) {
        note(0, 0, nanos);
    }

    private void note(int more, long beginNanos, long nanos) {
        lock.lock();
        try {
            underWay += more;
            begunNanos += beginNanos;
            endedNanos += nanos;
            chainAsked = true;
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds waited for the chain so far; waits side by side count each. */
    public long chainNanos() {
        lock.lock();
        try {
            return endedNanos + underWay * System.nanoTime() - begunNanos;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the chain was asked at all. */
    public boolean chainAsked() {
        lock.lock();
        try {
            return chainAsked;
        } finally {
            lock.unlock();
        }
    }

    /** Notes what the executed transaction cost in MIST (may be negative): {@code X-Gas-Cost}. */
    public void setGas(long mist) {
        gas.set(OptionalLong.of(mist));
    }

    public OptionalLong gas() {
        return gas.get();
    }
}
