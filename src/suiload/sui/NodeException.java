package suiload.sui;

import java.time.Duration;
import java.util.Optional;

/**
 * What can go wrong with a call to a node, by what the caller may conclude from it (facts: sui-grpc.md sections 1.11 and 1.12,
 * sui-transactions.md section 9).
 */
public abstract sealed class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private NodeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Why a transaction was refused before execution. */
    public enum Kind {
        /** An owned reference, the gas price or the expiration is out of date: rebuild with fresh ones. */
        STALE,
        /** An owned object is locked by another transaction: wait, then look again. */
        CONFLICT,
        /** The gas coin cannot cover the budget. */
        INSUFFICIENT_GAS,
        /** Never valid, however often it is sent. */
        INVALID
    }

    /** A definite no: this submission did not execute the transaction. */
    public static final class Rejected extends NodeException {
        private static final long serialVersionUID = 1;
        private final Kind kind;

        public Rejected(Kind kind, String text) {
            super(text, null);
            this.kind = kind;
        }

        public Kind kind() {
            return kind;
        }
    }

    /** A submission whose answer is lost, timed out or undecided: look the digest up, then resubmit the same bytes. */
    public static final class OutcomeUnknown extends NodeException {
        private static final long serialVersionUID = 1;

        public OutcomeUnknown(String text, Throwable cause) {
            super(text, cause);
        }
    }

    /** The node limits our rate, and the deadline left no room to wait. The call had no effect. */
    public static final class RateLimited extends NodeException {
        private static final long serialVersionUID = 1;
        private final Duration retryAfter;

        public RateLimited(String text, Duration retryAfter) {
            super(text, null);
            this.retryAfter = retryAfter;
        }

        /** How long to wait, as the node asked or else as we guess. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The node cannot be reached or is out of order. A read that ends so may be repeated; a submission did not reach it. */
    public static final class Unavailable extends NodeException {
        private static final long serialVersionUID = 1;

        public Unavailable(String text, Throwable cause) {
            super(text, cause);
        }
    }

    /** The deadline passed before a read was answered. */
    public static final class TimedOut extends NodeException {
        private static final long serialVersionUID = 1;

        public TimedOut(String text, Throwable cause) {
            super(text, cause);
        }
    }

    /** The node answered something that cannot be understood, or said that our request is malformed. */
    public static final class Nonsense extends NodeException {
        private static final long serialVersionUID = 1;

        public Nonsense(String text, Throwable cause) {
            super(text, cause);
        }
    }

    /** The message of the cause's root, for one-line logs. */
    public Optional<String> root() {
        Throwable deepest = getCause();
        while (deepest != null && deepest.getCause() != null) deepest = deepest.getCause();
        return Optional.ofNullable(deepest).map(Throwable::toString);
    }
}
