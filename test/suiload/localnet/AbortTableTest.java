package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionStatus;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;
import suiload.localnet.TestNetwork.Channel;
import suiload.localnet.TestNetwork.Ptb;

/**
 * Goal: the messaging package refuses with the codes, and has the oddities, of messaging-contract.md sections 2.4 and
 * 2.6. Method: one transaction per row on a channel of a creator and a member.
 */
class AbortTableTest {
    private static final long SUI = 1_000_000_000L;

    private TestNetwork network;
    private final SecretKey creator = key(1);
    private final SecretKey member = key(2);
    private Channel channel;
    private Channel other;

    @BeforeEach
    void open() throws IOException {
        network = TestNetwork.create();
        network.fund(creator, 10 * SUI);
        network.fund(member, 10 * SUI);
        channel = network.createChannel(creator, List.of(address(member)), 32);
        other = network.createChannel(creator, List.of(), 32);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    private Argument shared(Ptb ptb, Channel of) {
        return ptb.input(new CallArg.Shared(of.id(), of.initialVersion(), CallArg.Mutability.MUTABLE));
    }

    private Argument owned(Ptb ptb, Address id) {
        return ptb.owned(network.ref(id));
    }

    private Address creatorsCap() {
        return channel.caps().getFirst();
    }

    private Address membersCap() {
        return channel.caps().get(1);
    }

    private void aborts(SecretKey sender, Ptb ptb, String module, long code) {
        aborts(sender, ptb, TestNetwork.PKG, module, code);
    }

    private void aborts(SecretKey sender, Ptb ptb, Address packageId, String module, long code) {
        ExecutedTransaction transaction = network.run(sender, ptb);
        var failure = (ExecutionStatus.Failure) transaction.effects().status();
        var abort = (ExecutionError.MoveAbort) failure.error();
        assertEquals(List.of(packageId, module, code), List.of(abort.location().packageId(), abort.location().module(), abort.code()));
        assertEquals(Optional.of((long) ptb.commands.size() - 1), failure.command());
        assertTrue(transaction.events().isEmpty());
        assertTrue(transaction.effects().changedObjects().stream().allMatch(change -> change.input().isPresent()), "nothing was created");
        long version = transaction.effects().lamportVersion();
        assertTrue(transaction.after().stream().allMatch(object -> object.version() == version), "inputs move on");
    }

    private Ptb sending(Channel to, Address cap, byte[] text, byte[] nonce, int attachments) {
        var ptb = new Ptb();
        Argument[] files = new Argument[attachments];
        for (int i = 0; i < attachments; i++) {
            files[i] = ptb.call("attachment", "new", ptb.bytes("blob".getBytes()), ptb.bytes(new byte[3]), ptb.bytes(new byte[12]),
                    ptb.bytes(new byte[12]), ptb.pure(new BcsWriter().u32(1)));
        }
        Argument vector = ptb.command(new Command.MakeMoveVec(Optional.of(TestNetwork.ATTACHMENT), List.of(files)));
        ptb.call("channel", "send_message", shared(ptb, to), owned(ptb, cap), ptb.bytes(text), ptb.bytes(nonce), vector,
                ptb.input(CallArg.clock()));
        return ptb;
    }

    @Test
    void sending() {
        aborts(creator, sending(channel, other.caps().getFirst(), new byte[1], new byte[12], 0), "channel", 1);
        aborts(creator, sending(channel, creatorsCap(), new byte[513], new byte[12], 0), "channel", 4);
        aborts(creator, sending(channel, creatorsCap(), new byte[512], new byte[12], 11), "channel", 5);
        aborts(creator, sending(channel, creatorsCap(), new byte[512], new byte[13], 0), "channel", 6);
        // The text is looked at first, then the nonce, then the attachments.
        aborts(creator, sending(channel, creatorsCap(), new byte[513], new byte[13], 11), "channel", 4);
        aborts(creator, sending(channel, creatorsCap(), new byte[1], new byte[13], 11), "channel", 6);
        ExecutedTransaction sent = TestNetwork.require(network.run(creator,
                sending(channel, creatorsCap(), new byte[512], new byte[12], 10)));
        assertEquals(1, sent.events().size());
    }

    @Test
    void sendingWithoutKey() {
        Channel keyless = network.createChannel(creator, List.of(), 0);
        aborts(creator, sending(keyless, keyless.caps().getFirst(), new byte[1], new byte[12], 0), "channel", 3);
        // An empty key raises its version and opens nothing.
        TestNetwork.require(network.run(creator, keyAdding(keyless, keyless.caps().getFirst(), 0)));
        aborts(creator, sending(keyless, keyless.caps().getFirst(), new byte[1], new byte[12], 0), "channel", 3);
        TestNetwork.require(network.run(creator, keyAdding(keyless, keyless.caps().getFirst(), 7)));
        TestNetwork.require(network.run(creator, sending(keyless, keyless.caps().getFirst(), new byte[1], new byte[12], 0)));
        ChannelValue value = ChannelValue.decode(network.ledger.object(keyless.id()).orElseThrow().rawContents());
        assertEquals(2, value.latestKeyVersion);
        assertEquals(0, value.historySize, "an empty key is never retired");
    }

    private Ptb keyAdding(Channel to, Address cap, int bytes) {
        var ptb = new Ptb();
        ptb.call("channel", "add_encrypted_key", shared(ptb, to), owned(ptb, cap), ptb.bytes(new byte[bytes]));
        return ptb;
    }

    @Test
    void keys() {
        aborts(creator, keyAdding(channel, creatorsCap(), 513), "encryption_key_history", 0);
        aborts(member, keyAdding(channel, membersCap(), 513), "encryption_key_history", 1);
        aborts(creator, keyAdding(channel, other.caps().getFirst(), 1), "channel", 1);
        ExecutedTransaction rotated = TestNetwork.require(network.run(creator, keyAdding(channel, creatorsCap(), 512)));
        ChannelValue value = ChannelValue.decode(network.ledger.object(channel.id()).orElseThrow().rawContents());
        LedgerObject retired = network.ledger.object(Address.tableEntry(value.history, 0)).orElseThrow();
        assertEquals(40 + 33, retired.rawContents().length);
        assertEquals(rotated.effects().lamportVersion(), retired.version());
    }

    private Ptb adding(Channel to, Address cap, long count) {
        var ptb = new Ptb();
        ptb.call("channel", "add_members", shared(ptb, to), owned(ptb, cap), ptb.u64(count), ptb.input(CallArg.clock()));
        return ptb;
    }

    @Test
    void members() {
        aborts(creator, adding(channel, creatorsCap(), 10), "channel", 2);
        aborts(creator, adding(channel, creatorsCap(), -1), "channel", 2);
        aborts(creator, adding(channel, creatorsCap(), 9), "auth", 420);
        aborts(member, adding(channel, membersCap(), 1), "auth", 0);
        aborts(creator, adding(channel, other.caps().getFirst(), 1), "channel", 1);
    }

    @Test
    void addingNobody() {
        network.nowMs.addAndGet(5_000);
        network.ledger.checkpointNow();
        // A vector of capabilities cannot be dropped, not even an empty one: it goes into the vector's own destructor.
        Ptb none = adding(channel, membersCap(), 0);
        none.generic(Address.MOVE_STDLIB, "vector", "destroy_empty", List.of(TypeTag.of(TestNetwork.MEMBER_CAP)), new Argument.Result(0));
        TestNetwork.require(network.run(member, none));
        ChannelValue after = ChannelValue.decode(network.ledger.object(channel.id()).orElseThrow().rawContents());
        assertEquals(TestNetwork.START_MS + 5_000, after.updatedAtMs);
    }

    private Ptb removing(Channel from, Address cap, Address... ids) {
        var ptb = new Ptb();
        ptb.call("channel", "remove_members", shared(ptb, from), owned(ptb, cap), ptb.addresses(List.of(ids)), ptb.input(CallArg.clock()));
        return ptb;
    }

    @Test
    void removing() {
        Channel keyless = network.createChannel(creator, List.of(), 0);
        aborts(creator, removing(keyless, keyless.caps().getFirst(), keyless.caps().getFirst()), "channel", 3);
        aborts(member, removing(channel, membersCap(), creatorsCap()), "auth", 0);
        aborts(creator, removing(channel, creatorsCap(), channel.id()), Address.SUI_FRAMEWORK, "vec_map", 1);
        TestNetwork.require(network.run(creator, removing(channel, creatorsCap(), membersCap())));
        aborts(member, sending(channel, membersCap(), new byte[1], new byte[12], 0), Address.SUI_FRAMEWORK, "vec_map", 1);
        assertEquals(1, network.ledger.owned(address(member), Optional.of(TestNetwork.MEMBER_CAP), Optional.empty(), 10).items().size(),
                "the dead capability stays with its owner");
    }

    @Test
    void aCreatorMayRemoveItselfButNobodyAfterThat() {
        aborts(creator, removing(channel, creatorsCap(), creatorsCap(), membersCap()), Address.SUI_FRAMEWORK, "vec_map", 1);
        TestNetwork.require(network.run(creator, removing(channel, creatorsCap(), membersCap(), creatorsCap())));
        aborts(creator, adding(channel, creatorsCap(), 1), Address.SUI_FRAMEWORK, "vec_map", 1);
    }

    @Test
    void sharing() {
        var wrong = new Ptb();
        wrong.call("channel", "share", shared(wrong, channel), owned(wrong, other.creatorCap()));
        aborts(creator, wrong, "channel", 0);
        var again = new Ptb();
        again.call("channel", "share", shared(again, channel), owned(again, channel.creatorCap()));
        ExecutedTransaction shared = TestNetwork.require(network.run(creator, again));
        assertEquals(new suiload.chain.Owner.Shared(channel.initialVersion()), network.ledger.object(channel.id()).orElseThrow().owner());
        assertEquals(shared.effects().lamportVersion(), network.ledger.object(channel.id()).orElseThrow().version());
    }

    @Test
    void capabilities() {
        var foreign = new Ptb();
        foreign.call("member_cap", "transfer_to_recipient", owned(foreign, creatorsCap()), owned(foreign, other.creatorCap()),
                foreign.address(address(member)));
        aborts(creator, foreign, "member_cap", 0);
        Ptb unequal = adding(channel, creatorsCap(), 2);
        unequal.call("member_cap", "transfer_member_caps", unequal.addresses(List.of(address(member))), new Argument.Result(0),
                owned(unequal, channel.creatorCap()));
        aborts(creator, unequal, "member_cap", 1);
        Ptb foreigners = adding(channel, creatorsCap(), 1);
        foreigners.call("member_cap", "transfer_member_caps", foreigners.addresses(List.of(address(member))), new Argument.Result(0),
                owned(foreigners, other.creatorCap()));
        aborts(creator, foreigners, "member_cap", 0);
    }

    @Test
    void sealing() {
        var ptb = new Ptb();
        ptb.call("seal_policies", "seal_approve", ptb.bytes(new byte[40]), shared(ptb, channel), owned(ptb, creatorsCap()));
        aborts(creator, ptb, "seal_policies", 0);
        var right = new Ptb();
        byte[] identity = new BcsWriter().fixed(channel.id().bytes()).fixed(new byte[12]).toByteArray();
        right.call("seal_policies", "seal_approve", right.bytes(identity), shared(right, channel), owned(right, membersCap()));
        TestNetwork.require(network.run(member, right));
    }

    @Test
    void maps() {
        List<TypeTag> types = List.of(TypeTag.ADDRESS, TypeTag.U64);
        var twice = new Ptb();
        Argument keys = twice.addresses(List.of(channel.id(), channel.id()));
        twice.generic(Address.SUI_FRAMEWORK, "vec_map", "from_keys_values", types, keys,
                twice.pure(new BcsWriter().vector(List.of(1L, 2L), BcsWriter::u64)));
        aborts(creator, twice, Address.SUI_FRAMEWORK, "vec_map", 0);
        var unequal = new Ptb();
        unequal.generic(Address.SUI_FRAMEWORK, "vec_map", "from_keys_values", types, unequal.addresses(List.of(channel.id())),
                unequal.pure(new BcsWriter().vector(List.of(1L, 2L), BcsWriter::u64)));
        aborts(creator, unequal, Address.SUI_FRAMEWORK, "vec_map", 5);
    }

    @Test
    void limitsAreWhatTheConfigSays() {
        Ptb ptb = TestNetwork.creation(creator, List.of(), 1, each -> TestNetwork.config(each, 0, 3, 0, false));
        Channel small = TestNetwork.channelOf(TestNetwork.require(network.run(creator, ptb)), 0);
        aborts(creator, adding(small, small.caps().getFirst(), 0), "channel", 2);
        aborts(creator, sending(small, small.caps().getFirst(), new byte[4], new byte[0], 0), "channel", 4);
        aborts(creator, sending(small, small.caps().getFirst(), new byte[3], new byte[0], 1), "channel", 5);
        ExecutedTransaction sent = TestNetwork.require(network.run(creator,
                sending(small, small.caps().getFirst(), new byte[3], new byte[0], 0)));
        assertTrue(sent.events().isEmpty(), "events are off");
    }
}
