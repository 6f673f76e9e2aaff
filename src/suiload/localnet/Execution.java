package suiload.localnet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Event;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionStatus;
import suiload.chain.GasUsed;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.chain.UnchangedConsensusObject;

/**
 * Runs one loaded transaction: commands, then gas, then effects. It changes nothing but itself; a failed execution is a
 * result, too, with the inputs in their next version and the gas paid.
 */
final class Execution {
    private static final int MAX_OBJECT_BYTES = 256_000;
    private static final long MAX_WRITTEN_BYTES = 5_000_000;

    /** What an execution may look at: the library, the types of objects, the epoch, and any live object by id. */
    record World(MoveLibrary library, ObjectTypes objectTypes, long epoch, long epochStartMs, Function<Address, LedgerObject> live) {}

    /** @param outputs of each command; empty when execution failed */
    record Result(Effects effects, List<Event> events, List<LedgerObject> before, List<LedgerObject> after, List<LedgerObject> readOnly,
            List<BalanceChange> balanceChanges, List<Simulation.CommandOutput> outputs) {

        ExecutedTransaction transaction(Ledger.SignedBytes signed) {
            List<LedgerObject> seen = new ArrayList<>(before);
            seen.addAll(readOnly);
            seen.sort((a, b) -> a.id().compareTo(b.id()));
            return new ExecutedTransaction(signed.digest(), signed.transaction(), signed.signatures(), effects, events, seen, after,
                    balanceChanges, Optional.empty());
        }
    }

    private final World world;
    private final LoadedTransaction transaction;
    private final Map<Address, LedgerObject> named = new HashMap<>();
    private final LedgerObject gasCoin;
    private final Scratch scratch;
    private final Slots slots;
    private Optional<ExecutionStatus.Failure> failure = Optional.empty();

    private Execution(World world, LoadedTransaction transaction) {
        this.world = world;
        this.transaction = transaction;
        transaction.inputs().stream().filter(object -> object != null).forEach(object -> named.put(object.id(), object));
        transaction.gasCoins().forEach(coin -> named.put(coin.id(), coin));
        gasCoin = transaction.gasCoins().getFirst();
        scratch = new Scratch(new Scratch.Context(transaction.digest(), transaction.data().sender(), world.epoch, world.epochStartMs,
                transaction.lamport(), GasModel.maxUnits(budget(), transaction.data().gas().price())), named, world.live);
        slots = slots();
    }

    static Result run(World world, LoadedTransaction transaction, Interpreter.Mode mode) {
        return new Execution(world, transaction).run(mode);
    }

    private Result run(Interpreter.Mode mode) {
        var interpreter = new Interpreter(world.library, slots, scratch, mode);
        runCommands(interpreter);
        Changes changes = failure.isEmpty() ? changes() : untouched();
        GasUsed gas;
        try {
            gas = charge(computation(), changes);
        } catch (MoveFailure outOfGas) {
            if (failure.isEmpty()) failure = Optional.of(new ExecutionStatus.Failure(outOfGas.error(), Optional.empty()));
            changes = untouched();
            gas = chargeFailed(changes);
        }
        payGas(changes, gas);
        return result(changes, gas, failure.isEmpty() ? interpreter.outputs() : List.of());
    }

    private Slots slots() {
        long forCommands = transaction.gasBalance() - transaction.data().gas().budget();
        var gas = new Slot(Slot.Origin.GAS_COIN, Coins.SUI, Coins.contents(gasCoin.id(), forCommands));
        List<Slot> inputs = new ArrayList<>();
        for (int i = 0; i < transaction.inputs().size(); i++) {
            inputs.add(slot(transaction.data().inputs().get(i), transaction.inputs().get(i)));
        }
        return new Slots(world.library.types(), gas, inputs);
    }

    private static Slot slot(CallArg input, LedgerObject object) {
        return switch (input) {
            case CallArg.Pure(var value) -> new Slot(Slot.Origin.PURE, null, value.toArray());
            case CallArg.Owned owned -> object.owner() instanceof Owner.Immutable
                    ? typed(Slot.Origin.IMMUTABLE, object)
                    : typed(Slot.Origin.OWNED, object);
            case CallArg.Shared shared -> typed(shared.mutable() ? Slot.Origin.SHARED_WRITE : Slot.Origin.SHARED_READ, object);
            case CallArg.Receiving receiving -> new Slot(Slot.Origin.RECEIVING,
                    TypeTag.of(StructTag.of(Address.SUI_FRAMEWORK, "transfer", "Receiving", TypeTag.of(object.type()))),
                    new BcsWriter(40).fixed(object.id().bytes()).u64(object.version()).toByteArray());
            case CallArg.Withdrawal withdrawal -> throw new IllegalStateException("withdrawals are refused before execution");
        };
    }

    private static Slot typed(Slot.Origin origin, LedgerObject object) {
        return new Slot(origin, TypeTag.of(object.type()), object.rawContents());
    }

    private void runCommands(Interpreter interpreter) {
        List<Command> commands = transaction.data().commands();
        Optional<Long> current = Optional.empty();
        try {
            scratch.work(GasModel.BASE_UNITS);
            for (int i = 0; i < commands.size(); i++) {
                current = Optional.of((long) i);
                interpreter.run(commands.get(i));
            }
            current = Optional.empty();
            slots.checkDropped();
            checkSharedInputs();
            checkSizes();
        } catch (MoveFailure stopped) {
            failure = Optional.of(new ExecutionStatus.Failure(stopped.error(), current));
        }
    }

    /** A shared object that was taken by value must have been shared again or deleted. */
    private void checkSharedInputs() {
        for (int i = 0; i < slots.inputs().size(); i++) {
            Slot slot = slots.inputs().get(i);
            if (slot.origin != Slot.Origin.SHARED_WRITE || !slot.taken()) continue;
            Address id = transaction.inputs().get(i).id();
            Scratch.Write write = scratch.writes().get(id);
            boolean sharedAgain = write != null && write.owner() instanceof Owner.Shared;
            if (!sharedAgain && !scratch.deleted().contains(id)) {
                throw new MoveFailure(ExecutionError.Plain.SHARED_OBJECT_OPERATION_NOT_ALLOWED);
            }
        }
    }

    private void checkSizes() {
        long total = 0;
        for (Scratch.Write write : scratch.writes().values()) total += checkSize(write.contents().length);
        for (Slot slot : slots.inputs()) if (!slot.taken() && slot.origin != Slot.Origin.PURE) total += checkSize(slot.bcs().length);
        if (total > MAX_WRITTEN_BYTES) throw tooBig(ExecutionError.SizeKind.WRITTEN_OBJECTS_TOO_LARGE, total, MAX_WRITTEN_BYTES);
    }

    private static int checkSize(int length) {
        if (length > MAX_OBJECT_BYTES) throw tooBig(ExecutionError.SizeKind.MOVE_OBJECT_TOO_BIG, length, MAX_OBJECT_BYTES);
        return length;
    }

    private static MoveFailure tooBig(ExecutionError.SizeKind kind, long size, long max) {
        return new MoveFailure(new ExecutionError.Size(kind, size, max));
    }

    /** What a successful execution leaves: its writes, and every writable input in its new version, used or not. */
    private Changes changes() {
        var changes = new Changes();
        scratch.writes().forEach((id, write) -> changes.write(named.get(id),
                object(id, world.objectTypes.of(write.type()), write.owner(), write.contents())));
        for (int i = 0; i < slots.inputs().size(); i++) keepInPlace(changes, transaction.inputs().get(i), slots.inputs().get(i));
        keepInPlace(changes, gasCoin, slots.gasCoin());
        deleteSmashed(changes);
        for (Address id : scratch.deleted()) if (named.containsKey(id)) changes.delete(named.get(id));
        return changes;
    }

    private void keepInPlace(Changes changes, LedgerObject before, Slot slot) {
        boolean stays = switch (slot.origin) {
            case OWNED, SHARED_WRITE, GAS_COIN -> !slot.taken();
            case PURE, IMMUTABLE, SHARED_READ, RECEIVING, RESULT -> false;
        };
        if (stays) bump(changes, before, slot.bcs());
    }

    /** What a failed execution leaves: every writable input as it was, in its next version. */
    private Changes untouched() {
        var changes = new Changes();
        for (int i = 0; i < slots.inputs().size(); i++) {
            LedgerObject before = transaction.inputs().get(i);
            Slot.Origin origin = slots.inputs().get(i).origin;
            if (origin == Slot.Origin.OWNED || origin == Slot.Origin.SHARED_WRITE) bump(changes, before, before.rawContents());
        }
        bump(changes, gasCoin, Coins.contents(gasCoin.id(), transaction.gasBalance() - transaction.data().gas().budget()));
        deleteSmashed(changes);
        return changes;
    }

    private void bump(Changes changes, LedgerObject before, byte[] contents) {
        changes.write(before, next(before, contents));
    }

    /** All gas coins become the first one, whatever the outcome. */
    private void deleteSmashed(Changes changes) {
        transaction.gasCoins().stream().skip(1).forEach(changes::delete);
    }

    /** The same object in the version that this transaction makes. */
    private LedgerObject next(LedgerObject before, byte[] contents) {
        return object(before.id(), before.objectType(), before.owner(), contents);
    }

    private LedgerObject object(Address id, ObjectType type, Owner owner, byte[] contents) {
        return new LedgerObject(id, type, owner, transaction.lamport(), GasModel.storageCost(type, contents.length),
                transaction.digest(), contents);
    }

    /** MIST. A computation that takes up the whole budget is out of gas and costs all of it. */
    private long computation() {
        boolean aborted = failure.isPresent() && failure.get().error() instanceof ExecutionError.MoveAbort;
        long price = GasModel.chargedPrice(transaction.data().gas().price(), aborted);
        long cost = GasModel.rounded(scratch.units()) * price;
        if (failure.isEmpty() && budget() > 0 && cost >= budget()) throw new MoveFailure(ExecutionError.Plain.INSUFFICIENT_GAS);
        return Math.min(cost, budget());
    }

    private long budget() {
        return transaction.data().gas().budget();
    }

    /** Computation and storage, or {@link MoveFailure} when the budget does not cover what storage costs beyond its rebate. */
    private GasUsed charge(long computation, Changes changes) {
        long rebate = GasModel.senderRebate(changes.remembered());
        long storage = changes.storageCost();
        if (storage > rebate && budget() - computation < storage - rebate) throw new MoveFailure(ExecutionError.Plain.INSUFFICIENT_GAS);
        return new GasUsed(computation, storage, rebate, changes.remembered() - rebate);
    }

    /** The same after a failure; when not even the rewritten inputs can be paid for, the budget goes and storage is let be. */
    private GasUsed chargeFailed(Changes changes) {
        try {
            return charge(computation(), changes);
        } catch (MoveFailure outOfGas) {
            return new GasUsed(budget(), 0, 0, 0);
        }
    }

    /** The budget held back returns to the gas coin, whoever has it now, less what was used. */
    private void payGas(Changes changes, GasUsed gas) {
        LedgerObject coin = changes.written(gasCoin.id());
        long balance = coin.balance().orElseThrow() + budget() - gas.net();
        changes.replace(next(coin, Coins.contents(coin.id(), balance)));
    }

    private Result result(Changes changes, GasUsed gas, List<Simulation.CommandOutput> outputs) {
        List<Event> events = failure.isEmpty() ? scratch.events() : List.of();
        List<LedgerObject> readOnly = readOnly(changes);
        ExecutionStatus status = failure.isPresent() ? failure.get() : new ExecutionStatus.Success();
        var effects = new Effects(status, world.epoch, gas, transaction.digest(), Optional.of(changes.indexOf(gasCoin.id())),
                events.isEmpty() ? Optional.empty() : Optional.of(Event.digest(events)),
                transaction.dependencies().stream().map(digest -> Digest.of(digest.bytes())).toList(),
                transaction.lamport(), changes.effects(), unchanged(), Optional.empty());
        return new Result(effects, events, changes.before(), changes.after(), readOnly, BalanceChanges.of(changes), outputs);
    }

    private List<LedgerObject> readOnly(Changes changes) {
        return transaction.inputs().stream().filter(object -> object != null && !changes.contains(object.id())).toList();
    }

    /** Shared objects that were only read, in the order of the inputs. */
    private List<UnchangedConsensusObject> unchanged() {
        List<UnchangedConsensusObject> unchanged = new ArrayList<>();
        for (int i = 0; i < slots.inputs().size(); i++) {
            if (slots.inputs().get(i).origin != Slot.Origin.SHARED_READ) continue;
            LedgerObject object = transaction.inputs().get(i);
            unchanged.add(new UnchangedConsensusObject(object.id(),
                    new UnchangedConsensusObject.Kind.ReadOnlyRoot(object.version(), object.digest())));
        }
        return unchanged;
    }
}
