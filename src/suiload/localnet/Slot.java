package suiload.localnet;

import suiload.chain.TypeTag;

/** A place that an {@link suiload.chain.Argument} names: an input, the gas coin, or a result of an earlier command. */
final class Slot {
    /** Where the value came from, which says what may be done with it. */
    enum Origin { PURE, OWNED, IMMUTABLE, SHARED_READ, SHARED_WRITE, RECEIVING, GAS_COIN, RESULT }

    final Origin origin;
    /** Null once taken. The type is null for a pure input until something was written through a {@code &mut} to it. */
    private byte[] bcs;
    private TypeTag type;
    /** Within one command: how many {@code &} are out, or −1 for a {@code &mut}. */
    private int borrows;
    private boolean usedByNonEntry;

    Slot(Origin origin, TypeTag type, byte[] bcs) {
        this.origin = origin;
        this.type = type;
        this.bcs = bcs;
    }

    boolean taken() {
        return bcs == null;
    }

    TypeTag type() {
        return type;
    }

    byte[] bcs() {
        return bcs;
    }

    MoveValue value() {
        return new MoveValue(type, bcs);
    }

    boolean untyped() {
        return type == null;
    }

    boolean writable() {
        return origin != Origin.IMMUTABLE && origin != Origin.SHARED_READ;
    }

    void take() {
        bcs = null;
    }

    void put(MoveValue value) {
        type = value.type();
        bcs = value.bcs();
    }

    boolean borrowed() {
        return borrows != 0;
    }

    boolean mutablyBorrowed() {
        return borrows < 0;
    }

    void borrow() {
        borrows++;
    }

    void borrowMutably() {
        borrows = -1;
    }

    void release() {
        borrows = 0;
    }

    boolean usedByNonEntry() {
        return usedByNonEntry;
    }

    void markUsedByNonEntry() {
        usedByNonEntry = true;
    }
}
