package suiload.chain;

import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** What a transaction did to one object. */
public record ChangedObject(Address id, Optional<Input> input, Output output, IdOperation operation) {
    /** The object before: absent when it did not exist. */
    public record Input(long version, Digest digest, Owner owner) {}

    /** The object after, or what else the transaction did under its id: an {@link AccumulatorWrite} is no object. */
    public sealed interface Output permits Output.NotExist, Output.ObjectWrite, Output.PackageWrite, AccumulatorWrite {
        record NotExist() implements Output {}

        /** Its version is the effects' lamport version. */
        record ObjectWrite(Digest digest, Owner owner) implements Output {}

        record PackageWrite(long version, Digest digest) implements Output {}
    }

    /** BCS order. */
    public enum IdOperation { NONE, CREATED, DELETED }

    public static ChangedObject created(Address id, Digest digest, Owner owner) {
        return new ChangedObject(id, Optional.empty(), new Output.ObjectWrite(digest, owner), IdOperation.CREATED);
    }

    public static ChangedObject mutated(Address id, Input before, Digest digest, Owner owner) {
        return new ChangedObject(id, Optional.of(before), new Output.ObjectWrite(digest, owner), IdOperation.NONE);
    }

    public static ChangedObject deleted(Address id, Input before) {
        return new ChangedObject(id, Optional.of(before), new Output.NotExist(), IdOperation.DELETED);
    }

    void write(BcsWriter out) {
        id.write(out);
        out.option(input, (w, before) -> {
            w.u64(before.version);
            before.digest.write(w);
            before.owner.write(w);
        });
        switch (output) {
            case Output.NotExist() -> out.uleb(0);
            case Output.ObjectWrite(Digest digest, Owner owner) -> {
                digest.write(out.uleb(1));
                owner.write(out);
            }
            case Output.PackageWrite(long version, Digest digest) -> digest.write(out.uleb(2).u64(version));
            case AccumulatorWrite write -> write.write(out.uleb(3));
        }
        out.uleb(operation.ordinal());
    }

    static ChangedObject read(BcsReader in) {
        return new ChangedObject(Address.read(in), in.option(r -> new Input(r.u64(), Digest.read(r), Owner.read(r))), output(in),
                operation(in));
    }

    private static Output output(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new Output.NotExist();
            case 1 -> new Output.ObjectWrite(Digest.read(in), Owner.read(in));
            case 2 -> new Output.PackageWrite(in.u64(), Digest.read(in));
            case 3 -> AccumulatorWrite.read(in);
            default -> throw in.unknownVariant("OutputState", variant);
        };
    }

    private static IdOperation operation(BcsReader in) {
        int variant = in.variant();
        if (variant > 2) throw in.unknownVariant("IdOperation", variant);
        return IdOperation.values()[variant];
    }
}
