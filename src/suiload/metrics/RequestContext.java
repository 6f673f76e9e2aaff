package suiload.metrics;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * What belongs to the request in hand: its id, its deadline and what it cost. Thread-safe, since subtasks add to it.
 *
 * <p>Subtasks inherit {@link #CURRENT}; a background worker that outlives the request does not, and returns its cost in its result.
 */
public final class RequestContext {
    public static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

    private final String id;
    private final Deadline deadline;
    private final LongAdder chainNanos = new LongAdder();
    private final AtomicBoolean chainAsked = new AtomicBoolean();
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

    /** Notes a wait for the chain of this many nanoseconds: {@code X-Contract-Duration}. */
    public void addChainTime(long nanos) {
        chainNanos.add(nanos);
        chainAsked.set(true);
    }

    public long chainNanos() {
        return chainNanos.sum();
    }

    /** Whether the chain was asked at all. */
    public boolean chainAsked() {
        return chainAsked.get();
    }

    /** Notes what the executed transaction cost in MIST (may be negative): {@code X-Gas-Cost}. */
    public void setGas(long mist) {
        gas.set(OptionalLong.of(mist));
    }

    public OptionalLong gas() {
        return gas.get();
    }
}
