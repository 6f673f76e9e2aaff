package suiload.transactions;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import suiload.chain.Address;
import suiload.chain.ObjectRef;
import suiload.metrics.Deadline;
import suiload.sui.Executed;

/**
 * What is known without asking a node: current references of owned objects, initial versions of shared ones, gas coins with
 * their balances. Filled from the effects of transactions, from reads where nothing is known, bounded in entries.
 */
public final class References {
    /** Takes over every reference that these effects carry. Own transactions are learned by themselves. */
    public void learn(Executed executed) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Takes over a coin that is known from elsewhere, from the funding transaction that made it for example. */
    public void learnCoin(Address owner, ObjectRef coin, long balance) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Takes over the version at which an object was shared, known from a read for another reason. */
    public void learnShared(Address id, long initialVersion) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Takes over a reference known from a read for another reason. */
    public void learnOwned(ObjectRef ref) {
        throw new UnsupportedOperationException("not yet");
    }

    /** MIST on the coin that pays for this address, as far as known; asks no node. */
    public OptionalLong gasBalance(Address owner) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The current reference of an owned object, as far as known; asks no node. */
    public Optional<ObjectRef> known(Address id) {
        throw new UnsupportedOperationException("not yet");
    }

    /** A SUI coin and what is on it, in MIST. */
    public record Coin(ObjectRef ref, long balance) {}

    /** The SUI coins of an address, richest first, read from the node; at most {@code limit}, 1…1000. */
    public List<Coin> coins(Address owner, int limit, Deadline deadline) {
        throw new UnsupportedOperationException("not yet");
    }
}
