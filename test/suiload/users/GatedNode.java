package suiload.users;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.metrics.Deadline;
import suiload.sui.Cause;
import suiload.sui.CheckpointSource;
import suiload.sui.Executed;
import suiload.sui.Node;
import suiload.sui.NodeInfo;
import suiload.sui.ObjectView;
import suiload.sui.Page;

/** A node whose submissions arrive, or not, but are not answered while the gate is shut. */
final class GatedNode implements Node {
    private final Node real;
    private final CountDownLatch gate;
    private final boolean executesFirst;

    GatedNode(Node real, CountDownLatch gate, boolean executesFirst) {
        this.real = real;
        this.gate = gate;
        this.executesFirst = executesFirst;
    }

    @Override
    public Executed execute(SignedTransaction transaction, Deadline deadline) {
        if (executesFirst) real.execute(transaction, deadline);
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return real.execute(transaction, deadline);
    }

    @Override
    public Node because(Cause cause) {
        return new GatedNode(real.because(cause), gate, executesFirst);
    }

    @Override
    public Optional<Executed> transaction(Digest digest, Deadline deadline) {
        return real.transaction(digest, deadline);
    }

    @Override
    public Map<Address, ObjectView> objects(Collection<Address> ids, Deadline deadline) {
        return real.objects(ids, deadline);
    }

    @Override
    public Page<ObjectView> owned(Address owner, StructTag type, Optional<Bytes> cursor, int limit, Deadline deadline) {
        return real.owned(owner, type, cursor, limit, deadline);
    }

    @Override
    public long referenceGasPrice(Deadline deadline) {
        return real.referenceGasPrice(deadline);
    }

    @Override
    public NodeInfo info(Deadline deadline) {
        return real.info(deadline);
    }

    @Override
    public Optional<CheckpointSource> checkpoints() {
        return real.checkpoints();
    }

    @Override
    public void close() {
        real.close();
    }
}
