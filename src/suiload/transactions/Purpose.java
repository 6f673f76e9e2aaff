package suiload.transactions;

import java.util.Optional;
import suiload.chain.Address;
import suiload.store.Session;

/**
 * What a kind of transaction is for: what follows from its outcome. A purpose lives as long as the service and is found by its
 * name after a restart, so everything it needs to know of one transaction is in that transaction's parameters.
 */
public interface Purpose {
    /** Stored with every transaction: never change it while old rows may be open. */
    String name();

    /**
     * Records that a transaction of this purpose is under way, in the database transaction that stores it for the first time: a batch
     * reserves its rows here. When it throws, nothing is stored or submitted, and {@code send} throws the same.
     */
    default void stored(Session session, String parameters) {}

    /**
     * Records what follows from the outcome, in the database transaction that records the outcome itself: both happen or
     * neither. May run again after a crash, but never after it was committed.
     */
    default void settled(Session session, String parameters, Outcome outcome) {}

    /**
     * Told after {@link #settled} is committed: to fill caches.
     *
     * @param leftOver whether it was taken up after a crash: it may have run long ago, and more may have followed
     */
    default void recorded(String parameters, Outcome outcome, boolean leftOver) {}

    /** The answer to the request that wanted this. Same parameters and outcome, same bytes: it may be made again after a crash. */
    default Reply reply(String parameters, Outcome outcome) {
        throw new UnsupportedOperationException("purpose " + name() + " answers no request");
    }

    /** The intent anew, to rebuild a transaction that was refused after a restart; empty when its key is not at hand. */
    default Optional<Intent> rebuild(Address sender, String parameters) {
        return Optional.empty();
    }
}
