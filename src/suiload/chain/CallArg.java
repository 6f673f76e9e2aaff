package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;

/** An input of a programmable transaction. */
public sealed interface CallArg {
    /** The BCS of a plain value. */
    record Pure(Bytes value) implements CallArg {}

    /** An owned or immutable object at one version. */
    record Owned(ObjectRef ref) implements CallArg {}

    /** A shared object; its version is chosen by consensus, {@code initialVersion} never changes. */
    record Shared(Address id, long initialVersion, Mutability mutability) implements CallArg {
        public boolean mutable() {
            return mutability != Mutability.IMMUTABLE;
        }
    }

    /** An object sent to an object. */
    record Receiving(ObjectRef ref) implements CallArg {}

    /** Coins out of an address balance. */
    record Withdrawal(long maxAmount, TypeTag coinType, Source source) implements CallArg {}

    /** BCS order. NON_EXCLUSIVE_WRITE is reserved for system transactions. */
    enum Mutability { IMMUTABLE, MUTABLE, NON_EXCLUSIVE_WRITE }

    /** Whose address balance is drawn on. */
    sealed interface Source {
        record Sender() implements Source {}

        record Sponsor() implements Source {}

        record SenderAllowance(Address funder, Address allowance) implements Source {}
    }

    static CallArg pure(BcsWriter value) {
        return new Pure(value.toBytes());
    }

    /** The clock, read only: every timed Move call of the messaging package takes it. */
    static CallArg clock() {
        return new Shared(Address.CLOCK, 1, Mutability.IMMUTABLE);
    }

    default void write(BcsWriter out) {
        switch (this) {
            case Pure(Bytes value) -> out.uleb(0).bytes(value);
            case Owned(ObjectRef ref) -> ref.write(out.uleb(1).uleb(0));
            case Shared(Address id, long initialVersion, Mutability mutability) -> {
                id.write(out.uleb(1).uleb(1));
                out.u64(initialVersion).u8(mutability.ordinal());
            }
            case Receiving(ObjectRef ref) -> ref.write(out.uleb(1).uleb(2));
            case Withdrawal(long maxAmount, TypeTag coinType, Source source) -> {
                coinType.write(out.uleb(2).uleb(0).u64(maxAmount).uleb(0));
                writeSource(out, source);
            }
        }
    }

    static CallArg read(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new Pure(in.byteString());
            case 1 -> readObject(in);
            case 2 -> readWithdrawal(in);
            default -> throw in.unknownVariant("CallArg", variant);
        };
    }

    private static CallArg readObject(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new Owned(ObjectRef.read(in));
            case 1 -> new Shared(Address.read(in), in.u64(), readMutability(in));
            case 2 -> new Receiving(ObjectRef.read(in));
            default -> throw in.unknownVariant("ObjectArg", variant);
        };
    }

    private static Mutability readMutability(BcsReader in) {
        int value = in.u8();
        if (value > 2) throw in.bad("shared-object mutability must be 0, 1 or 2, not " + value);
        return Mutability.values()[value];
    }

    private static CallArg readWithdrawal(BcsReader in) {
        int reservation = in.variant();
        if (reservation != 0) throw in.unknownVariant("Reservation", reservation);
        long maxAmount = in.u64();
        int type = in.variant();
        if (type != 0) throw in.unknownVariant("WithdrawalType", type);
        return new Withdrawal(maxAmount, TypeTag.read(in), readSource(in));
    }

    private static void writeSource(BcsWriter out, Source source) {
        switch (source) {
            case Source.Sender() -> out.uleb(0);
            case Source.Sponsor() -> out.uleb(1);
            case Source.SenderAllowance(Address funder, Address allowance) -> {
                funder.write(out.uleb(2));
                allowance.write(out);
            }
        }
    }

    private static Source readSource(BcsReader in) {
        int variant = in.variant();
        return switch (variant) {
            case 0 -> new Source.Sender();
            case 1 -> new Source.Sponsor();
            case 2 -> new Source.SenderAllowance(Address.read(in), Address.read(in));
            default -> throw in.unknownVariant("WithdrawFrom", variant);
        };
    }
}
