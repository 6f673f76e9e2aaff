package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.chain.Argument;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.ArgumentError;
import suiload.chain.ExecutionError.ArgumentError.Kind;
import suiload.chain.TypeTag;
import suiload.localnet.MovePackageInterface.Ability;

/** The inputs, the gas coin and the results of a running transaction, and the rules of taking and borrowing them. */
final class Slots {
    private final MoveTypes types;
    private final Slot gasCoin;
    private final List<Slot> inputs;
    private final List<List<Slot>> results = new ArrayList<>();
    private final List<Slot> borrowed = new ArrayList<>();

    /** @param gasCoin its value with the budget held back */
    Slots(MoveTypes types, Slot gasCoin, List<Slot> inputs) {
        this.types = types;
        this.gasCoin = gasCoin;
        this.inputs = inputs;
    }

    Slot gasCoin() {
        return gasCoin;
    }

    List<Slot> inputs() {
        return inputs;
    }

    List<List<Slot>> results() {
        return results;
    }

    /**
     * Ends a command: its references are gone, its results can be named.
     *
     * @param fromNonEntry whether a Move function made the values that is no entry function
     */
    void endCommand(List<MoveValue> values, boolean fromNonEntry) {
        borrowed.forEach(Slot::release);
        borrowed.clear();
        List<Slot> slots = new ArrayList<>(values.size());
        for (MoveValue value : values) {
            var slot = new Slot(Slot.Origin.RESULT, value.type(), value.bcs());
            if (fromNonEntry) slot.markUsedByNonEntry();
            slots.add(slot);
        }
        results.add(slots);
    }

    /** The place that {@code argument} names, which must hold a value. */
    Slot find(int index, Argument argument) {
        Slot slot = switch (argument) {
            case Argument.GasCoin() -> gasCoin;
            case Argument.Input(int input) -> {
                if (input >= inputs.size()) throw indexed(index, Kind.INDEX_OUT_OF_BOUNDS, input, 0);
                yield inputs.get(input);
            }
            case Argument.Result(int command) -> {
                List<Slot> values = resultsOf(index, command);
                if (values.size() != 1) throw indexed(index, Kind.INVALID_RESULT_ARITY, command, 0);
                yield values.getFirst();
            }
            case Argument.NestedResult(int command, int position) -> {
                List<Slot> values = resultsOf(index, command);
                if (position >= values.size()) throw indexed(index, Kind.SECONDARY_INDEX_OUT_OF_BOUNDS, command, position);
                yield values.get(position);
            }
        };
        if (slot.taken()) throw MoveFailure.argument(index, Kind.INVALID_VALUE_USAGE);
        return slot;
    }

    private List<Slot> resultsOf(int index, int command) {
        if (command >= results.size()) throw indexed(index, Kind.INDEX_OUT_OF_BOUNDS, command, 0);
        return results.get(command);
    }

    private static MoveFailure indexed(int argument, Kind kind, int first, int second) {
        return new MoveFailure(new ExecutionError.CommandArgumentError(argument, new ArgumentError(kind, first, second)));
    }

    /** By value, as {@code wanted}: copied where the type can be copied, else taken. */
    MoveValue take(int index, Argument argument, TypeTag wanted) {
        Slot slot = find(index, argument);
        MoveValue value = typed(index, slot, wanted);
        takeFrom(index, slot, value.type(), false);
        return value;
    }

    /** By value, an object of whatever type. */
    MoveValue takeObject(int index, Argument argument, boolean forTransfer) {
        Slot slot = find(index, argument);
        if (slot.untyped() || !types.has(slot.type(), Ability.KEY)) throw MoveFailure.argument(index, Kind.TYPE_MISMATCH);
        MoveValue value = slot.value();
        takeFrom(index, slot, value.type(), forTransfer);
        return value;
    }

    private void takeFrom(int index, Slot slot, TypeTag type, boolean forTransfer) {
        Set<Ability> abilities = types.abilities(type);
        if (abilities.contains(Ability.COPY) && slot.origin != Slot.Origin.RECEIVING) return;
        if (slot.borrowed()) throw MoveFailure.argument(index, Kind.CANNOT_MOVE_BORROWED_VALUE);
        if (slot.origin == Slot.Origin.GAS_COIN && !forTransfer) throw MoveFailure.argument(index, Kind.INVALID_GAS_COIN_USAGE);
        if (!slot.writable()) throw MoveFailure.argument(index, Kind.INVALID_OBJECT_BY_VALUE);
        slot.take();
    }

    /** By {@code &}. */
    MoveValue borrow(int index, Argument argument, TypeTag wanted) {
        Slot slot = find(index, argument);
        if (slot.mutablyBorrowed()) throw MoveFailure.argument(index, Kind.INVALID_VALUE_USAGE);
        slot.borrow();
        borrowed.add(slot);
        return typed(index, slot, wanted);
    }

    /** By {@code &mut}; the caller puts the changed value back. */
    Slot borrowMutably(int index, Argument argument) {
        Slot slot = find(index, argument);
        if (slot.borrowed()) throw MoveFailure.argument(index, Kind.INVALID_VALUE_USAGE);
        if (!slot.writable()) throw MoveFailure.argument(index, Kind.INVALID_OBJECT_BY_MUT_REF);
        slot.borrowMutably();
        borrowed.add(slot);
        return slot;
    }

    /** The value as {@code wanted}: a pure input is checked to be one, anything else must have that very type. */
    MoveValue typed(int index, Slot slot, TypeTag wanted) {
        if (!slot.untyped()) {
            if (!slot.type().equals(wanted)) throw MoveFailure.argument(index, Kind.TYPE_MISMATCH);
            return slot.value();
        }
        if (!MoveTypes.pure(wanted)) throw MoveFailure.argument(index, Kind.INVALID_USAGE_OF_PURE_ARG);
        try {
            var reader = new BcsReader(slot.bcs());
            types.skip(wanted, reader);
            reader.end();
        } catch (BcsException e) {
            throw MoveFailure.argument(index, Kind.INVALID_BCS_BYTES);
        }
        return new MoveValue(wanted, slot.bcs());
    }

    /** Every result must have been used up, or be of a type that can be dropped. */
    void checkDropped() {
        for (int command = 0; command < results.size(); command++) {
            List<Slot> values = results.get(command);
            for (int i = 0; i < values.size(); i++) {
                Slot slot = values.get(i);
                if (!slot.taken() && !types.has(slot.type(), Ability.DROP)) {
                    throw new MoveFailure(new ExecutionError.UnusedValueWithoutDrop(command, i));
                }
            }
        }
    }
}
