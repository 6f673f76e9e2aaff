package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.ChangedObject;
import suiload.chain.Command;
import suiload.chain.Effects;
import suiload.chain.Event;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.SignedTransaction;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.chain.UnchangedConsensusObject;
import suiload.crypto.SecretKey;
import suiload.localnet.TestNetwork.Channel;
import suiload.localnet.TestNetwork.Ptb;

/**
 * Goal: effects, ids, versions, rejections and simulation are as the facts have them. Method: real signed transactions,
 * and every object asked for afterwards.
 */
class EffectsTest {
    private static final long SUI = 1_000_000_000L;

    private TestNetwork network;
    private final SecretKey creator = key(1);
    private final SecretKey member = key(2);

    @BeforeEach
    void open() throws IOException {
        network = TestNetwork.create();
        network.fund(creator, 10 * SUI);
        network.fund(member, 10 * SUI);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Test
    void aMessage() {
        Channel channel = network.createChannel(creator, List.of(address(member)), 32);
        network.nowMs.addAndGet(250);
        network.ledger.checkpointNow();
        ObjectRef cap = network.ref(channel.caps().get(1));
        LedgerObject clock = network.ledger.object(Address.CLOCK).orElseThrow();
        ExecutedTransaction sent = TestNetwork.require(network.send(member, channel, cap.id(), "hello".getBytes()));
        Effects effects = sent.effects();
        assertEquals(Effects.decode(effects.encode().toArray()), effects);
        assertEquals(1 + Math.max(clock.version(), cap.version()), effects.lamportVersion());
        ChannelValue value = ChannelValue.decode(network.ledger.object(channel.id()).orElseThrow().rawContents());
        Address message = Address.tableEntry(value.messages, 0);
        List<Address> changed = effects.changedObjects().stream().map(ChangedObject::id).toList();
        assertEquals(changed.stream().sorted().toList(), changed);
        assertEquals(4, changed.size());
        assertTrue(changed.containsAll(List.of(channel.id(), cap.id(), message)));
        assertEquals(List.of(new UnchangedConsensusObject(Address.CLOCK,
                new UnchangedConsensusObject.Kind.ReadOnlyRoot(clock.version(), clock.digest()))), effects.unchangedConsensusObjects());
        assertEquals(Optional.of(Event.digest(sent.events())), effects.events());
        assertEquals(new Owner.ObjectOwner(value.messages), network.ledger.object(message).orElseThrow().owner());
        for (LedgerObject object : sent.after()) assertEquals(effects.written(object.id()), Optional.of(network.ref(object.id())));
        Event event = sent.events().getFirst();
        assertEquals("channel", event.module());
        assertEquals(StructTag.of(TestNetwork.PKG, "message", "MessageAddedEvent"), event.type());
        var contents = new BcsReader(event.contents());
        assertEquals(channel.id(), Address.read(contents));
        assertEquals(0, contents.u64());
        assertEquals(address(member), Address.read(contents));
        assertEquals("hello", new String(contents.bytes()));
        assertEquals(1, value.messagesCount);
        assertEquals(TestNetwork.START_MS + 250, new BcsReader(java.util.Arrays.copyOfRange(value.lastMessage, value.lastMessage.length - 8,
                value.lastMessage.length)).u64());
    }

    @Test
    void dependenciesAreThoseOfTheInputs() {
        Channel channel = network.createChannel(creator, List.of(), 32);
        LedgerObject cap = network.ledger.object(channel.caps().getFirst()).orElseThrow();
        Effects effects = TestNetwork.require(network.send(creator, channel, cap.id(), new byte[1])).effects();
        assertTrue(effects.dependencies().contains(cap.previousTransaction()));
        assertTrue(effects.dependencies().contains(network.ledger.object(Address.CLOCK).orElseThrow().previousTransaction()));
        assertTrue(effects.dependencies().contains(network.ledger.object(TestNetwork.PKG).orElseThrow().previousTransaction()));
        List<String> order = effects.dependencies().stream().map(suiload.chain.Digest::hex).toList();
        assertEquals(order.stream().sorted().toList(), order);
    }

    @Test
    void creationOrderOfIds() {
        List<Address> members = List.of(address(key(10)), address(key(11)), address(key(12)));
        Channel channel = network.createChannel(creator, members, 32);
        for (int i = 0; i < members.size(); i++) {
            assertEquals(new Owner.AddressOwner(members.get(i)), network.ledger.object(channel.caps().get(i + 1)).orElseThrow().owner());
        }
        ChannelValue value = ChannelValue.decode(network.ledger.object(channel.id()).orElseThrow().rawContents());
        assertEquals(channel.caps().getFirst(), value.entries().getFirst().memberCap());
        assertEquals(4, value.entries().getFirst().permissions().size());
        assertTrue(network.ledger.object(Address.tableEntry(value.config, 1)).isPresent());
        assertEquals(new Owner.Shared(channel.initialVersion()), network.ledger.object(channel.id()).orElseThrow().owner());
        assertFalse(network.ledger.object(channel.id()).orElseThrow().publicTransfer());
    }

    @Test
    void formerVersionsCanBeAskedFor() {
        LedgerObject before = network.coins(address(creator)).getFirst();
        var ptb = new Ptb();
        ptb.transfer(address(member), ptb.split(new Argument.GasCoin(), 5));
        network.run(creator, ptb);
        assertEquals(before.digest(), network.ledger.object(before.id(), before.version()).orElseThrow().digest());
        assertTrue(network.ledger.object(before.id(), before.version() + 100).isEmpty());
        assertTrue(network.ledger.object(before.id()).orElseThrow().version() > before.version());
    }

    @Test
    void sentTwiceRunsOnce() {
        var ptb = new Ptb();
        ptb.transfer(address(member), ptb.split(new Argument.GasCoin(), 5));
        SignedTransaction signed = SignedTransaction.sign(network.data(creator, ptb), creator);
        ExecutedTransaction first = network.ledger.execute(signed.transaction(), signed.signatures());
        assertEquals(first.effects(), network.ledger.execute(signed.transaction(), signed.signatures()).effects());
        network.reopen();
        ExecutedTransaction again = network.ledger.execute(signed.transaction(), signed.signatures());
        assertEquals(first.effects(), again.effects());
        assertTrue(again.checkpoint().isPresent());
        assertEquals(first.balanceChanges(), again.balanceChanges());
    }

    private void rejected(Rejection.Code code, String text, TransactionData data, SecretKey... signers) {
        Rejection rejection = assertThrows(Rejection.class, () -> network.execute(data, signers));
        assertTrue(rejection.getMessage().contains(text), rejection.getMessage());
        assertEquals(code, rejection.code());
    }

    private static TransactionData with(TransactionData data, GasData gas) {
        return new TransactionData(data.inputs(), data.commands(), data.sender(), gas, data.expiration());
    }

    @Test
    void rejections() {
        var ptb = new Ptb();
        ptb.transfer(address(member), ptb.split(new Argument.GasCoin(), 5));
        TransactionData good = network.data(creator, ptb);
        ObjectRef coin = good.gas().payment().getFirst();
        Address owner = address(creator);
        Rejection.Code invalid = Rejection.Code.INVALID_ARGUMENT;
        rejected(invalid, "Transaction gas payment missing.", with(good, new GasData(List.of(), owner, 1000, 5_000_000)), creator);
        rejected(invalid, "Gas price 999 under reference gas price (RGP) 1000",
                with(good, new GasData(List.of(coin), owner, 999, 5_000_000)), creator);
        rejected(invalid, "Gas price cannot exceed 50000000000 mist", with(good, new GasData(List.of(coin), owner, -1, 5_000_000)),
                creator);
        rejected(invalid, "Gas budget: 999999 is lower than min: 1000000.", with(good, new GasData(List.of(coin), owner, 1000, 999_999)),
                creator);
        rejected(invalid, "is higher than max: 50000000000000.", with(good, new GasData(List.of(coin), owner, 1000, -1)), creator);
        rejected(invalid, "Balance of gas object 10000000000 is lower than the needed amount: 10000000001.",
                with(good, new GasData(List.of(coin), owner, 1000, 10 * SUI + 1)), creator);
        rejected(invalid, "cannot appear more than one in one transaction.",
                with(good, new GasData(List.of(coin, coin), owner, 1000, SUI)), creator);
        rejected(invalid, "Transaction was not signed by the correct sender",
                with(good, new GasData(List.of(network.coins(address(member)).getFirst().ref()), owner, 1000, SUI)), creator);
        rejected(invalid, "Invalid Object digest for object",
                with(good, new GasData(List.of(new ObjectRef(coin.id(), coin.version(), suiload.chain.Digest.ZERO)), owner, 1000, SUI)),
                        creator);
        rejected(Rejection.Code.ABORTED, "Could not find the referenced object " + coin.id() + " at version",
                with(good, new GasData(List.of(new ObjectRef(coin.id(), coin.version() + 1, coin.digest())), owner, 1000, SUI)), creator);
        rejected(invalid, "Invalid user signature", good, member);
        rejected(invalid, "Invalid user signature: Expect 1 signer signatures but got 2", good, creator, member);
        assertEquals(coin, network.ref(coin.id()), "nothing happened");
    }

    /** Of commands, arguments and pure bytes a node wants fewer than its limits say. */
    @Test
    void sizes() {
        var commands = new Ptb();
        for (int i = 0; i < 1_023; i++) commands.generic(Address.MOVE_STDLIB, "vector", "empty", List.of(TypeTag.U8));
        TestNetwork.require(network.run(creator, commands));
        commands.generic(Address.MOVE_STDLIB, "vector", "empty", List.of(TypeTag.U8));
        tooLarge("maximum commands in a programmable transaction is 1024", commands);
        tooLarge("maximum arguments in a programmable transaction command is 512", elements(512));
        TestNetwork.require(network.run(creator, elements(511)));
        var call = new Ptb();
        call.generic(Address.MOVE_STDLIB, "vector", "empty", List.of(), Collections.nCopies(512, call.u64(1)).toArray(Argument[]::new));
        tooLarge("maximum arguments in a move call is 512", call);
        var pure = new Ptb();
        pure.pure(new BcsWriter().fixed(new byte[16_383]));
        TestNetwork.require(network.run(creator, pure));
        pure.pure(new BcsWriter().fixed(new byte[16_384]));
        tooLarge("maximum pure argument size is 16384", pure);
    }

    private static Ptb elements(int count) {
        var ptb = new Ptb();
        ptb.command(new Command.MakeMoveVec(Optional.of(TypeTag.U64), Collections.nCopies(count, ptb.u64(1))));
        return ptb;
    }

    private void tooLarge(String limit, Ptb ptb) {
        rejected(Rejection.Code.INVALID_ARGUMENT, "Size limit exceeded: " + limit, network.data(creator, ptb), creator);
    }

    @Test
    void staleReferences() {
        var ptb = new Ptb();
        ptb.transfer(address(member), ptb.split(new Argument.GasCoin(), 5));
        TransactionData first = network.data(creator, ptb);
        ptb.transfer(address(member), ptb.split(new Argument.GasCoin(), 6));
        TransactionData second = network.data(creator, ptb);
        network.execute(first, creator);
        ObjectRef stale = first.gas().payment().getFirst();
        rejected(Rejection.Code.INVALID_ARGUMENT, "Transaction needs to be rebuilt because object " + stale.id() + " version 0x"
                + Long.toHexString(stale.version()) + " is unavailable for consumption, current version: 0x"
                + Long.toHexString(network.ref(stale.id()).version()), second, creator);
    }

    @Test
    void sharedInputs() {
        Channel channel = network.createChannel(creator, List.of(), 32);
        rejected(Rejection.Code.INVALID_ARGUMENT, "Wrong initial version given for shared object",
                network.data(creator, TestNetwork.sending(new Channel(channel.id(), 1, null, null),
                        network.ref(channel.caps().getFirst()), new byte[1])),
                creator);
        var owned = new Ptb();
        owned.input(new CallArg.Shared(channel.creatorCap(), 1, CallArg.Mutability.MUTABLE));
        rejected(Rejection.Code.INVALID_ARGUMENT, "Object used as shared is not shared.", network.data(creator, owned), creator);
        var clock = new Ptb();
        clock.input(new CallArg.Shared(Address.CLOCK, 1, CallArg.Mutability.MUTABLE));
        rejected(Rejection.Code.INVALID_ARGUMENT, "immutable parameter expected", network.data(creator, clock), creator);
        var missing = new Ptb();
        missing.generic(address(creator), "m", "f", List.of());
        rejected(Rejection.Code.ABORTED, "Dependent package not found on-chain", network.data(creator, missing), creator);
    }

    @Test
    void sponsoredGas() {
        var ptb = new Ptb();
        ptb.call("config", "none");
        List<ObjectRef> payment = List.of(network.coins(address(member)).getFirst().ref());
        var data = new TransactionData(ptb.inputs, ptb.commands, address(creator), new GasData(payment, address(member), 1000, SUI),
                new Expiration.None());
        rejected(Rejection.Code.INVALID_ARGUMENT, "Expect 2 signer signatures but got 1", data, creator);
        TestNetwork.require(network.execute(data, member, creator));
        assertEquals(10 * SUI, network.ledger.balances(address(creator)).get(TypeTag.of(StructTag.SUI)));
        assertEquals(10 * SUI - 1_009_880, network.ledger.balances(address(member)).get(TypeTag.of(StructTag.SUI)));
    }

    @Test
    void expirations() {
        var ptb = new Ptb();
        ptb.call("config", "none");
        TransactionData data = network.data(creator, ptb);
        suiload.chain.Digest chain = network.ledger.chainId();
        var window = new Expiration.Window(Optional.of(0L), Optional.of(1L), Optional.empty(), Optional.empty(), chain, 7);
        TestNetwork.require(network.execute(expiring(data, new Expiration.ValidDuring(window)), creator));
        TransactionData next = network.data(creator, ptb);
        TestNetwork.require(network.execute(expiring(next, new Expiration.Epoch(0)), creator));
        TransactionData last = network.data(creator, ptb);
        var later = new Expiration.Window(Optional.of(1L), Optional.of(2L), Optional.empty(), Optional.empty(), chain, 7);
        rejected(Rejection.Code.INVALID_ARGUMENT, "Transaction Expired", expiring(last, new Expiration.ValidDuring(later)), creator);
        var elsewhere = new Expiration.Window(Optional.of(0L), Optional.of(1L), Optional.empty(), Optional.empty(),
                suiload.chain.Digest.ZERO, 7);
        rejected(Rejection.Code.INVALID_ARGUMENT, "Invalid expiration", expiring(last, new Expiration.ValidDuring(elsewhere)), creator);
    }

    private static TransactionData expiring(TransactionData data, Expiration expiration) {
        return new TransactionData(data.inputs(), data.commands(), data.sender(), data.gas(), expiration);
    }

    @Test
    void theGasCoinCanBeGivenAway() {
        var ptb = new Ptb();
        ptb.transfer(address(member), new Argument.GasCoin());
        ExecutedTransaction sent = TestNetwork.require(network.run(creator, ptb));
        assertEquals(0, network.coins(address(creator)).size());
        assertEquals(20 * SUI - sent.effects().gasUsed().net(), network.ledger.balances(address(member)).get(TypeTag.of(StructTag.SUI)));
        assertEquals(List.of(10 * SUI - sent.effects().gasUsed().net(), -10 * SUI).stream().sorted().toList(),
                sent.balanceChanges().stream().map(BalanceChange::amount).sorted().toList());
    }

    @Test
    void simulation() {
        Channel channel = network.createChannel(creator, List.of(), 32);
        Ptb ptb = TestNetwork.sending(channel, network.ref(channel.caps().getFirst()), "text".getBytes());
        ptb.generic(Address.SUI_FRAMEWORK, "coin", "value", List.of(TypeTag.of(StructTag.SUI)), new Argument.GasCoin());
        var data = TestNetwork.data(creator, ptb, List.of(), GasModel.MAX_BUDGET);
        Simulation simulation = network.ledger.simulate(data, true);
        assertTrue(simulation.transaction().effects().status().success());
        assertEquals(ptb.commands.size(), simulation.outputs().size());
        Simulation.CommandOutput sent = simulation.outputs().get(1);
        assertEquals(new Argument.Input(0), sent.mutated().getFirst().argument());
        assertEquals(TypeTag.of(TestNetwork.CHANNEL), sent.mutated().getFirst().value().type());
        assertEquals(TypeTag.U64, simulation.outputs().get(2).returned().getFirst().type());
        assertEquals(Bytes.of((byte) 0), simulation.outputs().getFirst().returned().getFirst().bcs());
        assertEquals(0, ChannelValue.decode(network.ledger.object(channel.id()).orElseThrow().rawContents()).messagesCount,
                "nothing happened");
    }

    @Test
    void aSimulationWithoutChecksAsksForNoOwner() {
        Channel channel = network.createChannel(creator, List.of(), 32);
        var ptb = new Ptb();
        ptb.call("member_cap", "channel_id", ptb.owned(network.ref(channel.caps().getFirst())));
        ptb.call("channel", "namespace", ptb.input(new CallArg.Shared(channel.id(), channel.initialVersion(), CallArg.Mutability.IMMUTABLE)));
        var nobody = new TransactionData(ptb.inputs, ptb.commands, Address.ZERO, new GasData(List.of(), Address.ZERO, 1000, SUI),
                new Expiration.None());
        assertThrows(Rejection.class, () -> network.ledger.simulate(nobody, true));
        Simulation simulation = network.ledger.simulate(nobody, false);
        assertTrue(simulation.transaction().effects().status().success());
        assertEquals(Bytes.of(channel.id().bytes()), simulation.outputs().getFirst().returned().getFirst().bcs());
    }

    @Test
    void pages() {
        List<Argument> amounts = new ArrayList<>();
        var ptb = new Ptb();
        for (int i = 1; i <= 5; i++) amounts.add(ptb.u64(i * SUI));
        ptb.command(new Command.SplitCoins(new Argument.GasCoin(), amounts));
        Argument[] coins = new Argument[5];
        for (int i = 0; i < 5; i++) coins[i] = new Argument.NestedResult(0, i);
        Address holder = address(key(77));
        ptb.transfer(holder, coins);
        TestNetwork.require(network.run(network.funder(), ptb));
        Page<LedgerObject> first = network.ledger.owned(holder, Optional.empty(), Optional.empty(), 2);
        Page<LedgerObject> second = network.ledger.owned(holder, Optional.of(StructTag.parse("0x2::coin::Coin")), first.next(), 2);
        Page<LedgerObject> last = network.ledger.owned(holder, Optional.of(StructTag.SUI_COIN), second.next(), 2);
        List<Long> balances = new ArrayList<>();
        List.of(first, second, last).forEach(page -> page.items().forEach(coin -> balances.add(coin.balance().orElseThrow())));
        assertEquals(List.of(5 * SUI, 4 * SUI, 3 * SUI, 2 * SUI, SUI), balances);
        assertTrue(last.next().isEmpty());
        assertTrue(network.ledger.owned(holder, Optional.of(TestNetwork.MEMBER_CAP), Optional.empty(), 2).items().isEmpty());
    }

    @Test
    void dynamicFieldsComeByTheirIds() {
        Channel channel = network.createChannel(creator, List.of(), 32);
        for (int i = 0; i < 12; i++) TestNetwork.require(network.send(creator, channel, channel.caps().getFirst(), new byte[] {(byte) i}));
        Address table = ChannelValue.decode(network.ledger.object(channel.id()).orElseThrow().rawContents()).messages;
        List<Address> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) expected.add(Address.tableEntry(table, i));
        expected.sort(null);
        List<Address> found = new ArrayList<>();
        Optional<Bytes> position = Optional.empty();
        do {
            Page<DynamicFieldEntry> page = network.ledger.dynamicFields(table, position, 5);
            page.items().forEach(entry -> found.add(entry.field().id()));
            position = page.next();
        } while (position.isPresent());
        assertEquals(expected, found);
        DynamicFieldEntry entry = network.ledger.dynamicFields(table, Optional.empty(), 1).items().getFirst();
        assertEquals(TypeTag.U64, entry.nameType());
        assertEquals(found.getFirst(), Address.tableEntry(table, new BcsReader(entry.name()).u64()));
        assertEquals(TypeTag.of(StructTag.of(TestNetwork.PKG, "message", "Message")), entry.valueType());
    }

    @Test
    void aChannelIsTheSameTakenApartOrNot() {
        Channel channel = network.createChannel(creator, List.of(address(member)), 32);
        byte[] bytes = network.ledger.object(channel.id()).orElseThrow().rawContents();
        ChannelValue value = ChannelValue.decode(bytes);
        assertEquals(Bytes.of(bytes), Bytes.of(value.encode()));
        List<Integer> permissions = channel.caps().stream().map(cap -> value.entry(cap).permissions().size()).toList();
        assertEquals(List.of(4, 1), permissions);
        assertEquals(permissions, value.entries().stream().map(entry -> entry.permissions().size()).toList());
        assertEquals(channel.caps(), value.entries().stream().map(ChannelValue.Entry::memberCap).toList());
        assertEquals(Bytes.of(bytes), Bytes.of(value.encode()));
    }

    @Test
    void typesAreKnownOfATransactionOutOfMemory() {
        Channel channel = network.createChannel(creator, List.of(), 32);
        ExecutedTransaction sent = TestNetwork.require(network.send(creator, channel, channel.caps().getFirst(), new byte[] {1}));
        ExecutedTransaction stored = TransactionRecord.decode(TransactionRecord.encode(sent));
        var json = new MoveJson(network.ledger::packageInterface);
        var protos = new EffectsProto(json, new ObjectProto(json), network.ledger::object);
        assertTrue(stored.after().isEmpty());
        assertEquals(protos.transaction(sent, Mask.of("effects")), protos.transaction(stored, Mask.of("effects")));
    }

    @Test
    void checkpointsHoldTheirTransactions() {
        List<Checkpoint> heard = new ArrayList<>();
        Ledger.Subscription subscription = network.ledger.subscribe(heard::add);
        try {
            network.ledger.checkpointNow();
            ExecutedTransaction one = network.run(creator, TestNetwork.creation(creator, List.of(), 8));
            assertTrue(network.ledger.transaction(one.digest()).orElseThrow().checkpoint().isEmpty());
            ExecutedTransaction two = network.run(member, TestNetwork.creation(member, List.of(), 8));
            network.nowMs.addAndGet(100);
            Checkpoint checkpoint = network.ledger.checkpointNow();
            assertEquals(List.of(one.digest(), two.digest()), checkpoint.transactions().stream().map(ExecutedTransaction::digest).toList());
            assertEquals(new ExecutedTransaction.Inclusion(checkpoint.sequence(), 1, network.nowMs.get()),
                    network.ledger.transaction(two.digest()).orElseThrow().checkpoint().orElseThrow());
            assertEquals(2, heard.size());
            assertEquals(Optional.of(heard.get(0).digest()), heard.get(1).previous());
            network.reopen();
            Checkpoint again = network.ledger.checkpoint(checkpoint.sequence()).orElseThrow();
            assertEquals(checkpoint.digest(), again.digest());
            assertEquals(checkpoint.contents(), again.contents());
            assertEquals(checkpoint.sequence(), network.ledger.checkpoint(checkpoint.digest()).orElseThrow().sequence());
            assertEquals(1, network.ledger.transaction(two.digest()).orElseThrow().checkpoint().orElseThrow().index());
            assertEquals(0, network.ledger.checkpoint(0).orElseThrow().transactions().size());
        } finally {
            subscription.close();
        }
    }
}
