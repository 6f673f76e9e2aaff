package suiload.transactions;

import java.util.Optional;

/**
 * Requests with an {@code Idempotency-Key}: the first does the work, every later one gets the same answer, for 24 hours and
 * across restarts. Answers 200 and 422 are kept; after any other the key is open again.
 */
public final class Idempotency {
    /** What a request does. It runs at most once at a time per key. */
    public interface Work<E extends Exception> {
        /** @param claim to hand to {@link Transactions#send(Intent, Claim)}, or to {@link Claim#keep} */
        Reply reply(Claim claim) throws E;
    }

    /**
     * Does the work, or gives the answer it had before. One that comes while the first runs waits for it, within its own deadline.
     *
     * @throws SendException.KeyReused when the key came with another body
     * @throws SendException.DeadlineExpired when the first one is not done by the deadline
     */
    public <E extends Exception> Reply run(Optional<IdempotencyKey> key, Work<E> work) throws E {
        throw new UnsupportedOperationException("not yet");
    }
}
