package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** Who may use an object. */
public sealed interface Owner {
    record AddressOwner(Address address) implements Owner {}

    /** A dynamic field, owned by its parent. */
    record ObjectOwner(Address parent) implements Owner {}

    record Shared(long initialVersion) implements Owner {}

    record Immutable() implements Owner {}

    record ConsensusAddress(long startVersion, Address address) implements Owner {}

    default void write(BcsWriter out) {
        switch (this) {
            case AddressOwner(Address address) -> address.write(out.uleb(0));
            case ObjectOwner(Address parent) -> parent.write(out.uleb(1));
            case Shared(long initialVersion) -> out.uleb(2).u64(initialVersion);
            case Immutable() -> out.uleb(3);
            case ConsensusAddress(long startVersion, Address address) -> address.write(out.uleb(4).u64(startVersion));
        }
    }

    static Owner read(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new AddressOwner(Address.read(in));
            case 1 -> new ObjectOwner(Address.read(in));
            case 2 -> new Shared(in.u64());
            case 3 -> new Immutable();
            case 4 -> new ConsensusAddress(in.u64(), Address.read(in));
            default -> throw in.unknownVariant("Owner", variant);
        };
    }
}
