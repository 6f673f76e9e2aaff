package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.ArgumentError;
import suiload.chain.ExecutionError.ArgumentError.Kind;
import suiload.chain.ExecutionError.Plain;
import suiload.chain.ExecutionStatus;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;
import suiload.localnet.TestNetwork.Channel;
import suiload.localnet.TestNetwork.Ptb;

/**
 * Goal: wrong arguments and types fail with the error, the argument and the command that a node names
 * (sui-transactions.md sections 2 and 6). Method: one wrong transaction each, by the owner of a channel.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgumentsTest {
    private static final Argument GAS = new Argument.GasCoin();
    private static final List<TypeTag> SUI = List.of(TypeTag.of(StructTag.SUI));

    private TestNetwork network;
    private final SecretKey sender = key(1);
    private Channel channel;

    @BeforeAll
    void open() throws IOException {
        network = TestNetwork.create();
        network.fund(sender, 500_000_000_000L);
        channel = network.createChannel(sender, List.of(), 32);
    }

    @AfterAll
    void close() throws IOException {
        network.close();
    }

    private void fails(Ptb ptb, ExecutionError error, Optional<Long> command) {
        assertEquals(new ExecutionStatus.Failure(error, command), network.run(sender, ptb).effects().status());
    }

    /** The last command fails. */
    private void fails(Ptb ptb, ExecutionError error) {
        fails(ptb, error, Optional.of(ptb.commands.size() - 1L));
    }

    private void fails(Ptb ptb, int argument, Kind kind) {
        fails(ptb, new ExecutionError.CommandArgumentError(argument, ArgumentError.of(kind)));
    }

    private void fails(Ptb ptb, int argument, Kind kind, int first, int second) {
        fails(ptb, new ExecutionError.CommandArgumentError(argument, new ArgumentError(kind, first, second)));
    }

    private static Ptb merge(Argument into, Argument... from) {
        var ptb = new Ptb();
        ptb.command(new Command.MergeCoins(into, List.of(from)));
        return ptb;
    }

    @Test
    void places() {
        fails(merge(GAS, new Argument.Input(0)), 1, Kind.INDEX_OUT_OF_BOUNDS, 0, 0);
        fails(merge(GAS, new Argument.Result(0)), 1, Kind.INDEX_OUT_OF_BOUNDS, 0, 0);
        var nested = new Ptb();
        nested.split(GAS, 1);
        nested.command(new Command.MergeCoins(GAS, List.of(new Argument.NestedResult(0, 1))));
        fails(nested, 1, Kind.SECONDARY_INDEX_OUT_OF_BOUNDS, 0, 1);
        var two = new Ptb();
        two.command(new Command.SplitCoins(GAS, List.of(two.u64(1), two.u64(2))));
        two.command(new Command.MergeCoins(GAS, List.of(new Argument.Result(0))));
        fails(two, 1, Kind.INVALID_RESULT_ARITY, 0, 0);
    }

    @Test
    void values() {
        var used = new Ptb();
        Argument coin = used.split(GAS, 1);
        used.command(new Command.MergeCoins(GAS, List.of(coin)));
        used.command(new Command.MergeCoins(GAS, List.of(coin)));
        fails(used, 1, Kind.INVALID_VALUE_USAGE);
        var itself = new Ptb();
        Argument one = itself.split(GAS, 1);
        itself.command(new Command.MergeCoins(one, List.of(one)));
        fails(itself, 1, Kind.CANNOT_MOVE_BORROWED_VALUE);
        var gasByValue = new Ptb();
        gasByValue.command(new Command.MergeCoins(gasByValue.split(GAS, 1), List.of(GAS)));
        fails(gasByValue, 1, Kind.INVALID_GAS_COIN_USAGE);
        var both = new Ptb();
        Argument shared = both.input(new CallArg.Shared(channel.id(), channel.initialVersion(), CallArg.Mutability.MUTABLE));
        both.generic(Address.SUI_FRAMEWORK, "coin", "join", SUI, GAS, GAS);
        fails(both, 1, Kind.CANNOT_MOVE_BORROWED_VALUE);
        assertEquals(0, ((Argument.Input) shared).index());
    }

    @Test
    void leftOvers() {
        var coin = new Ptb();
        coin.split(GAS, 1);
        fails(coin, new ExecutionError.UnusedValueWithoutDrop(0, 0), Optional.empty());
        var second = new Ptb();
        second.command(new Command.SplitCoins(GAS, List.of(second.u64(1), second.u64(2))));
        second.transfer(address(sender), new Argument.NestedResult(0, 0));
        fails(second, new ExecutionError.UnusedValueWithoutDrop(0, 1), Optional.empty());
        var droppable = new Ptb();
        droppable.generic(Address.MOVE_STDLIB, "vector", "empty", List.of(TestNetwork.ATTACHMENT));
        droppable.call("config", "none");
        TestNetwork.require(network.run(sender, droppable));
    }

    @Test
    void types() {
        var text = new Ptb();
        text.command(new Command.SplitCoins(text.u64(1), List.of(text.u64(1))));
        fails(text, 0, Kind.TYPE_MISMATCH);
        var cap = new Ptb();
        cap.command(new Command.SplitCoins(cap.owned(network.ref(channel.creatorCap())), List.of(cap.u64(1))));
        fails(cap, 0, Kind.TYPE_MISMATCH);
        var amount = new Ptb();
        amount.command(new Command.SplitCoins(GAS, List.of(amount.pure(new BcsWriter().u32(1)))));
        fails(amount, 1, Kind.INVALID_BCS_BYTES);
        var recipient = new Ptb();
        recipient.command(new Command.TransferObjects(List.of(GAS), recipient.pure(new BcsWriter().fixed(new byte[31]))));
        fails(recipient, 1, Kind.INVALID_BCS_BYTES);
        var option = new Ptb();
        option.call("channel", "new", option.pure(new BcsWriter().u8(0)), option.input(CallArg.clock()));
        fails(option, 0, Kind.INVALID_USAGE_OF_PURE_ARG);
        var utf8 = new Ptb();
        utf8.call("attachment", "new", utf8.pure(new BcsWriter().bytes(new byte[] {(byte) 0xff})), utf8.bytes(new byte[0]),
                utf8.bytes(new byte[0]), utf8.bytes(new byte[0]), utf8.pure(new BcsWriter().u32(0)));
        fails(utf8, 0, Kind.INVALID_BCS_BYTES);
    }

    @Test
    void references() {
        var clock = new Ptb();
        Argument readOnly = clock.input(new CallArg.Shared(channel.id(), channel.initialVersion(), CallArg.Mutability.IMMUTABLE));
        clock.call("channel", "add_encrypted_key", readOnly, clock.owned(network.ref(channel.caps().getFirst())), clock.bytes(new byte[1]));
        fails(clock, 0, Kind.INVALID_OBJECT_BY_MUT_REF);
        var byValue = new Ptb();
        Argument same = byValue.input(new CallArg.Shared(channel.id(), channel.initialVersion(), CallArg.Mutability.IMMUTABLE));
        byValue.call("channel", "share", same, byValue.owned(network.ref(channel.creatorCap())));
        fails(byValue, 0, Kind.INVALID_OBJECT_BY_VALUE);
    }

    @Test
    void transfers() {
        var cap = new Ptb();
        cap.transfer(address(sender), cap.owned(network.ref(channel.creatorCap())));
        fails(cap, Plain.INVALID_TRANSFER_OBJECT);
        var number = new Ptb();
        number.transfer(address(sender), number.u64(1));
        fails(number, 0, Kind.TYPE_MISMATCH);
    }

    @Test
    void vectors() {
        var numbers = new Ptb();
        numbers.command(new Command.MakeMoveVec(Optional.empty(), List.of(numbers.u64(1))));
        fails(numbers, 0, Kind.INVALID_MAKE_MOVE_VEC_NON_OBJECT_ARGUMENT);
        var mixed = new Ptb();
        Argument coin = mixed.split(GAS, 1);
        mixed.command(new Command.MakeMoveVec(Optional.empty(), List.of(coin, mixed.owned(network.ref(channel.creatorCap())))));
        fails(mixed, 1, Kind.TYPE_MISMATCH);
        var coins = new Ptb();
        coins.command(new Command.SplitCoins(GAS, List.of(coins.u64(5), coins.u64(6))));
        Argument vector = coins.command(new Command.MakeMoveVec(Optional.empty(),
                List.of(new Argument.NestedResult(0, 0), new Argument.NestedResult(0, 1))));
        coins.generic(Address.SUI_FRAMEWORK, "pay", "join_vec", SUI, GAS, vector);
        TestNetwork.require(network.run(sender, coins));
    }

    @Test
    void functions() {
        var unknown = new Ptb();
        unknown.call("channel", "nothing");
        fails(unknown, Plain.FUNCTION_NOT_FOUND);
        var hidden = new Ptb();
        hidden.call("channel", "version", hidden.input(new CallArg.Shared(channel.id(), channel.initialVersion(),
                CallArg.Mutability.MUTABLE)));
        fails(hidden, Plain.NON_ENTRY_FUNCTION_INVOKED);
        var arity = new Ptb();
        arity.call("config", "none", GAS);
        fails(arity, Plain.ARITY_MISMATCH);
        var typeArity = new Ptb();
        typeArity.generic(Address.SUI_FRAMEWORK, "coin", "zero", List.of());
        fails(typeArity, Plain.TYPE_ARITY_MISMATCH);
        var noType = new Ptb();
        noType.generic(Address.SUI_FRAMEWORK, "coin", "zero", List.of(TypeTag.of(StructTag.of(Address.SUI_FRAMEWORK, "sui", "NOT"))));
        fails(noType, new ExecutionError.TypeArgumentError(0, true));
        var constraint = new Ptb();
        constraint.generic(Address.SUI_FRAMEWORK, "transfer", "public_transfer", List.of(TypeTag.of(TestNetwork.CREATOR_CAP)),
                constraint.owned(network.ref(channel.creatorCap())), constraint.address(address(sender)));
        fails(constraint, new ExecutionError.TypeArgumentError(0, false));
        var publish = new Ptb();
        publish.command(new Command.Publish(List.of(suiload.bcs.Bytes.of((byte) 1)), List.of()));
        fails(publish, Plain.FEATURE_NOT_YET_SUPPORTED);
    }

    @Test
    void coins() {
        var tooMuch = new Ptb();
        tooMuch.split(GAS, -1);
        fails(tooMuch, Plain.INSUFFICIENT_COIN_BALANCE);
        var abort = new Ptb();
        abort.generic(Address.SUI_FRAMEWORK, "coin", "split", SUI, GAS, abort.u64(-1));
        var failure = (ExecutionStatus.Failure) network.run(sender, abort).effects().status();
        assertEquals(2, ((ExecutionError.MoveAbort) failure.error()).code());
    }

    @Test
    void whatGrowsOnAndOnIsStopped() {
        var doubling = new Ptb();
        Argument bytes = doubling.bytes(new byte[16_000]);
        Argument vector = doubling.generic(Address.MOVE_STDLIB, "vector", "empty", List.of(TypeTag.U8));
        for (int i = 0; i < 30; i++) doubling.generic(Address.MOVE_STDLIB, "vector", "append", List.of(TypeTag.U8), bytes, vector);
        TestNetwork.require(network.run(sender, doubling));
        for (int i = 0; i < 60; i++) {
            Argument copy = doubling.generic(Address.MOVE_STDLIB, "vector", "singleton", List.of(new TypeTag.Vector(TypeTag.U8)), bytes);
            Argument back = doubling.generic(Address.MOVE_STDLIB, "vector", "pop_back", List.of(new TypeTag.Vector(TypeTag.U8)), copy);
            doubling.generic(Address.MOVE_STDLIB, "vector", "append", List.of(TypeTag.U8), bytes, back);
        }
        var grown = (ExecutionStatus.Failure) network.run(sender, doubling).effects().status();
        assertEquals(tooLong("append"), grown.error());
        var copies = new Ptb();
        TypeTag type = new TypeTag.Vector(TypeTag.U8);
        Argument all = copies.bytes(new byte[16_000]);
        for (int i = 0; i < 2; i++) {
            all = copies.command(new Command.MakeMoveVec(Optional.of(type), Collections.nCopies(500, all)));
            type = new TypeTag.Vector(type);
        }
        fails(copies, new ExecutionError.MovePrimitiveRuntimeError(Optional.empty()));
        var slow = new Ptb();
        List<Long> many = java.util.stream.LongStream.range(0, 2_000).boxed().toList();
        Argument keys = slow.pure(new BcsWriter().vector(many, BcsWriter::u64));
        for (int i = 0; i < 900; i++) {
            slow.generic(Address.SUI_FRAMEWORK, "vec_map", "from_keys_values", List.of(TypeTag.U64, TypeTag.U64), keys, keys);
        }
        var stopped = (ExecutionStatus.Failure) network.run(sender, slow).effects().status();
        assertEquals(Plain.INSUFFICIENT_GAS, stopped.error());
    }

    private static ExecutionError tooLong(String function) {
        return new ExecutionError.MovePrimitiveRuntimeError(
                Optional.of(new ExecutionError.MoveLocation(Address.MOVE_STDLIB, "vector", 0, 0, Optional.of(function))));
    }

    @Test
    void aVectorHasAsManyElementsAsTheProtocolAllows() {
        var ptb = new Ptb();
        Argument vector = ptb.generic(Address.MOVE_STDLIB, "vector", "empty", List.of(TypeTag.U8));
        Argument more = ptb.bytes(new byte[16_000]);
        for (int i = 0; i < 16; i++) ptb.generic(Address.MOVE_STDLIB, "vector", "append", List.of(TypeTag.U8), vector, more);
        Argument rest = ptb.bytes(new byte[262_144 - 16 * 16_000]);
        ptb.generic(Address.MOVE_STDLIB, "vector", "append", List.of(TypeTag.U8), vector, rest);
        TestNetwork.require(network.run(sender, ptb));
        ptb.generic(Address.MOVE_STDLIB, "vector", "push_back", List.of(TypeTag.U8), vector, ptb.pure(new BcsWriter().u8(1)));
        fails(ptb, tooLong("push_back"));
    }

    @Test
    void privateEntryFunctionsTakeNothingThatOthersTouched() {
        var ptb = new Ptb();
        Argument identity = ptb.generic(Address.MOVE_STDLIB, "vector", "empty", List.of(TypeTag.U8));
        ptb.call("seal_policies", "seal_approve", identity,
                ptb.input(new CallArg.Shared(channel.id(), channel.initialVersion(), CallArg.Mutability.IMMUTABLE)),
                ptb.owned(network.ref(channel.caps().getFirst())));
        fails(ptb, 0, Kind.INVALID_ARGUMENT_TO_PRIVATE_ENTRY_FUNCTION);
    }
}
