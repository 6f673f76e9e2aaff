package suiload.localnet;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.TypeTag;

/**
 * A Move value: its type and its BCS. That is all there is to one here: fields are read out of the bytes by the functions
 * that want them, and a changed value is other bytes. Nobody writes into {@code bcs}.
 */
record MoveValue(TypeTag type, byte[] bcs) {
    static MoveValue u64(long value) {
        return new MoveValue(TypeTag.U64, new BcsWriter(8).u64(value).toByteArray());
    }

    static MoveValue bool(boolean value) {
        return new MoveValue(TypeTag.BOOL, new byte[] {(byte) (value ? 1 : 0)});
    }

    static MoveValue address(TypeTag type, Address value) {
        return new MoveValue(type, value.bytes());
    }

    /** The first 32 bytes, where an object has its id. */
    Address id() {
        return Address.read(new BcsReader(bcs));
    }
}
