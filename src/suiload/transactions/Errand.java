package suiload.transactions;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import suiload.chain.Digest;
import suiload.metrics.Deadline;

/**
 * One write on its way, as seen by who wants it: queued, then under way, then done. Who wants it may stop waiting: a queued one is dropped
 * then, one under way goes on without.
 */
final class Errand {
    /** Kept back from the caller's deadline, for telling it so in time. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    /** @param reply only where one is wanted */
    record Result(Outcome outcome, Optional<Reply> reply) {}

    /** What is to be done, in the turn. */
    interface Work {
        Result perform(Errand errand) throws InterruptedException;
    }

    private enum State { QUEUED, UNDER_WAY, DROPPED }

    private final Optional<Claim> claim;
    private final Deadline deadline;
    private final long outflow;
    private final boolean leftOver;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private final ChainTime chainTime = new ChainTime(System::nanoTime);
    private volatile Digest digest;
    private boolean left;

    /**
     * @param claim whose reply is wanted; empty when only the outcome is. Held until the errand is done.
     * @param outflow MIST that leave the gas coin besides gas
     */
    Errand(Optional<Claim> claim, Deadline deadline, long outflow) {
        this(claim, deadline, outflow, false);
    }

    private Errand(Optional<Claim> claim, Deadline deadline, long outflow, boolean leftOver) {
        this.claim = claim;
        this.deadline = deadline;
        this.outflow = outflow;
        this.leftOver = leftOver;
    }

    /** Takes up what nobody works on any more; for as long as it takes. */
    static Errand leftOver(Optional<Claim> claim) {
        return new Errand(claim, Deadline.never(), 0, true);
    }

    boolean leftOver() {
        return leftOver;
    }

    boolean wantsReply() {
        return claim.isPresent();
    }

    Optional<Claim.Key> key() {
        return claim.flatMap(Claim::key);
    }

    Deadline deadline() {
        return deadline;
    }

    long outflow() {
        return outflow;
    }

    /** Time spent waiting for the node so far. */
    ChainTime chainTime() {
        return chainTime;
    }

    /** @return false when who wanted it has left without a digest, so that nothing may go on */
    synchronized boolean storedAs(Digest digest) {
        if (left && this.digest == null) return false;
        this.digest = digest;
        return true;
    }

    /** Of the transaction that is stored for it now. */
    Optional<Digest> digest() {
        return Optional.ofNullable(digest);
    }

    /** Tells who waits, before the errand is quite done. */
    void fail(RuntimeException failure) {
        result.completeExceptionally(failure);
    }

    <T> T timed(Supplier<T> call) {
        return chainTime.timed(call);
    }

    /** Does the work, unless nobody wants it any more; lets go of the claim either way. */
    void run(Work work) {
        try {
            if (!state.compareAndSet(State.QUEUED, State.UNDER_WAY)) return;
            Result done = work.perform(this);
            // What was never stored, for want of gas, took no reply along: that one is kept by who gets it.
            if (digest != null) done.reply().ifPresent(reply -> claim.ifPresent(held -> held.answered(reply)));
            result.complete(done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(new SendException.ShuttingDown());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
            // What was stored stays open and needs somebody's eye; the rest is told to who wanted it.
            if (digest != null || e instanceof Error) throw e;
        } finally {
            claim.ifPresent(Claim::release);
        }
    }

    /** @throws SendException.DeadlineExpired when it is not done in time, or the caller is interrupted */
    Result await() {
        try {
            return result.get(Math.max(0, deadline.remaining().minus(MARGIN).toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw leave();
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Throwable bug -> new IllegalStateException(bug);
            };
        }
    }

    private synchronized SendException leave() {
        state.compareAndSet(State.QUEUED, State.DROPPED);
        left = true;
        return new SendException.DeadlineExpired(digest);
    }
}
