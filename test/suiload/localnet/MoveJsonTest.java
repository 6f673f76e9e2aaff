package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestNetwork.PKG;
import static suiload.localnet.TestNetwork.address;
import static suiload.localnet.TestNetwork.key;

import com.google.protobuf.Value;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;

/** Goal: values read as facts/messaging-contract.md section 5.2 shows them. Method: objects that the ledger made, compared whole. */
class MoveJsonTest {
    private final SecretKey sender = key(1);
    private TestNetwork network;
    private MoveJson json;

    @BeforeEach
    void open() throws IOException {
        network = TestNetwork.create();
        network.fund(sender, 5_000_000_000_000L);
        json = new MoveJson(network.ledger::packageInterface);
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Test
    void channelBeforeAndAfterAMessage() {
        TestNetwork.Channel channel = network.createChannel(sender, List.of(address(key(2))), 3);
        Map<?, ?> before = render(channel.id());
        assertEquals("1", before.get("version"));
        assertEquals("0", before.get("messages_count"));
        assertEquals(Optional.empty(), before.get("last_message"));
        assertEquals(List.of(permissions(channel.caps().get(0), "auth::EditPermissions", "channel::SimpleMessenger",
                        "encryption_key_history::EditEncryptionKey", "config::EditConfig"),
                permissions(channel.caps().get(1), "channel::SimpleMessenger")), at(before, "auth", "member_permissions", "contents"));
        assertEquals("AAAA", at(before, "encryption_key_history", "latest"));
        assertEquals(1.0, at(before, "encryption_key_history", "latest_version"));
        TestNetwork.require(network.send(sender, channel, channel.caps().getFirst(), new byte[] {1, 2}));
        Map<?, ?> after = render(channel.id());
        assertEquals(Map.of("sender", address(sender).toString(), "ciphertext", "AQI=", "nonce", "AAAAAAAAAAAAAAAA", "key_version", 1.0,
                "attachments", List.of(), "created_at_ms", Long.toString(TestNetwork.START_MS)), after.get("last_message"));
        Address table = Address.parse((String) at(after, "messages", "contents", "id"));
        Map<?, ?> message = render(Address.tableEntry(table, 0));
        assertEquals("0", message.get("name"));
        assertEquals(after.get("last_message"), message.get("value"));
        assertEquals(Map.of("id", channel.caps().getFirst().toString(), "channel_id", channel.id().toString()),
                render(channel.caps().getFirst()));
    }

    @Test
    void whatHasNoLayoutHasNoRendering() {
        StructTag unknown = StructTag.of(Address.ofShort(0x99), "m", "S");
        assertTrue(json.value(unknown, Bytes.of(new byte[32])).isEmpty());
        assertTrue(json.value(TypeTag.U64, Bytes.of(new byte[7])).isEmpty(), "too few bytes");
        assertTrue(json.value(StructTag.of(Address.MOVE_STDLIB, "option", "Option"), Bytes.of((byte) 1)).isEmpty());
        byte[] large = new BcsWriter().bytes(new byte[900_000]).toByteArray();
        assertTrue(json.value(new TypeTag.Vector(TypeTag.U8), Bytes.of(large)).isEmpty(), "over the budget");
    }

    private Map<?, ?> render(Address id) {
        LedgerObject object = network.ledger.object(id).orElseThrow();
        return (Map<?, ?>) plain(json.value(object.type(), object.contents()).orElseThrow());
    }

    private static Map<String, Object> permissions(Address cap, String... names) {
        List<String> full = List.of(names).stream().map(name -> PKG.hex() + "::" + name).toList();
        return Map.of("key", cap.toString(), "value", Map.of("contents", full));
    }

    private static Object at(Object value, String... path) {
        Object inner = value;
        for (String name : path) inner = ((Map<?, ?>) inner).get(name);
        return inner;
    }

    /** Maps, lists, text, numbers and booleans; null as an empty Optional. */
    private static Object plain(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> value.getNumberValue();
            case BOOL_VALUE -> value.getBoolValue();
            case LIST_VALUE -> value.getListValue().getValuesList().stream().map(MoveJsonTest::plain).toList();
            case STRUCT_VALUE -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                new TreeMap<>(value.getStructValue().getFieldsMap()).forEach((name, field) -> fields.put(name, plain(field)));
                yield fields;
            }
            case NULL_VALUE -> Optional.empty();
            case KIND_NOT_SET -> throw new AssertionError("a value without kind");
        };
    }
}
