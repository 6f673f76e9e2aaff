package suiload.sui;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.metrics.Deadline;

/**
 * A Sui full node. Every call ends by its deadline, one way or the other, and every failure is a {@link NodeException}.
 * Reads are retried within bounds; {@link #execute} is one attempt, since what to do after a lost answer is the caller's business.
 */
public interface Node extends AutoCloseable {
    /** The most objects or transactions that one call asks for; larger sets are read in several calls. */
    int BATCH_MAX = 50;

    /** The same node, its calls counted under {@code cause}. */
    Node because(Cause cause);

    /**
     * Submits the signed bytes and waits for final effects. Executed-but-failed is a result, not an exception.
     *
     * @throws NodeException.Rejected when these bytes were refused before execution: definite unless an earlier submission is in doubt
     * @throws NodeException.OutcomeUnknown when they may or may not have been executed
     */
    Executed execute(SignedTransaction transaction, Deadline deadline);

    /** An executed transaction; empty when the node does not know it, which may be lag of some hundred milliseconds. */
    Optional<Executed> transaction(Digest digest, Deadline deadline);

    /** The newest versions of these objects; the missing, deleted and wrapped are absent, and so are packages. */
    Map<Address, ObjectView> objects(Collection<Address> ids, Deadline deadline);

    /**
     * One page of the objects of a type that an address owns; coins come richest first.
     *
     * @param limit 1…1000; a page may hold fewer although more follow
     */
    Page<ObjectView> owned(Address owner, StructTag type, Optional<Bytes> cursor, int limit, Deadline deadline);

    /** MIST per gas unit, of the current epoch. */
    long referenceGasPrice(Deadline deadline);

    NodeInfo info(Deadline deadline);

    /** Its checkpoints as they come; empty where its protocol cannot be followed, and what changes has to be read again. */
    Optional<CheckpointSource> checkpoints();

    @Override
    void close();
}
