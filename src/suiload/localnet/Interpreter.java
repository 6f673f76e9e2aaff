package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.Command;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.ArgumentError.Kind;
import suiload.chain.ExecutionError.Plain;
import suiload.chain.TypeTag;
import suiload.localnet.MovePackageInterface.Ability;
import suiload.localnet.MovePackageInterface.Parameter;
import suiload.localnet.MovePackageInterface.Visibility;

/** Runs the commands of one transaction over its slots. A command's failure leaves as {@link MoveFailure}. */
final class Interpreter {
    private final MoveLibrary library;
    private final MoveTypes types;
    private final Slots slots;
    private final Scratch scratch;
    private final Mode mode;
    private final List<Simulation.CommandOutput> outputs = new ArrayList<>();

    /** What a run is for. */
    enum Mode {
        EXECUTE,
        /** Outputs of the commands are kept. */
        SIMULATE,
        /** As SIMULATE, and private functions may be called. */
        INSPECT
    }

    Interpreter(MoveLibrary library, Slots slots, Scratch scratch, Mode mode) {
        this.library = library;
        types = library.types();
        this.slots = slots;
        this.scratch = scratch;
        this.mode = mode;
    }

    /** What each command so far gave; nothing in mode EXECUTE. */
    List<Simulation.CommandOutput> outputs() {
        return outputs;
    }

    void run(Command command) {
        List<Simulation.Mutated> mutated = new ArrayList<>();
        List<MoveValue> results = switch (command) {
            case Command.MoveCall call -> call(call, mutated);
            case Command.TransferObjects(List<Argument> objects, Argument recipient) -> transfer(objects, recipient);
            case Command.SplitCoins(Argument coin, List<Argument> amounts) -> split(coin, amounts, mutated);
            case Command.MergeCoins(Argument destination, List<Argument> sources) -> merge(destination, sources, mutated);
            case Command.MakeMoveVec(Optional<TypeTag> type, List<Argument> elements) -> vector(type, elements);
            case Command.Publish publish -> throw new MoveFailure(Plain.FEATURE_NOT_YET_SUPPORTED);
            case Command.Upgrade upgrade -> throw new MoveFailure(Plain.FEATURE_NOT_YET_SUPPORTED);
        };
        scratch.work(GasModel.COMMAND_UNITS);
        results.forEach(result -> scratch.made(result.bcs()));
        slots.endCommand(results, command instanceof Command.MoveCall);
        if (mode != Mode.EXECUTE) outputs.add(new Simulation.CommandOutput(results.stream().map(Interpreter::shown).toList(), mutated));
    }

    private static Simulation.Value shown(MoveValue value) {
        return new Simulation.Value(value.type(), Bytes.of(value.bcs()));
    }

    private List<MoveValue> call(Command.MoveCall call, List<Simulation.Mutated> mutated) {
        for (int i = 0; i < call.typeArguments().size(); i++) {
            if (!types.exists(call.typeArguments().get(i))) throw new MoveFailure(new ExecutionError.TypeArgumentError(i, true));
        }
        MoveLibrary.Callable callable = library.find(call).orElseThrow(() -> new MoveFailure(Plain.FUNCTION_NOT_FOUND));
        MovePackageInterface.Function function = callable.declaration();
        boolean open = function.visibility() == Visibility.PUBLIC || function.entry() || mode == Mode.INSPECT;
        if (!open || callable.body() == null) throw new MoveFailure(Plain.NON_ENTRY_FUNCTION_INVOKED);
        checkTypeArguments(call, function);
        return invoke(new Invocation(call, callable), mutated);
    }

    private void checkTypeArguments(Command.MoveCall call, MovePackageInterface.Function function) {
        if (call.typeArguments().size() != function.typeParameters().size()) throw new MoveFailure(Plain.TYPE_ARITY_MISMATCH);
        for (int i = 0; i < call.typeArguments().size(); i++) {
            if (!types.abilities(call.typeArguments().get(i)).containsAll(function.typeParameters().get(i).constraints())) {
                throw new MoveFailure(new ExecutionError.TypeArgumentError(i, false));
            }
        }
    }

    private record Invocation(Command.MoveCall call, MoveLibrary.Callable callable) {
        boolean privateEntry() {
            return callable.declaration().visibility() != Visibility.PUBLIC;
        }

        TypeTag type(int index) {
            return callable.parameterType(index, call.typeArguments());
        }
    }

    private List<MoveValue> invoke(Invocation invocation, List<Simulation.Mutated> mutated) {
        List<Argument> arguments = invocation.call.arguments();
        List<Parameter> parameters = invocation.callable.parameters();
        if (arguments.size() != parameters.size()) throw new MoveFailure(Plain.ARITY_MISMATCH);
        var values = new MoveValue[arguments.size()];
        var written = new Slot[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            checkPrivateEntry(i, arguments.get(i), invocation);
            values[i] = switch (parameters.get(i).reference()) {
                case VALUE -> slots.take(i, arguments.get(i), invocation.type(i));
                case IMMUTABLE -> slots.borrow(i, arguments.get(i), invocation.type(i));
                case MUTABLE -> {
                    written[i] = slots.borrowMutably(i, arguments.get(i));
                    yield slots.typed(i, written[i], invocation.type(i));
                }
            };
        }
        List<MoveValue> results = invocation.callable.body().run(new CallFrame(invocation.call, values, scratch));
        for (int i = 0; i < values.length; i++) {
            if (written[i] == null) continue;
            writeBack(written[i], values[i], arguments.get(i), mutated);
            written[i].markUsedByNonEntry();
        }
        return results;
    }

    private void writeBack(Slot slot, MoveValue value, Argument argument, List<Simulation.Mutated> mutated) {
        slot.put(value);
        scratch.made(value.bcs());
        if (mode != Mode.EXECUTE) mutated.add(new Simulation.Mutated(argument, shown(value)));
    }

    /** A private entry function takes no value that a function which is no entry function may have had its hands on. */
    private void checkPrivateEntry(int index, Argument argument, Invocation invocation) {
        if (!invocation.privateEntry() || mode == Mode.INSPECT) return;
        if (slots.find(index, argument).usedByNonEntry()) {
            throw MoveFailure.argument(index, Kind.INVALID_ARGUMENT_TO_PRIVATE_ENTRY_FUNCTION);
        }
    }

    private List<MoveValue> transfer(List<Argument> objects, Argument recipient) {
        List<MoveValue> taken = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) taken.add(slots.takeObject(i, objects.get(i), true));
        Address address = Address.of(slots.take(objects.size(), recipient, TypeTag.ADDRESS).bcs());
        for (MoveValue object : taken) {
            if (!types.has(object.type(), Ability.STORE)) throw new MoveFailure(Plain.INVALID_TRANSFER_OBJECT);
            scratch.transfer(object, address);
            scratch.work(1);
        }
        return List.of();
    }

    private List<MoveValue> split(Argument coin, List<Argument> amounts, List<Simulation.Mutated> mutated) {
        Slot slot = coinSlot(coin);
        long balance = Coins.balance(slot.bcs());
        List<MoveValue> coins = new ArrayList<>(amounts.size());
        for (int i = 0; i < amounts.size(); i++) {
            long amount = new BcsReader(slots.take(i + 1, amounts.get(i), TypeTag.U64).bcs()).u64();
            if (Long.compareUnsigned(balance, amount) < 0) throw new MoveFailure(Plain.INSUFFICIENT_COIN_BALANCE);
            balance -= amount;
            coins.add(Coins.of(slot.type(), scratch.freshId(), amount));
            scratch.work(1);
        }
        writeBack(slot, Coins.of(slot.type(), slot.value().id(), balance), coin, mutated);
        return coins;
    }

    private List<MoveValue> merge(Argument destination, List<Argument> sources, List<Simulation.Mutated> mutated) {
        Slot slot = coinSlot(destination);
        long balance = Coins.balance(slot.bcs());
        for (int i = 0; i < sources.size(); i++) {
            MoveValue source = slots.takeObject(i + 1, sources.get(i), false);
            if (!source.type().equals(slot.type())) throw MoveFailure.argument(i + 1, Kind.TYPE_MISMATCH);
            long sum = balance + Coins.balance(source.bcs());
            if (Long.compareUnsigned(sum, balance) < 0) throw new MoveFailure(Plain.COIN_BALANCE_OVERFLOW);
            balance = sum;
            scratch.delete(source.id());
            scratch.work(1);
        }
        writeBack(slot, Coins.of(slot.type(), slot.value().id(), balance), destination, mutated);
        return List.of();
    }

    private Slot coinSlot(Argument coin) {
        Slot slot = slots.borrowMutably(0, coin);
        if (slot.untyped() || !Coins.isCoin(slot.type())) throw MoveFailure.argument(0, Kind.TYPE_MISMATCH);
        return slot;
    }

    private List<MoveValue> vector(Optional<TypeTag> given, List<Argument> elements) {
        given.filter(tag -> !types.exists(tag)).ifPresent(tag -> {
            throw new MoveFailure(new ExecutionError.TypeArgumentError(0, true));
        });
        TypeTag type = given.orElse(null);
        var out = new BcsWriter(256).uleb(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            if (type == null) type = objectType(elements.getFirst());
            byte[] element = slots.take(i, elements.get(i), type).bcs();
            scratch.requireRoom((long) out.size() + element.length);
            out.fixed(element);
            scratch.work(1);
        }
        return List.of(new MoveValue(new TypeTag.Vector(type), out.toByteArray()));
    }

    /** Without a type given the first element must be an object: its type is everybody's. */
    private TypeTag objectType(Argument first) {
        Slot slot = slots.find(0, first);
        if (slot.untyped() || !types.has(slot.type(), Ability.KEY)) {
            throw MoveFailure.argument(0, Kind.INVALID_MAKE_MOVE_VEC_NON_OBJECT_ARGUMENT);
        }
        return slot.type();
    }
}
