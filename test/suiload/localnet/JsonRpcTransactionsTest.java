package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.JsonRpcClient.assertJson;
import static suiload.localnet.JsonRpcClient.at;
import static suiload.localnet.JsonRpcClient.base64;
import static suiload.localnet.JsonRpcClient.executeParams;
import static suiload.localnet.JsonRpcClient.show;
import static suiload.localnet.JsonRpcClient.strings;
import static suiload.localnet.TestNetwork.PKG;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.Effects;
import suiload.chain.Expiration;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.SignedTransaction;
import suiload.chain.TransactionData;
import suiload.crypto.SecretKey;
import suiload.json.Json;

/**
 * Goal: execution, dry run and look-up in the shapes of facts/sui-jsonrpc.md sections 4.7 to 4.10, and refusals with the texts of
 * section 5. Method: transactions against a real ledger, answers compared with what the ledger says of the same transaction.
 */
class JsonRpcTransactionsTest {
    private static final String EXECUTE = "sui_executeTransactionBlock";
    private static final String[] ALL = {"showInput", "showRawInput", "showEffects", "showRawEffects", "showEvents", "showObjectChanges",
        "showBalanceChanges"};
    private static final String INPUTS = "Transaction execution failed due to issues with transaction inputs, please review the errors and "
            + "try again:\n- ";

    private final SecretKey sender = key(1);
    private TestFront front;
    private JsonRpcClient rpc;

    @BeforeEach
    void open() throws IOException {
        front = TestFront.create();
        rpc = new JsonRpcClient(front);
        front.network.fund(sender, 5_000_000_000_000L);
    }

    @AfterEach
    void close() throws IOException {
        front.close();
    }

    private SignedTransaction signed(TestNetwork.Ptb ptb) {
        return SignedTransaction.sign(front.network.data(sender, ptb), sender);
    }

    @Test
    void aPaymentInAllItsParts() throws Exception {
        SignedTransaction signed = front.payment(key(6), 123);
        Json answer = rpc.execute(signed, ALL);
        ExecutedTransaction executed = front.network.ledger.transaction(signed.digest()).orElseThrow();
        Effects effects = executed.effects();
        ObjectRef before = signed.data().gas().payment().getFirst();
        String funder = address(front.network.funder()).toString();
        assertTrue(answer.bool("confirmedLocalExecution"));
        assertFalse(answer.has("checkpoint"));
        assertJson("{'payment':[{'objectId':'%s','version':%d,'digest':'%s'}],'owner':'%s','price':'1000','budget':'%d'}"
                .formatted(before.id(), before.version(), before.digest(), funder, TestNetwork.BUDGET),
                at(answer, "transaction.data.gasData"));
        assertJson("{'kind':'ProgrammableTransaction','inputs':[{'type':'pure','valueType':'u64','value':'123'},"
                + "{'type':'pure','valueType':'address','value':'%s'}],".formatted(address(key(6)))
                + "'transactions':[{'SplitCoins':['GasCoin',[{'Input':0}]]},{'TransferObjects':[[{'Result':0}],{'Input':1}]}]}",
                at(answer, "transaction.data.transaction"));
        assertJson("['" + base64(signed.signatures().getFirst()) + "']", at(answer, "transaction.txSignatures"));
        byte[] raw = Base64.getDecoder().decode(answer.string("rawTransaction"));
        assertEquals("01000000" + signed.transaction().hex() + "0161" + signed.signatures().getFirst().hex(),
                HexFormat.of().formatHex(raw));
        assertEquals(Json.parse(Json.text(MoveFields.numbers(effects.encode().toArray()))), answer.get("rawEffects"));
        Json shown = answer.get("effects");
        assertEquals(Set.of("messageVersion", "status", "executedEpoch", "gasUsed", "modifiedAtVersions", "transactionDigest", "created",
                "mutated", "gasObject", "dependencies"), shown.entries().keySet());
        assertJson("{'status':'success'}", shown.get("status"));
        assertJson("{'owner':{'AddressOwner':'%s'},'reference':{'objectId':'%s','version':%d,'digest':'%s'}}".formatted(funder,
                before.id(), effects.lamportVersion(), effects.gasCoin().orElseThrow().digest()), shown.get("gasObject"));
        assertJson("[{'objectId':'%s','sequenceNumber':'%d'}]".formatted(before.id(), before.version()), shown.get("modifiedAtVersions"));
        assertJson("[]", answer.get("events"));
        assertEquals(List.of("mutated", "created"), strings(answer.get("objectChanges"), "type"));
        assertEquals(Long.toString(before.version()), at(answer, "objectChanges.0.previousVersion").asString());
        assertEquals("0x2::coin::Coin<0x2::sui::SUI>", at(answer, "objectChanges.1.objectType").asString());
        assertEquals(Set.of("123", Long.toString(-123 - effects.gasUsed().net())),
                Set.copyOf(strings(answer.get("balanceChanges"), "amount")));
        assertEquals(answer, rpc.execute(signed, ALL), "the same bytes again");
    }

    @Test
    void aMessageIsAnEventAndReadsTheClock() throws Exception {
        TestNetwork.Channel channel = front.network.createChannel(sender, List.of(), 3);
        ObjectRef before = front.network.ref(channel.id());
        ObjectRef clock = front.network.ref(Address.CLOCK);
        Json answer = rpc.execute(signed(TestNetwork.sending(channel, front.network.ref(channel.caps().getFirst()), new byte[] {9})), ALL);
        assertJson("[%s,%s]".formatted(reference(before), reference(clock)), at(answer, "effects.sharedObjects"));
        Json event = at(answer, "events.0");
        assertJson("{'txDigest':'%s','eventSeq':'0'}".formatted(answer.string("digest")), event.get("id"));
        assertEquals(PKG + "::message::MessageAddedEvent", event.string("type"));
        assertEquals("channel", event.string("transactionModule"));
        assertJson("{'attachment_nonces':[],'attachment_refs':[],'channel_id':'%s','ciphertext':[9],'created_at_ms':'%d',"
                .formatted(channel.id(), TestNetwork.START_MS) + "'key_version':1,'message_index':'0','nonce':[0,0,0,0,0,0,0,0,0,0,0,0],"
                + "'sender':'%s'}".formatted(address(sender)), event.get("parsedJson"));
        Json inputs = at(answer, "transaction.data.transaction.inputs");
        assertJson("{'type':'object','objectType':'sharedObject','objectId':'%s','initialSharedVersion':'%d','mutable':true}"
                .formatted(channel.id(), channel.initialVersion()), at(inputs, "0"));
        assertJson("{'type':'pure','valueType':'vector<u8>','value':[9]}", at(inputs, "2"));
        assertEquals("immOrOwnedObject", at(inputs, "1.objectType").asString());
        assertJson("['%s::attachment::Attachment']".formatted(PKG),
                at(answer, "transaction.data.transaction.transactions.0.MoveCall.type_arguments"));
    }

    private static String reference(ObjectRef ref) {
        return "{'objectId':'%s','version':%d,'digest':'%s'}".formatted(ref.id(), ref.version(), ref.digest());
    }

    @Test
    void smashedCoinsAreDeleted() throws Exception {
        front.network.fund(sender, 1_000_000_000);
        List<ObjectRef> coins = front.network.coins(address(sender)).stream().map(LedgerObject::ref).toList();
        var ptb = new TestNetwork.Ptb();
        ptb.transfer(address(key(3)), ptb.split(new Argument.GasCoin(), 5));
        Json answer = rpc.execute(SignedTransaction.sign(TestNetwork.data(sender, ptb, coins, TestNetwork.BUDGET), sender), ALL);
        long version = at(answer, "effects.gasObject.reference.version").asLong();
        assertJson("[{'objectId':'%s','version':%d,'digest':'7gyGAp71YXQRoxmFBaHxofQXAipvgHyBKPyxmdSJxyvz'}]"
                .formatted(coins.get(1).id(), version), at(answer, "effects.deleted"));
        assertJson("{'error':{'code':'deleted','object_id':'%s','version':%d,'digest':'7gyGAp71YXQRoxmFBaHxofQXAipvgHyBKPyxmdSJxyvz'}}"
                .formatted(coins.get(1).id(), version), rpc.call("sui_getObject", coins.get(1).id().toString()));
        assertEquals(List.of("mutated", "created", "deleted"), strings(answer.get("objectChanges"), "type"));
        assertJson("{'type':'deleted','sender':'%s','objectType':'0x2::coin::Coin<0x2::sui::SUI>','objectId':'%s','version':'%d'}"
                .formatted(address(sender), coins.get(1).id(), version), at(answer, "objectChanges.2"));
    }

    @Test
    void anAbortIsAResult() throws Exception {
        TestNetwork.Channel channel = front.network.createChannel(sender, List.of(), 0);
        Json answer = rpc.execute(signed(TestNetwork.sending(channel, front.network.ref(channel.caps().getFirst()), new byte[] {9})), ALL);
        assertJson("{'status':'failure','error':'MoveAbort(MoveLocation { module: ModuleId { address: " + PKG.hex()
                + ", name: Identifier(\\'channel\\') }, "
                + "function: 0, instruction: 0, function_name: Some(\\'send_message\\') }, 3) in command 1'}",
                at(answer, "effects.status"));
        Effects effects = Effects.decode(bytes(answer.get("rawEffects")));
        assertJson("[{'owner':{'AddressOwner':'%s'},'coinType':'0x2::sui::SUI','amount':'%d'}]"
                .formatted(address(sender), -effects.gasUsed().net()), answer.get("balanceChanges"));
    }

    private static byte[] bytes(Json numbers) {
        List<Json> items = numbers.asList();
        byte[] bytes = new byte[items.size()];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) items.get(i).asLong();
        return bytes;
    }

    @Test
    void aDryRunNeedsNoCoin() throws Exception {
        Address poor = address(key(9));
        var ptb = new TestNetwork.Ptb();
        ptb.transfer(address(key(3)), ptb.split(new Argument.GasCoin(), 5));
        var gas = new GasData(List.of(), poor, TestNetwork.PRICE, 50_000_000_000L);
        var data = new TransactionData(ptb.inputs, ptb.commands, poor, gas, new Expiration.None());
        Json answer = rpc.call("sui_dryRunTransactionBlock", base64(data.encode()));
        assertEquals(Set.of("effects", "events", "objectChanges", "balanceChanges", "input", "executionErrorSource"),
                answer.entries().keySet());
        assertJson("{'status':'success'}", at(answer, "effects.status"));
        assertJson("[{'owner':{'AddressOwner':'%s'},'coinType':'0x2::sui::SUI','amount':'5'}]".formatted(address(key(3))),
                answer.get("balanceChanges"));
        assertJson("[]", at(answer, "input.gasData.payment"));
        assertEquals(0, front.network.coins(address(key(3))).size());
    }

    @Test
    void refusalsHaveTheTextsThatClientsLookFor() throws Exception {
        SignedTransaction stale = front.payment(key(6), 1);
        ObjectRef given = stale.data().gas().payment().getFirst();
        front.network.fund(key(7), 1);
        String text = "Object ID %s Version 0x%x Digest %s is not available for consumption, current version: 0x%x".formatted(given.id(),
                given.version(), given.digest(), front.network.ref(given.id()).version());
        assertError(-32002, INPUTS + text, rpc.error(EXECUTE, executeParams(stale)));
        assertError(-32602, "Error checking transaction input objects: " + text,
                rpc.error("sui_dryRunTransactionBlock", base64(stale.transaction())));
        var ptb = new TestNetwork.Ptb();
        ObjectRef nowhere = new ObjectRef(Address.ofShort(0x77), 7, given.digest());
        ptb.transfer(address(sender), ptb.owned(nowhere));
        assertError(-32002, INPUTS + "Could not find the referenced object " + nowhere.id() + " at version Some(SequenceNumber(7)).",
                rpc.error(EXECUTE, executeParams(signed(ptb))));
        SignedTransaction payment = front.payment(key(6), 1);
        Json forged = rpc.error(EXECUTE, base64(payment.transaction()), List.of(base64(stale.signatures().getFirst())), null);
        assertError(-32002, "Invalid user signature: Signature is not valid: Fail to verify user sig", forged);
        String unknown = payment.digest().toString();
        assertError(-32602, "Could not find the referenced transaction [TransactionDigest(" + unknown + ")].",
                rpc.error("sui_getTransactionBlock", unknown, null));
        assertEquals(-32602, rpc.code(EXECUTE, base64(payment.transaction()), List.of(), null, "WaitForGodot"));
    }

    private static void assertError(int code, String message, Json error) {
        assertEquals(message, error.string("message"));
        assertEquals(code, error.integer("code", -40_000, 0));
    }

    @Test
    void pastEventsInBothDirectionsAndFromACursor() throws Exception {
        TestNetwork.Channel channel = front.network.createChannel(sender, List.of(), 3);
        for (int i = 0; i < 5; i++) {
            TestNetwork.require(front.network.send(sender, channel, channel.caps().getFirst(), new byte[] {(byte) i}));
            if (i % 2 == 0) for (int empty = 0; empty <= 2 * i; empty++) front.network.ledger.checkpointNow();
        }
        Object type = Json.object("MoveEventType", PKG + "::message::MessageAddedEvent");
        Json first = rpc.call("suix_queryEvents", type, null, 2, false);
        assertEquals(List.of("0", "1"), indexes(first));
        assertTrue(first.bool("hasNextPage"));
        Json rest = rpc.call("suix_queryEvents", type, first.get("nextCursor"), null, false);
        assertEquals(List.of("2", "3", "4"), indexes(rest));
        assertFalse(rest.bool("hasNextPage"));
        assertEquals(Long.toString(TestNetwork.START_MS), at(rest, "data.0.timestampMs").asString());
        Json none = rpc.call("suix_queryEvents", type, rest.get("nextCursor"), null, false);
        assertEquals(rest.get("nextCursor"), none.get("nextCursor"), "an empty page keeps the cursor");
        Json all = rpc.call("suix_queryEvents", Json.object("All", List.of()), null, null, true);
        assertEquals(List.of("4", "3", "2", "1", "0"), indexes(all));
        Json older = rpc.call("suix_queryEvents", Json.object("Sender", address(sender).toString()), rest.get("nextCursor"), 1, true);
        assertEquals(List.of("3"), indexes(older));
        Object module = Json.object("MoveModule", Json.object("package", PKG.toString(), "module", "message"));
        assertEquals(List.of(), indexes(rpc.call("suix_queryEvents", module)), "the module that was called is another");
        assertEquals(-32602, rpc.code("suix_queryEvents", Json.object("TimeRange", 1)));
    }

    @Test
    void aSearchThatTakesTooLongGivesWhatItHasFound() throws Exception {
        TestNetwork.Channel channel = front.network.createChannel(sender, List.of(), 3);
        for (int i = 0; i < 3; i++) front.network.send(sender, channel, channel.caps().getFirst(), new byte[] {(byte) i});
        front.network.ledger.checkpointNow();
        long before = front.network.ledger.latestCheckpoint().totalTransactions() - 3;
        var fields = new MoveFields(front.network.ledger::packageInterface);
        var answers = new TransactionAnswers(front.network.ledger, fields);
        Json filter = Json.parse(Json.text(Json.object("MoveEventType", PKG + "::message::MessageAddedEvent")));
        Json page = search(new EventQueries(answers, Math.toIntExact(before) + 2), List.of(filter));
        assertEquals(List.of("0", "1"), indexes(page));
        assertTrue(page.bool("hasNextPage"));
        assertEquals(List.of("2"), indexes(search(new EventQueries(answers, 2), List.of(filter, page.get("nextCursor")))));
        var tooFew = new EventQueries(answers, Math.toIntExact(before));
        assertThrows(JsonRpcException.class, () -> search(tooFew, List.of(filter)));
    }

    private Json search(EventQueries queries, List<Json> params) {
        Optional<Json> given = Optional.of(Json.parse(Json.text(params)));
        return Json.parse(Json.text(queries.events(JsonRpcParams.of(given), Replica.live(front.network.ledger))));
    }

    private static List<String> indexes(Json page) {
        return page.list("data").stream().map(event -> at(event, "parsedJson.message_index").asString()).toList();
    }

    @Test
    void whatIsReadFromTheJournalIsTheSame() throws Exception {
        SignedTransaction signed = front.payment(key(6), 1);
        Json executed = rpc.execute(signed, ALL);
        front.network.ledger.checkpointNow();
        front.network.reopen();
        ExecutedTransaction found = front.network.ledger.transaction(signed.digest()).orElseThrow();
        assertTrue(found.before().isEmpty(), "objects are not in the journal");
        var answers = new TransactionAnswers(front.network.ledger, new MoveFields(front.network.ledger::packageInterface));
        Json again = Json.parse(Json.text(answers.executed(found, TransactionAnswers.Options.of(Optional.of(
                Json.parse(Json.text(show(ALL))))))));
        again.entries().forEach((name, value) -> assertEquals(executed.get(name), value, name));
    }

    @Test
    void aTransactionIsKnownAtOnceAndInACheckpointLater() throws Exception {
        SignedTransaction signed = front.payment(key(6), 1);
        Json executed = rpc.call(EXECUTE, base64(signed.transaction()), List.of(base64(signed.signatures().getFirst())), show(ALL),
                "WaitForEffectsCert");
        String digest = signed.digest().toString();
        assertJson("{'digest':'" + digest + "'}", rpc.call("sui_getTransactionBlock", digest, null));
        Checkpoint checkpoint = front.network.ledger.checkpointNow();
        Json later = at(rpc.call("sui_multiGetTransactionBlocks", List.of(digest), show("showEffects", "showObjectChanges")), "0");
        assertEquals(Long.toString(checkpoint.sequence()), later.string("checkpoint"));
        assertEquals(Long.toString(checkpoint.timestampMs()), later.string("timestampMs"));
        assertEquals(executed.get("effects"), later.get("effects"));
        assertEquals(executed.get("objectChanges"), later.get("objectChanges"));
    }
}
