package suiload.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Event;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.MoveLocation;
import suiload.chain.ExecutionStatus;
import suiload.chain.GasUsed;
import suiload.chain.Owner;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;
import suiload.json.Json;
import suiload.metrics.Metrics;
import suiload.sui.Executed;
import suiload.sui.NodeException;
import suiload.transactions.Intent;
import suiload.transactions.Outcome;
import suiload.transactions.Reply;

/** Goal: a write is answered as http-api.md says, however it ended, and readers know of it before the client does. */
class PurposesTest {
    private static final Contract CONTRACT = StandInNode.CONTRACT;
    private static final SecretKey ALICE = SecretKey.ofSeed(new byte[32]);
    private static final Address SENDER = Address.ofPublicKey(ALICE.publicKey());
    private static final Address BOB = Address.ofShort(0xb0b);
    private static final Address CAROL = Address.ofShort(0xca401);
    private static final Digest DIGEST = StandInNode.digest(77);

    private final ReadState state = ReadState.of(MessagingConfig.of(CONTRACT), new TestClock(), new Metrics());
    private final SendMessage send = new SendMessage(CONTRACT, state, address -> Optional.of(ALICE).filter(key -> address.equals(SENDER)));
    private final CreateChannel create = new CreateChannel(CONTRACT, state, address -> Optional.empty());

    @Test
    void aSentMessageIsAnsweredAndReadable() {
        Address channel = Address.ofShort(0xc0);
        Intent intent = send.intent(ALICE, new MemberCap(Address.ofShort(0xca), channel), bytes("hello"), Bytes.of(new byte[12]), "r1");
        var added = new MessageAdded(channel, 4, SENDER, bytes("hello"), Bytes.of(new byte[12]), 1, List.of(), List.of(), 9);
        Outcome outcome = Outcome.of(executed(new ExecutionStatus.Success(), List.of(), List.of(StandInNode.event(added))));
        send.recorded(intent.parameters(), outcome, false);
        assertEquals(5, state.known().peek(channel).count());
        assertEquals(bytes("hello"), state.messages().range(new MessageCache.Stretch(channel, 4, 5)).get(4L).ciphertext());

        Reply reply = send.reply(intent.parameters(), outcome);
        assertEquals(200, reply.status());
        assertEquals(OptionalLong.of(-8), reply.gasCost());
        assertEquals(Json.text(Json.object("message", "Message sent successfully to channel " + channel, "digest", DIGEST.toString(),
                "gasCost", "-8")), text(reply));
        assertEquals(reply, send.reply(intent.parameters(), outcome), "the same bytes again");
    }

    @Test
    void aSendWithoutItsEventMakesTheNextReaderAsk() {
        Address channel = Address.ofShort(0xc0);
        state.known().update(channel, before -> before.made(new ChannelRef(channel, 3, Address.ofShort(1)), state.clock().instant()));
        Intent intent = send.intent(ALICE, new MemberCap(Address.ofShort(0xca), channel), bytes("x"), Bytes.of(new byte[12]), "r1");
        send.recorded(intent.parameters(), Outcome.of(executed(new ExecutionStatus.Success(), List.of(), List.of())), false);
        var config = MessagingConfig.of(CONTRACT);
        assertFalse(state.known().peek(channel).countIsCurrent(state.coverage(), config.cacheInterval(), state.clock().instant()));
    }

    @Test
    void aSendIsRebuiltOnlyWithAKeyOfOurs() {
        var cap = new MemberCap(Address.ofShort(0xca), Address.ofShort(0xc0));
        Intent intent = send.intent(ALICE, cap, bytes("x"), Bytes.of(new byte[12]), "r");
        Intent again = send.rebuild(SENDER, intent.parameters()).orElseThrow();
        assertEquals(intent.parameters(), again.parameters());
        assertEquals(intent.plan().owned(), again.plan().owned());
        assertEquals(Optional.empty(), send.rebuild(BOB, intent.parameters()));
        assertFalse(intent.parameters().contains(ALICE.text()), "no key among what is stored");
    }

    /** One that an earlier life made may have messages by now that nobody here was told of. */
    @Test
    void aChannelThatWasLeftOpenIsNotTakenForEmpty() {
        state.coverage().resume(state.clock().instant());
        state.coverage().upToDate();
        Outcome outcome = Outcome.of(executed(new ExecutionStatus.Success(), creation(List.of()), List.of()));
        Address channel = Address.created(DIGEST, 0);
        create.recorded("", outcome, true);
        assertFalse(state.known().peek(channel).countIsCurrent(state.coverage(), Duration.ofSeconds(1), state.clock().instant()));
        create.recorded("", outcome, false);
        assertTrue(state.known().peek(channel).countIsCurrent(state.coverage(), Duration.ofSeconds(1), state.clock().instant()));
    }

    @Test
    void aCreatedChannelIsAnsweredWithItsIdsInTheOrderOfTheRequest() {
        Intent intent = create.intent(ALICE, "my \"channel\"", List.of(CAROL, BOB), Bytes.of(new byte[32]), "r1");
        // Caps are handed out from the back: the first cap belongs to the last member.
        Outcome outcome = Outcome.of(executed(new ExecutionStatus.Success(), creation(List.of(BOB, CAROL)), List.of()));
        create.recorded(intent.parameters(), outcome, false);
        Address channel = Address.created(DIGEST, 0);
        assertEquals(Optional.of(channel), state.known().byTable(Address.created(DIGEST, 4)));

        Reply reply = create.reply(intent.parameters(), outcome);
        assertEquals(200, reply.status());
        Json json = Json.parse(reply.body().toArray());
        assertEquals("Channel 'my \"channel\"' created successfully", json.string("message"));
        Json made = json.get("channel");
        assertEquals(channel.toString(), made.string("channelId"));
        assertEquals(Address.created(DIGEST, 1).toString(), made.string("creatorCapId"));
        assertEquals(Address.created(DIGEST, 4).toString(), made.string("messagesTableId"));
        assertEquals(DIGEST.toString(), made.string("digest"));
        assertEquals(List.of(SENDER + " " + Address.created(DIGEST, 2), CAROL + " " + Address.created(DIGEST, 7),
                BOB + " " + Address.created(DIGEST, 6)),
                made.list("memberCaps").stream().map(cap -> cap.string("address") + " " + cap.string("memberCapId")).toList());
    }

    @Test
    void abortsSayModuleCodeAndMeaning() {
        Map<ExecutionError, String> expected = Map.of(
                abort(CONTRACT.packageId(), "channel", 1),
                "module channel with code 1: the sender's member cap is not one of a member of this channel.",
                abort(CONTRACT.packageId(), "channel", 3), "module channel with code 3: the channel has no encryption key yet.",
                abort(CONTRACT.packageId(), "auth", 420), "module auth with code 420: the channel has as many members as it can have.",
                abort(Address.SUI_FRAMEWORK, "vec_map", 1),
                "module vec_map with code 1: the sender's member cap was removed from the channel.");
        expected.forEach((error, details) -> {
            Reply reply = failed(error);
            Json json = Json.parse(reply.body().toArray());
            assertEquals(422, reply.status());
            assertTrue(reply.kept());
            assertEquals("contract_aborted", json.string("code"));
            assertTrue(json.string("details").endsWith(details), json.string("details"));
            assertEquals("request-7", json.string("request_id"));
            assertEquals(OptionalLong.of(-8), reply.gasCost(), "an abort costs gas too");
        });
    }

    @Test
    void otherFailuresHaveCodesOfTheirOwn() {
        assertEquals("422 insufficient_gas", summary(failed(ExecutionError.Plain.INSUFFICIENT_GAS)));
        assertEquals("502 congested", summary(failed(new ExecutionError.Congestion(List.of()))));
        assertEquals("422 execution_failed", summary(failed(ExecutionError.Plain.INPUT_OBJECT_DELETED)));
        assertEquals("422 insufficient_gas", summary(refused(NodeException.Kind.INSUFFICIENT_GAS)));
        assertEquals("422 transaction_invalid", summary(refused(NodeException.Kind.INVALID)));
        assertEquals("502 transaction_conflict", summary(refused(NodeException.Kind.CONFLICT)));
        assertFalse(refused(NodeException.Kind.STALE).kept(), "the client may try again under the same key");
    }

    private Reply failed(ExecutionError error) {
        Executed executed = executed(new ExecutionStatus.Failure(error, Optional.of(1L)), List.of(), List.of());
        return send.reply(parameters(), Outcome.of(executed));
    }

    private Reply refused(NodeException.Kind kind) {
        return send.reply(parameters(), new Outcome.Refused(kind, "The node said no."));
    }

    private String parameters() {
        var cap = new MemberCap(Address.ofShort(0xca), Address.ofShort(0xc0));
        return send.intent(ALICE, cap, bytes("x"), Bytes.of(new byte[12]), "request-7").parameters();
    }

    private static String summary(Reply reply) {
        return reply.status() + " " + Json.parse(reply.body().toArray()).string("code");
    }

    private static ExecutionError abort(Address packageId, String module, long code) {
        return new ExecutionError.MoveAbort(new MoveLocation(packageId, module, 0, 0, Optional.empty()), code);
    }

    private static Executed executed(ExecutionStatus status, List<ChangedObject> changes, List<Event> events) {
        var effects = new Effects(status, 0, new GasUsed(1, 2, 11, 0), DIGEST, Optional.empty(), Optional.empty(), List.of(), 5, changes,
                List.of(), Optional.empty());
        return new Executed(DIGEST, effects, events, Optional.empty());
    }

    /** @param inOrderOfCaps owners of the added caps, as the contract makes them */
    private static List<ChangedObject> creation(List<Address> inOrderOfCaps) {
        Address versioned = Address.created(DIGEST, 3);
        List<ChangedObject> changes = new ArrayList<>();
        changes.add(created(Address.created(DIGEST, 0), new Owner.Shared(5)));
        changes.add(created(Address.created(DIGEST, 1), new Owner.AddressOwner(SENDER)));
        changes.add(created(Address.created(DIGEST, 2), new Owner.AddressOwner(SENDER)));
        byte[] key = new BcsWriter(8).u64(1).toByteArray();
        changes.add(created(Address.dynamicField(versioned, TypeTag.U64, key), new Owner.ObjectOwner(versioned)));
        for (int i = 0; i < inOrderOfCaps.size(); i++) {
            changes.add(created(Address.created(DIGEST, 6 + i), new Owner.AddressOwner(inOrderOfCaps.get(i))));
        }
        return changes;
    }

    private static ChangedObject created(Address id, Owner owner) {
        return ChangedObject.created(id, Digest.ZERO, owner);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Reply reply) {
        return new String(reply.body().toArray(), StandardCharsets.UTF_8);
    }
}
