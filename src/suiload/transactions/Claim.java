package suiload.transactions;

import suiload.store.Session;

/** The right to do a key's work. A request without a key has one too, which keeps nothing. */
public final class Claim {
    Claim() {}

    /**
     * Keeps the answer in the caller's own database transaction, so that the effect and its answer are stored together. Where the
     * work does not call this, its answer is stored right after it.
     */
    public void keep(Session session, Reply reply) {
        throw new UnsupportedOperationException("not yet");
    }
}
