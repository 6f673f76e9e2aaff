package suiload.chain;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** Why execution failed, with the BCS of effects V2 (facts: sui-transactions.md section 6). */
public sealed interface ExecutionError {
    /** Errors that carry nothing, by their BCS variant. */
    enum Plain implements ExecutionError {
        INSUFFICIENT_GAS(0), INVALID_GAS_OBJECT(1), INVARIANT_VIOLATION(2), FEATURE_NOT_YET_SUPPORTED(3),
        INSUFFICIENT_COIN_BALANCE(7), COIN_BALANCE_OVERFLOW(8), PUBLISH_ERROR_NON_ZERO_ADDRESS(9), SUI_MOVE_VERIFICATION_ERROR(10),
        VM_VERIFICATION_OR_DESERIALIZATION_ERROR(13), VM_INVARIANT_VIOLATION(14), FUNCTION_NOT_FOUND(15), ARITY_MISMATCH(16),
        TYPE_ARITY_MISMATCH(17), NON_ENTRY_FUNCTION_INVOKED(18), INVALID_TRANSFER_OBJECT(23), PUBLISH_UPGRADE_MISSING_DEPENDENCY(25),
        PUBLISH_UPGRADE_DEPENDENCY_DOWNGRADE(26), CERTIFICATE_DENIED(29), SUI_MOVE_VERIFICATION_TIMEDOUT(30),
        SHARED_OBJECT_OPERATION_NOT_ALLOWED(31), INPUT_OBJECT_DELETED(32), EXECUTION_CANCELLED_DUE_TO_RANDOMNESS_UNAVAILABLE(36),
        INVALID_LINKAGE(39), INSUFFICIENT_FUNDS_FOR_WITHDRAW(40);

        final int variant;

        Plain(int variant) {
            this.variant = variant;
        }
    }

    /** Errors of two sizes: what was found and what is allowed. */
    enum SizeKind {
        MOVE_OBJECT_TOO_BIG(4), MOVE_PACKAGE_TOO_BIG(5), EFFECTS_TOO_LARGE(24), WRITTEN_OBJECTS_TOO_LARGE(28),
        MOVE_VECTOR_ELEM_TOO_BIG(37), MOVE_RAW_VALUE_TOO_BIG(38);

        final int variant;

        SizeKind(int variant) {
            this.variant = variant;
        }
    }

    record Size(SizeKind kind, long size, long max) implements ExecutionError {}

    record CircularObjectOwnership(Address object) implements ExecutionError {}

    record MovePrimitiveRuntimeError(Optional<MoveLocation> location) implements ExecutionError {}

    record MoveAbort(MoveLocation location, long code) implements ExecutionError {}

    record CommandArgumentError(int argument, ArgumentError kind) implements ExecutionError {}

    /** @param notFound true: type not found; false: a constraint does not hold */
    record TypeArgumentError(int argument, boolean notFound) implements ExecutionError {}

    record UnusedValueWithoutDrop(int result, int secondary) implements ExecutionError {}

    record InvalidPublicFunctionReturnType(int index) implements ExecutionError {}

    record PackageUpgradeError(UpgradeError reason) implements ExecutionError {}

    record Congestion(List<Address> objects) implements ExecutionError {
        public Congestion {
            objects = List.copyOf(objects);
        }
    }

    record AddressDeniedForCoin(Address address, String coinType) implements ExecutionError {}

    record CoinTypeGlobalPause(String coinType) implements ExecutionError {}

    record NonExclusiveWriteInputObjectModified(Address object) implements ExecutionError {}

    /** Where a Move program stopped; function index and instruction depend on compiled bytecode. */
    record MoveLocation(Address packageId, String module, int function, int instruction, Optional<String> functionName) {
        void write(BcsWriter out) {
            packageId.write(out);
            out.string(module).u16(function).u16(instruction).option(functionName, BcsWriter::string);
        }

        static MoveLocation read(BcsReader in) {
            return new MoveLocation(Address.read(in), in.string(), in.u16(), in.u16(), in.option(BcsReader::string));
        }
    }

    /** What is wrong with an argument; the first and second index only where {@link Kind#indices} says so. */
    record ArgumentError(Kind kind, int index, int secondary) {
        /** BCS order. */
        public enum Kind {
            TYPE_MISMATCH(0), INVALID_BCS_BYTES(0), INVALID_USAGE_OF_PURE_ARG(0), INVALID_ARGUMENT_TO_PRIVATE_ENTRY_FUNCTION(0),
            INDEX_OUT_OF_BOUNDS(1), SECONDARY_INDEX_OUT_OF_BOUNDS(2), INVALID_RESULT_ARITY(1), INVALID_GAS_COIN_USAGE(0),
            INVALID_VALUE_USAGE(0), INVALID_OBJECT_BY_VALUE(0), INVALID_OBJECT_BY_MUT_REF(0), SHARED_OBJECT_OPERATION_NOT_ALLOWED(0),
            INVALID_ARGUMENT_ARITY(0), INVALID_TRANSFER_OBJECT(0), INVALID_MAKE_MOVE_VEC_NON_OBJECT_ARGUMENT(0), ARGUMENT_WITHOUT_VALUE(0),
            CANNOT_MOVE_BORROWED_VALUE(0), CANNOT_WRITE_TO_EXTENDED_REFERENCE(0), INVALID_REFERENCE_ARGUMENT(0), INVALID_TX_CONTEXT(0);

            final int indices;

            Kind(int indices) {
                this.indices = indices;
            }
        }

        public static ArgumentError of(Kind kind) {
            return new ArgumentError(kind, 0, 0);
        }

        void write(BcsWriter out) {
            out.uleb(kind.ordinal());
            if (kind.indices > 0) out.u16(index);
            if (kind.indices > 1) out.u16(secondary);
        }

        static ArgumentError read(BcsReader in) {
            int variant = in.variant();
            if (variant >= Kind.values().length) throw in.unknownVariant("CommandArgumentError", variant);
            Kind kind = Kind.values()[variant];
            return new ArgumentError(kind, kind.indices > 0 ? in.u16() : 0, kind.indices > 1 ? in.u16() : 0);
        }
    }

    default void write(BcsWriter out) {
        switch (this) {
            case Plain plain -> out.uleb(plain.variant);
            case Size(SizeKind kind, long size, long max) -> out.uleb(kind.variant).u64(size).u64(max);
            case CircularObjectOwnership(Address object) -> object.write(out.uleb(6));
            case MovePrimitiveRuntimeError(Optional<MoveLocation> location) -> out.uleb(11).option(location, (w, at) -> at.write(w));
            case MoveAbort(MoveLocation location, long code) -> {
                location.write(out.uleb(12));
                out.u64(code);
            }
            case CommandArgumentError(int argument, ArgumentError kind) -> kind.write(out.uleb(19).u16(argument));
            case TypeArgumentError(int argument, boolean notFound) -> out.uleb(20).u16(argument).uleb(notFound ? 0 : 1);
            case UnusedValueWithoutDrop(int result, int secondary) -> out.uleb(21).u16(result).u16(secondary);
            case InvalidPublicFunctionReturnType(int index) -> out.uleb(22).u16(index);
            case PackageUpgradeError(UpgradeError reason) -> reason.write(out.uleb(27));
            case Congestion(List<Address> objects) -> out.uleb(33).vector(objects, (w, id) -> id.write(w));
            case AddressDeniedForCoin(Address address, String coinType) -> {
                address.write(out.uleb(34));
                out.string(coinType);
            }
            case CoinTypeGlobalPause(String coinType) -> out.uleb(35).string(coinType);
            case NonExclusiveWriteInputObjectModified(Address object) -> object.write(out.uleb(41));
        }
    }

    static ExecutionError read(BcsReader in) {
        int variant = in.variant();
        for (Plain plain : Plain.values()) if (plain.variant == variant) return plain;
        for (SizeKind kind : SizeKind.values()) if (kind.variant == variant) return new Size(kind, in.u64(), in.u64());
        return switch (variant) {
            case 6 -> new CircularObjectOwnership(Address.read(in));
            case 11 -> new MovePrimitiveRuntimeError(in.option(MoveLocation::read));
            case 12 -> new MoveAbort(MoveLocation.read(in), in.u64());
            case 19 -> new CommandArgumentError(in.u16(), ArgumentError.read(in));
            case 20 -> new TypeArgumentError(in.u16(), typeArgumentNotFound(in));
            case 21 -> new UnusedValueWithoutDrop(in.u16(), in.u16());
            case 22 -> new InvalidPublicFunctionReturnType(in.u16());
            case 27 -> new PackageUpgradeError(UpgradeError.read(in));
            case 33 -> new Congestion(in.vector(Address::read));
            case 34 -> new AddressDeniedForCoin(Address.read(in), in.string());
            case 35 -> new CoinTypeGlobalPause(in.string());
            case 41 -> new NonExclusiveWriteInputObjectModified(Address.read(in));
            default -> throw in.unknownVariant("ExecutionError", variant);
        };
    }

    private static boolean typeArgumentNotFound(BcsReader in) {
        int kind = in.variant();
        if (kind > 1) throw in.unknownVariant("TypeArgumentError", kind);
        return kind == 0;
    }
}
