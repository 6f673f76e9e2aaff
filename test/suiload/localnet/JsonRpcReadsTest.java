package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.JsonRpcClient.assertJson;
import static suiload.localnet.JsonRpcClient.at;
import static suiload.localnet.JsonRpcClient.show;
import static suiload.localnet.JsonRpcClient.strings;
import static suiload.localnet.TestNetwork.PKG;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.json.Json;

/**
 * Goal: reads in the shapes that facts/sui-jsonrpc.md sections 4.1 to 4.6 and facts/messaging-contract.md section 5.3 show. Method:
 * whole answers of a real ledger with one channel, compared as JSON.
 */
class JsonRpcReadsTest {
    private static final String NOWHERE = "0x" + "77".repeat(32);
    private static final String CLOCK = "0x" + "0".repeat(63) + "6";
    private static final String NAMES = "0x2::vec_set::VecSet<0x1::type_name::TypeName>";

    private final SecretKey sender = key(1);
    private TestFront front;
    private JsonRpcClient rpc;
    private TestNetwork.Channel channel;

    @BeforeEach
    void open() throws IOException {
        front = TestFront.create();
        rpc = new JsonRpcClient(front);
        front.network.fund(sender, 5_000_000_000_000L);
        channel = front.network.createChannel(sender, List.of(address(key(2))), 3);
    }

    @AfterEach
    void close() throws IOException {
        front.close();
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            TestNetwork.require(front.network.send(sender, channel, channel.caps().getFirst(), new byte[] {1, (byte) (200 + i)}));
        }
    }

    @Test
    void anObjectShowsWhatIsAskedFor() throws Exception {
        LedgerObject clock = front.network.ledger.object(Address.CLOCK).orElseThrow();
        assertJson("{'data':{'objectId':'%s','version':'%d','digest':'%s'}}".formatted(CLOCK, clock.version(), clock.digest()),
                rpc.call("sui_getObject", "0x6", null));
        Json all = rpc.call("sui_getObject", "6", show("showType", "showOwner", "showPreviousTransaction", "showStorageRebate",
                "showContent", "showBcs")).get("data");
        assertEquals("0x2::clock::Clock", all.string("type"));
        assertJson("{'Shared':{'initial_shared_version':1}}", all.get("owner"));
        assertEquals("0", all.string("storageRebate"));
        assertJson("{'dataType':'moveObject','type':'0x2::clock::Clock','hasPublicTransfer':false,'fields':{'id':{'id':'%s'},"
                .formatted(CLOCK) + "'timestamp_ms':'%d'}}".formatted(TestNetwork.START_MS), all.get("content"));
        assertJson("{'dataType':'moveObject','type':'0x2::clock::Clock','hasPublicTransfer':false,'version':%d,'bcsBytes':'%s'}"
                .formatted(clock.version(), JsonRpcClient.base64(clock.contents())), all.get("bcs"));
        Json code = rpc.call("sui_getObject", PKG.toString(), show("showType", "showOwner", "showContent", "showBcs")).get("data");
        assertEquals("package", code.string("type"));
        assertEquals("Immutable", code.string("owner"));
        assertEquals("package", at(code, "content.dataType").asString());
        assertTrue(at(code, "bcs.moduleMap").has("channel"));
    }

    @Test
    void severalObjectsEachHaveTheirOwnAnswer() throws Exception {
        Json answers = rpc.call("sui_multiGetObjects", List.of(NOWHERE, "0x6", channel.id().toString()), show("showOwner"));
        assertJson("{'error':{'code':'notExists','object_id':'%s'}}".formatted(NOWHERE), answers.asList().getFirst());
        assertEquals(CLOCK, at(answers, "1.data.objectId").asString());
        assertEquals(channel.initialVersion(), at(answers, "2.data.owner.Shared.initial_shared_version").asLong());
        assertJson("[]", rpc.call("sui_multiGetObjects", List.of(), show("showOwner")));
    }

    @Test
    void theChannelBeforeAndAfterAMessage() throws Exception {
        Json before = channel();
        assertEquals(List.of("auth", "created_at_ms", "encryption_key_history", "id", "last_message", "messages", "messages_count",
                "updated_at_ms", "version"), List.copyOf(before.entries().keySet()));
        assertFalse(before.has("last_message"));
        String messenger = "{'type':'0x1::type_name::TypeName','fields':{'name':'" + PKG.hex() + "::channel::SimpleMessenger'}}";
        assertJson("{'type':'0x2::vec_map::Entry<0x2::object::ID, " + NAMES + ">','fields':{'key':'" + channel.caps().get(1)
                        + "','value':{'type':'" + NAMES + "','fields':{'contents':[" + messenger + "]}}}}",
                at(before, "auth.fields.member_permissions.fields.contents.1"));
        assertEquals("0x2::vec_map::VecMap<0x2::object::ID, " + NAMES + ">", at(before, "auth.fields.member_permissions.type").asString());
        assertEquals("1", at(before, "auth.fields.config.fields.version").asString());
        assertJson("[0,0,0]", at(before, "encryption_key_history.fields.latest"));
        assertEquals(1, at(before, "encryption_key_history.fields.latest_version").asLong());
        send(1);
        Json after = channel();
        assertJson("{'type':'%s::message::Message','fields':{'attachments':[],'ciphertext':[1,200],'created_at_ms':'%d',"
                .formatted(PKG, TestNetwork.START_MS) + "'key_version':1,'nonce':[0,0,0,0,0,0,0,0,0,0,0,0],'sender':'%s'}}"
                .formatted(address(sender)), after.get("last_message"));
        assertEquals("1", at(after, "messages.fields.contents.fields.size").asString());
        assertEquals("0x2::table_vec::TableVec<" + PKG + "::message::Message>", at(after, "messages.type").asString());
    }

    private Json channel() throws IOException, InterruptedException {
        return at(rpc.call("sui_getObject", channel.id().toString(), show("showContent")), "data.content.fields");
    }

    private String table() throws IOException, InterruptedException {
        return at(channel(), "messages.fields.contents.fields.id.id").asString();
    }

    @Test
    void messagesAreDynamicFieldsInPages() throws Exception {
        send(5);
        String table = table();
        List<String> ids = new ArrayList<>();
        Json page = rpc.call("suix_getDynamicFields", table, null, 2);
        while (true) {
            ids.addAll(strings(page.get("data"), "objectId"));
            if (!page.bool("hasNextPage")) break;
            assertEquals(ids.getLast(), page.string("nextCursor"));
            page = rpc.call("suix_getDynamicFields", table, page.string("nextCursor"), 2);
        }
        assertEquals(ids.getLast(), page.string("nextCursor"), "a cursor even at the end");
        assertEquals(new ArrayList<>(new TreeSet<>(ids)), ids);
        assertEquals(5, ids.size());
        assertFalse(rpc.call("suix_getDynamicFields", NOWHERE, null, null).has("nextCursor"));
        LedgerObject first = front.network.ledger.object(Address.tableEntry(Address.parse(table), 0)).orElseThrow();
        Json entry = rpc.call("suix_getDynamicFields", table).list("data").stream()
                .filter(field -> field.string("objectId").equals(first.id().toString())).findFirst().orElseThrow();
        assertJson("{'name':{'type':'u64','value':'0'},'bcsEncoding':'base64','bcsName':'AAAAAAAAAAA=','type':'DynamicField',"
                + "'objectType':'%s::message::Message','objectId':'%s','version':%d,'digest':'%s'}"
                .formatted(PKG, first.id(), first.version(), first.digest()), entry);
    }

    @Test
    void aFieldByItsName() throws Exception {
        send(2);
        for (Object name : List.of("1", 1)) {
            Json data = rpc.call("suix_getDynamicFieldObject", table(), Map.of("type", "u64", "value", name)).get("data");
            assertEquals("1", at(data, "content.fields.name").asString());
            assertJson("[1,201]", at(data, "content.fields.value.fields.ciphertext"));
            assertEquals(table(), at(data, "owner.ObjectOwner").asString());
            assertEquals("0x2::dynamic_field::Field<u64, " + PKG + "::message::Message>", data.string("type"));
        }
        assertJson("{'error':{'code':'dynamicFieldNotFound','parent_object_id':'%s'}}".formatted(table()),
                rpc.call("suix_getDynamicFieldObject", table(), Map.of("type", "u64", "value", "2")));
        assertEquals(-32602, rpc.code("suix_getDynamicFieldObject", table(), Map.of("type", "u8", "value", 256)));
    }

    @Test
    void ownedObjectsByFilterAndInPages() throws Exception {
        String owner = address(sender).toString();
        Json all = rpc.call("suix_getOwnedObjects", owner, Map.of(), null, null);
        List<String> ids = strings(list(all), "objectId");
        assertEquals(new ArrayList<>(new TreeSet<>(ids)), ids);
        assertEquals(3, ids.size(), "coin, creator's cap and member's cap");
        Json caps = rpc.call("suix_getOwnedObjects", owner, filter("{'StructType':'" + PKG + "::member_cap::MemberCap'}"), null, 10);
        assertJson("{'channel_id':'%s','id':{'id':'%s'}}".formatted(channel.id(), channel.caps().getFirst()),
                at(caps, "data.0.data.content.fields"));
        assertEquals(1, caps.list("data").size());
        assertEquals(1, count("{'StructType':'0x2::coin::Coin'}"));
        assertEquals(2, count("{'Package':'" + PKG + "'}"));
        assertEquals(1, count("{'MoveModule':{'package':'0x2','module':'coin'}}"));
        assertEquals(3, count("{'AddressOwner':'" + owner + "'}"));
        assertEquals(1, count("{'ObjectId':'" + ids.getFirst() + "'}"));
        assertEquals(2, count("{'MatchNone':[{'ObjectIds':['" + ids.get(1) + "']}]}"));
        assertEquals(0, count("{'MatchAll':[{'StructType':'0x2::coin::Coin<0x2::sui::SUI>'},{'MatchAny':[{'Package':'0x3'}]}]}"));
        Json second = rpc.call("suix_getOwnedObjects", owner, null, ids.getFirst(), 1);
        assertEquals(List.of(ids.get(1)), strings(list(second), "objectId"));
        assertTrue(second.bool("hasNextPage"));
    }

    private static Json list(Json page) {
        return Json.parse(Json.text(page.list("data").stream().map(item -> item.get("data")).toList()));
    }

    private static Map<String, Object> filter(String filter) {
        return Json.object("filter", JsonRpcClient.json(filter), "options", show("showContent"));
    }

    private int count(String filter) throws IOException, InterruptedException {
        return rpc.call("suix_getOwnedObjects", address(sender).toString(), filter(filter)).list("data").size();
    }

    @Test
    void coinsAndBalances() throws Exception {
        String owner = address(key(7)).toString();
        for (int i = 0; i < 3; i++) front.network.fund(key(7), 100 + i);
        Json page = rpc.call("suix_getCoins", owner, null, null, 2);
        assertEquals(2, page.list("data").size());
        assertTrue(page.bool("hasNextPage"));
        Json rest = rpc.call("suix_getCoins", owner, "0x" + "0".repeat(63) + "2::sui::SUI", page.string("nextCursor"), null);
        List<String> ids = new ArrayList<>(strings(page.get("data"), "coinObjectId"));
        ids.addAll(strings(rest.get("data"), "coinObjectId"));
        assertEquals(new ArrayList<>(new TreeSet<>(ids)), ids);
        assertEquals(strings(rpc.call("suix_getAllCoins", owner).get("data"), "coinObjectId"), ids);
        LedgerObject coin = front.network.ledger.object(Address.parse(ids.getFirst())).orElseThrow();
        assertJson("{'coinType':'0x2::sui::SUI','coinObjectId':'%s','version':'%d','digest':'%s','balance':'%d',".formatted(coin.id(),
                        coin.version(), coin.digest(), coin.balance().orElseThrow())
                        + "'previousTransaction':'" + coin.previousTransaction() + "'}",
                page.list("data").getFirst());
        String balance = "{'coinType':'0x2::sui::SUI','coinObjectCount':%d,'totalBalance':'%d','lockedBalance':{}}";
        assertJson(balance.formatted(3, 303), rpc.call("suix_getBalance", owner, null));
        assertJson("[" + balance.formatted(3, 303) + "]", rpc.call("suix_getAllBalances", owner));
        assertJson(balance.formatted(0, 0), rpc.call("suix_getBalance", NOWHERE));
    }

    @Test
    void functionsDescribeThemselves() throws Exception {
        Json send = rpc.call("sui_getNormalizedMoveFunction", PKG.toString(), "channel", "send_message");
        assertEquals("Public", send.string("visibility"));
        assertJson("{'MutableReference':{'Struct':{'address':'%s','module':'channel','name':'Channel','typeArguments':[]}}}"
                .formatted(PKG), at(send, "parameters.0"));
        assertJson("{'Vector':'U8'}", at(send, "parameters.2"));
        assertJson("{'Reference':{'Struct':{'address':'0x2','module':'clock','name':'Clock','typeArguments':[]}}}",
                at(send, "parameters.5"));
        assertEquals("TxContext", at(send, "parameters.6.Reference.Struct.name").asString());
        Json keys = rpc.call("sui_getNormalizedMoveFunction", "0x2", "vec_map", "from_keys_values");
        assertJson("[{'abilities':['Copy']},{'abilities':[]}]", keys.get("typeParameters"));
        assertJson("{'Vector':{'TypeParameter':0}}", at(keys, "parameters.0"));
        assertEquals("No function was found with function name nothing",
                rpc.error("sui_getNormalizedMoveFunction", "0x2", "coin", "nothing").string("message"));
    }

    @Test
    void chainAndCheckpoints() throws Exception {
        assertEquals(front.network.ledger.chainId().hex().substring(0, 8), rpc.call("sui_getChainIdentifier").asString());
        Json first = rpc.call("sui_getCheckpoint", "0");
        assertEquals(front.network.ledger.chainId().toString(), first.string("digest"));
        assertFalse(first.has("previousDigest"));
        Checkpoint next = front.network.ledger.checkpointNow();
        assertEquals(Long.toString(next.sequence()), rpc.call("sui_getLatestCheckpointSequenceNumber").asString());
        Json newest = rpc.call("sui_getCheckpoint", next.digest().toString());
        assertEquals(first.string("digest"), newest.string("previousDigest"));
        assertEquals(2, newest.list("transactions").size());
        assertEquals("137", rpc.call("sui_getProtocolConfig", (Object) null).string("protocolVersion"));
        assertEquals(-32602, rpc.code("sui_getCheckpoint", "99"));
    }
}
