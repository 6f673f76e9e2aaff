package suiload.transactions;

import java.util.List;
import suiload.chain.Digest;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.sui.Node;

/**
 * Sends every transaction once. A sender's transactions run one after another, different senders' in parallel; signed bytes are
 * stored before they are first submitted, and what is stored is settled whatever breaks: the answer's loss, the caller's
 * deadline, or the service's own end.
 */
public final class Transactions implements AutoCloseable {
    /**
     * Starts with everything that an earlier life left open, which comes before anything new of the same sender.
     *
     * @param purposes all that may stand in the database
     */
    public static Transactions open(Database database, Node node, List<Purpose> purposes, Metrics metrics) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Builds, signs, stores and submits, and waits for the outcome or the request's deadline.
     *
     * @throws SendException.DeadlineExpired when the outcome is not known by then; a stored transaction goes on
     * @throws SendException.BacklogFull when the sender has too many waiting
     * @throws suiload.sui.NodeException when references are needed and cannot be read
     */
    public Outcome send(Intent intent) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The same for a request: its answer is the purpose's, and is kept under the claim's key together with the outcome. */
    public Reply send(Intent intent, Claim claim) {
        throw new UnsupportedOperationException("not yet");
    }

    /** How a transaction stands: what we know ourselves, else what the node knows. */
    public TransactionStatus status(Digest digest, Deadline deadline) {
        throw new UnsupportedOperationException("not yet");
    }

    public References references() {
        throw new UnsupportedOperationException("not yet");
    }

    public Idempotency idempotency() {
        throw new UnsupportedOperationException("not yet");
    }

    /** Takes nothing new, gives what runs a moment to settle, and leaves the rest to the next start. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not yet");
    }
}
