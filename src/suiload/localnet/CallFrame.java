package suiload.localnet;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.chain.Address;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.MoveLocation;
import suiload.chain.TypeTag;

/** One call of a Move function: its checked arguments, and the transaction it runs in. */
final class CallFrame {
    private final Address packageId;
    private final String module;
    private final String function;
    private final List<TypeTag> typeArguments;
    private final MoveValue[] arguments;
    private final Scratch scratch;

    CallFrame(suiload.chain.Command.MoveCall call, MoveValue[] arguments, Scratch scratch) {
        packageId = call.packageId();
        module = call.module();
        function = call.function();
        typeArguments = call.typeArguments();
        this.arguments = arguments;
        this.scratch = scratch;
    }

    Scratch scratch() {
        return scratch;
    }

    Address packageId() {
        return packageId;
    }

    String module() {
        return module;
    }

    TypeTag typeArgument(int index) {
        return typeArguments.get(index);
    }

    MoveValue value(int index) {
        return arguments[index];
    }

    byte[] bytes(int index) {
        return arguments[index].bcs();
    }

    BcsReader reader(int index) {
        return new BcsReader(arguments[index].bcs());
    }

    long u64(int index) {
        return reader(index).u64();
    }

    Address address(int index) {
        return arguments[index].id();
    }

    /** The content of a {@code vector<u8>}, {@code String} or {@code TypeName}. */
    byte[] byteVector(int index) {
        return reader(index).bytes();
    }

    /** Writes through a {@code &mut}. */
    void set(int index, byte[] bcs) {
        arguments[index] = new MoveValue(arguments[index].type(), bcs);
    }

    /** The called function aborts. */
    MoveFailure abort(long code) {
        return abort(packageId, module, function, code);
    }

    /** A function that the called one calls aborts. Function index and instruction depend on bytecode: always 0 here. */
    static MoveFailure abort(Address packageId, String module, String function, long code) {
        return new MoveFailure(new ExecutionError.MoveAbort(new MoveLocation(packageId, module, 0, 0,
                function.isEmpty() ? Optional.empty() : Optional.of(function)), code));
    }

    /** The called function does what Move's own instructions refuse: overflow, reading past a vector. */
    MoveFailure primitiveError() {
        return new MoveFailure(new ExecutionError.MovePrimitiveRuntimeError(
                Optional.of(new MoveLocation(packageId, module, 0, 0, Optional.of(function)))));
    }
}
