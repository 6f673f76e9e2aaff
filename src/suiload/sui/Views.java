package suiload.sui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Event;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.grpcweb.proto.Bcs;
import suiload.grpcweb.proto.ChangedObject;
import suiload.grpcweb.proto.Checkpoint;
import suiload.grpcweb.proto.ExecutedTransaction;
import suiload.grpcweb.proto.GetServiceInfoResponse;

/**
 * The node's messages as our records. A message that lacks what was asked for throws IllegalArgumentException, or BcsException where its
 * bytes are no BCS: the caller turns both into {@link NodeException.Nonsense}.
 */
final class Views {
    private Views() {}

    static Executed executed(ExecutedTransaction transaction) {
        require(transaction.getEffects().getBcs().hasValue(), "effects.bcs");
        Effects effects = Effects.decode(transaction.getEffects().getBcs().getValue().toByteArray());
        return new Executed(Digest.parse(transaction.getDigest()), effects, events(transaction),
                transaction.hasCheckpoint() ? Optional.of(transaction.getCheckpoint()) : Optional.empty());
    }

    /** Empty for a package. */
    static Optional<ObjectView> object(suiload.grpcweb.proto.Object object) {
        boolean complete = object.hasVersion() && object.hasDigest() && object.hasOwner() && object.hasObjectType();
        require(complete, "version, digest, owner or object_type");
        if (object.getObjectType().equals("package")) return Optional.empty();
        var ref = new ObjectRef(Address.parse(object.getObjectId()), object.getVersion(), Digest.parse(object.getDigest()));
        StructTag type = StructTag.parseBuilt(object.getObjectType());
        Optional<Digest> writer = Optional.of(object.getPreviousTransaction()).filter(text -> !text.isEmpty()).map(Digest::parse);
        return Optional.of(new ObjectView(ref, owner(object.getOwner()), type, bytes(object.getContents()), writer));
    }

    static NodeInfo info(GetServiceInfoResponse info) {
        Digest chain = Digest.parse(info.getChainId());
        return new NodeInfo(chain, info.getChain(), info.getEpoch(), info.getCheckpointHeight(), info.getServer());
    }

    /** One that is taken for empty, or for another, would hide for ever what is in it. */
    static CheckpointView checkpoint(long sequence, Checkpoint checkpoint) {
        require(checkpoint.hasSequenceNumber() && checkpoint.getSequenceNumber() == sequence, "checkpoint " + sequence);
        return new CheckpointView(sequence, checkpoint.getTransactionsList().stream().map(Views::entry).toList());
    }

    private static CheckpointView.Entry entry(ExecutedTransaction transaction) {
        require(transaction.getEffects().getStatus().hasSuccess(), "effects.status");
        List<CheckpointView.Written> written = new ArrayList<>();
        for (ChangedObject change : transaction.getEffects().getChangedObjectsList()) {
            if (change.getOutputState() == ChangedObject.OutputObjectState.OUTPUT_OBJECT_STATE_OBJECT_WRITE) {
                readable(() -> written(change)).ifPresent(written::add);
            }
        }
        return new CheckpointView.Entry(Digest.parse(transaction.getDigest()), transaction.getEffects().getStatus().getSuccess(),
                transaction.getEvents().getEventsList().stream().flatMap(each -> readable(() -> event(each)).stream()).toList(), written);
    }

    /** A checkpoint holds everybody's transactions: what of them we cannot read is not of our contract, and must not hide what is. */
    private static <T> Optional<T> readable(Supplier<T> view) {
        try {
            return Optional.of(view.get());
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static CheckpointView.Written written(ChangedObject change) {
        Optional<StructTag> type = change.hasObjectType() && !change.getObjectType().equals("package")
                ? Optional.of(StructTag.parseBuilt(change.getObjectType())) : Optional.empty();
        return new CheckpointView.Written(Address.parse(change.getObjectId()),
                change.getIdOperation() == ChangedObject.IdOperation.CREATED, owner(change.getOutputOwner()), type);
    }

    private static List<Event> events(ExecutedTransaction transaction) {
        return transaction.getEvents().getEventsList().stream().map(Views::event).toList();
    }

    private static Event event(suiload.grpcweb.proto.Event event) {
        return new Event(Address.parse(event.getPackageId()), event.getModule(), Address.parse(event.getSender()),
                StructTag.parseBuilt(event.getEventType()), bytes(event.getContents()));
    }

    private static Owner owner(suiload.grpcweb.proto.Owner owner) {
        return switch (owner.getKind()) {
            case ADDRESS -> new Owner.AddressOwner(Address.parse(owner.getAddress()));
            case OBJECT -> new Owner.ObjectOwner(Address.parse(owner.getAddress()));
            case SHARED -> new Owner.Shared(owner.getVersion());
            case IMMUTABLE -> new Owner.Immutable();
            case CONSENSUS_ADDRESS -> new Owner.ConsensusAddress(owner.getVersion(), Address.parse(owner.getAddress()));
            case OWNER_KIND_UNKNOWN, UNRECOGNIZED -> throw new IllegalArgumentException("an owner of unknown kind");
        };
    }

    private static Bytes bytes(Bcs bcs) {
        return Bytes.of(bcs.getValue().toByteArray());
    }

    private static void require(boolean present, String fields) {
        if (!present) throw new IllegalArgumentException("the node left out " + fields);
    }
}
