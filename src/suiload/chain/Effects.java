package suiload.chain;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;

/**
 * Transaction effects V2: how a transaction ended, what it cost and every object it changed, sorted by id. References
 * for follow-up transactions come from here: id, lamport version, output digest.
 */
public record Effects(ExecutionStatus status, long epoch, GasUsed gasUsed, Digest transaction, Optional<Long> gasObjectIndex,
        Optional<Digest> events, List<Digest> dependencies, long lamportVersion, List<ChangedObject> changedObjects,
        List<UnchangedConsensusObject> unchangedConsensusObjects, Optional<Digest> auxiliaryData) {

    public Effects {
        dependencies = List.copyOf(dependencies);
        changedObjects = List.copyOf(changedObjects);
        unchangedConsensusObjects = List.copyOf(unchangedConsensusObjects);
    }

    public Bytes encode() {
        return encoded().toBytes();
    }

    private BcsWriter encoded() {
        var out = new BcsWriter(2048);
        write(out);
        return out;
    }

    public static Effects decode(byte[] bcs) {
        return BcsReader.decode(bcs, Effects::read);
    }

    public Digest digest() {
        return Digest.hash(Digest.Domain.EFFECTS, encoded().toByteArray());
    }

    /** The new reference of an object that was written; empty for one deleted, wrapped or not touched. */
    public Optional<ObjectRef> written(Address id) {
        for (ChangedObject change : changedObjects) {
            if (change.id().equals(id) && change.output() instanceof ChangedObject.Output.ObjectWrite(Digest digest, Owner owner)) {
                return Optional.of(new ObjectRef(id, lamportVersion, digest));
            }
        }
        return Optional.empty();
    }

    /** The gas coin's new reference; empty when gas came from an address balance. */
    public Optional<ObjectRef> gasCoin() {
        return gasObjectIndex.flatMap(index -> written(changedObjects.get(Math.toIntExact(index)).id()));
    }

    public void write(BcsWriter out) {
        out.uleb(1);
        status.write(out);
        out.u64(epoch);
        gasUsed.write(out);
        transaction.write(out);
        out.option(gasObjectIndex, BcsWriter::u32).option(events, (w, digest) -> digest.write(w));
        out.vector(dependencies, (w, digest) -> digest.write(w)).u64(lamportVersion);
        out.vector(changedObjects, (w, change) -> change.write(w));
        out.vector(unchangedConsensusObjects, (w, object) -> object.write(w));
        out.option(auxiliaryData, (w, digest) -> digest.write(w));
    }

    public static Effects read(BcsReader in) {
        int version = in.variant();
        if (version != 1) throw in.unknownVariant("TransactionEffects", version);
        return new Effects(ExecutionStatus.read(in), in.u64(), GasUsed.read(in), Digest.read(in), in.option(BcsReader::u32),
                in.option(Digest::read), in.vector(Digest::read), in.u64(), in.vector(ChangedObject::read),
                in.vector(UnchangedConsensusObject::read), in.option(Digest::read));
    }
}
