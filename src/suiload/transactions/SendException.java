package suiload.transactions;

import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.Digest;

/** Why a write got no outcome here and now. */
public abstract sealed class SendException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private SendException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The caller's deadline passed. A transaction that was stored by then goes on; one that was not is dropped. 408. */
    public static final class DeadlineExpired extends SendException {
        private static final long serialVersionUID = 1;
        private final transient Digest digest;

        DeadlineExpired(Digest digest) {
            super("the deadline passed before the outcome was known", null);
            this.digest = digest;
        }

        /** The transaction that goes on; empty when nothing was stored. */
        public Optional<Digest> digest() {
            return Optional.ofNullable(digest);
        }
    }

    /** The key came before with another body. 422. */
    public static final class KeyReused extends SendException {
        private static final long serialVersionUID = 1;

        KeyReused() {
            super("this Idempotency-Key was used before with a different body", null);
        }
    }

    /** The key has no valid form. 400. */
    public static final class BadKey extends SendException {
        private static final long serialVersionUID = 1;

        BadKey(String message) {
            super(message, null);
        }
    }

    /** The sender has as many transactions waiting as are allowed. 503. */
    public static final class BacklogFull extends SendException {
        private static final long serialVersionUID = 1;

        BacklogFull(String message) {
            super(message, null);
        }
    }

    /** An object that the transaction needs is not on chain. Nothing was stored. 404. */
    public static final class NotOnChain extends SendException {
        private static final long serialVersionUID = 1;
        private final transient Address id;

        NotOnChain(Address id) {
            super("object " + id + " is not on chain", null);
            this.id = id;
        }

        public Address id() {
            return id;
        }
    }

    /** The service is going down and takes no new writes. 503. */
    public static final class ShuttingDown extends SendException {
        private static final long serialVersionUID = 1;

        ShuttingDown() {
            super("shutting down", null);
        }
    }
}
