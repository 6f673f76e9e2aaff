package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;

/** A stored object: what an object digest is the hash of. {@code storageRebate} in MIST. */
public record SuiObject(Data data, Owner owner, Digest previousTransaction, long storageRebate) {
    public sealed interface Data {
        /** A Move value; its contents begin with the 32 bytes of its id. */
        record Move(MoveType type, boolean publicTransfer, long version, Bytes contents) implements Data {}

        record Package(MovePackage code) implements Data {}
    }

    public static SuiObject move(StructTag type, boolean publicTransfer, long version, Bytes contents, Owner owner, Digest previous,
            long rebate) {
        return new SuiObject(new Data.Move(MoveType.of(type), publicTransfer, version, contents), owner, previous, rebate);
    }

    public Address id() {
        return switch (data) {
            case Data.Move move -> Address.read(new BcsReader(move.contents));
            case Data.Package(MovePackage code) -> code.id();
        };
    }

    public long version() {
        return switch (data) {
            case Data.Move move -> move.version;
            case Data.Package(MovePackage code) -> code.version();
        };
    }

    public Digest digest() {
        return Digest.hash(Digest.Domain.OBJECT, encode().toArray());
    }

    public ObjectRef ref() {
        return new ObjectRef(id(), version(), digest());
    }

    public Bytes encode() {
        var out = new BcsWriter(512);
        write(out);
        return out.toBytes();
    }

    public void write(BcsWriter out) {
        switch (data) {
            case Data.Move(MoveType type, boolean publicTransfer, long version, Bytes contents) -> {
                type.write(out.uleb(0));
                out.bool(publicTransfer).u64(version).bytes(contents);
            }
            case Data.Package(MovePackage code) -> code.write(out.uleb(1));
        }
        owner.write(out);
        previousTransaction.write(out);
        out.u64(storageRebate);
    }

    public static SuiObject read(BcsReader in) {
        int variant = in.variant();
        Data data = switch (variant) {
            case 0 -> new Data.Move(MoveType.read(in), in.bool(), in.u64(), in.byteString());
            case 1 -> new Data.Package(MovePackage.read(in));
            default -> throw in.unknownVariant("ObjectData", variant);
        };
        return new SuiObject(data, Owner.read(in), Digest.read(in), in.u64());
    }
}
