package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** A consensus object that a transaction named but did not write, such as the clock. */
public record UnchangedConsensusObject(Address id, Kind kind) {
    public sealed interface Kind {
        record ReadOnlyRoot(long version, Digest digest) implements Kind {}

        record MutateEnded(long version) implements Kind {}

        record ReadEnded(long version) implements Kind {}

        record Cancelled(long version) implements Kind {}

        record PerEpochConfig() implements Kind {}
    }

    void write(BcsWriter out) {
        id.write(out);
        switch (kind) {
            case Kind.ReadOnlyRoot(long version, Digest digest) -> digest.write(out.uleb(0).u64(version));
            case Kind.MutateEnded(long version) -> out.uleb(1).u64(version);
            case Kind.ReadEnded(long version) -> out.uleb(2).u64(version);
            case Kind.Cancelled(long version) -> out.uleb(3).u64(version);
            case Kind.PerEpochConfig() -> out.uleb(4);
        }
    }

    static UnchangedConsensusObject read(BcsReader in) {
        return new UnchangedConsensusObject(Address.read(in), kind(in));
    }

    private static Kind kind(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new Kind.ReadOnlyRoot(in.u64(), Digest.read(in));
            case 1 -> new Kind.MutateEnded(in.u64());
            case 2 -> new Kind.ReadEnded(in.u64());
            case 3 -> new Kind.Cancelled(in.u64());
            case 4 -> new Kind.PerEpochConfig();
            default -> throw in.unknownVariant("UnchangedConsensusKind", variant);
        };
    }
}
