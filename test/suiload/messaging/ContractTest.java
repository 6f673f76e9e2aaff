package suiload.messaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Digest;
import suiload.chain.Expiration;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.sui.CheckpointView.Written;
import suiload.transactions.Plan;

/**
 * Goal: our transactions are byte for byte those of the contract's SDK, and what the contract stores is read as it is.
 * Method: golden transactions are taken apart, built again by our builders and compared; objects are written by hand, field by field.
 */
class ContractTest {
    private static final Contract CONTRACT =
            Contract.of(Address.parse("0x984960ebddd75c15c6d38355ac462621db0ffc7d6647214c802cd3b685e1af3d"));

    private record Golden(Digest digest, Bytes bytes, TransactionData data) {}

    @Test
    void creationWithoutKeyIsTheSdks() throws IOException {
        Map<String, Golden> golden = golden();
        for (int count : List.of(0, 1, 3, 9)) {
            Golden sdk = golden.get("create-" + count);
            List<Address> members = count == 0 ? List.of()
                    : BcsReader.decode(pure(sdk.data, sdk.data.inputs().size() - 1).toArray(), in -> in.vector(Address::read));
            assertEquals(count, members.size());
            assertSame(sdk, new ChannelCreation(CONTRACT, sdk.data.sender(), members, Optional.empty()).program());
        }
    }

    @Test
    void sendIsTheSdks() throws IOException {
        Golden sdk = golden().get("send");
        var channel = (CallArg.Shared) sdk.data.inputs().get(0);
        var cap = (CallArg.Owned) sdk.data.inputs().get(1);
        Bytes ciphertext = BcsReader.decode(pure(sdk.data, 2).toArray(), BcsReader::byteString);
        Bytes nonce = BcsReader.decode(pure(sdk.data, 3).toArray(), BcsReader::byteString);
        var sending = new MessageSending(CONTRACT, channel.id(), cap.ref().id(), ciphertext, nonce);
        assertSame(sdk, sending.program(cap.ref(), channel.initialVersion()));
        assertEquals(java.util.Set.of(cap.ref().id()), sending.plan().owned());
        assertEquals(java.util.Set.of(channel.id()), sending.plan().shared());
    }

    /** The one-transaction form differs from the SDK's only by the key: one input and one command more. */
    @Test
    void creationWithKeyAddsOneCommandBeforeSharing() {
        Address creator = Address.ofShort(0xa);
        List<Address> members = List.of(Address.ofShort(0xb));
        Bytes key = Bytes.of(new byte[Contract.KEY_BYTES]);
        Plan.Program with = new ChannelCreation(CONTRACT, creator, members, Optional.of(key)).program();
        assertEquals(List.of("none", "new", "add_members", "add_encrypted_key", "share", "transfer_to_recipient", "transfer_member_caps",
                "transfer_to_sender"), functions(with));
        assertEquals(Bytes.ofHex("20" + "00".repeat(32)), ((CallArg.Pure) with.inputs().get(2)).value());
    }

    @Test
    void aCreationIsKnownFromItsDigest() {
        Digest digest = Digest.of(filled(0x22));
        List<Address> owners = List.of(Address.ofShort(0xa), Address.ofShort(0xb), Address.ofShort(0xc));
        CreatedChannel created = CreatedChannel.in(digest, written(digest, owners)).orElseThrow();
        assertEquals(Address.parse("0xc85d4326fb3b33af837b5e3438a8f15c413f7c0b782dfb6ac7e95f4f81d8590e"), created.ref().id());
        assertEquals(7, created.ref().initialVersion());
        assertEquals(Address.created(digest, 4), created.ref().messagesTable());
        assertEquals(Address.created(digest, 1), created.creatorCap());
        assertEquals(owners, created.members().stream().map(Membership::owner).toList());
        assertEquals("0x2aeeb66cfaff3118f7855a507a1410ea375cf7547bd1cbe6aa16472c6f6b5d21", created.members().get(1).cap().id().toString());
    }

    /** Whoever adds no member may split a coin off next, which gets the id that the first member's cap would have. */
    @Test
    void whatElseATransactionMakesIsNoMembersCap() {
        Digest digest = Digest.of(filled(0x22));
        List<Written> written = new ArrayList<>(written(digest, List.of(Address.ofShort(0xa))));
        var bob = new Owner.AddressOwner(Address.ofShort(0xb));
        written.add(new Written(Address.created(digest, 6), true, bob, Optional.of(StructTag.SUI_COIN)));
        assertEquals(1, CreatedChannel.in(digest, written).orElseThrow().members().size());
    }

    @Test
    void otherTransactionsAreNoCreations() {
        Digest digest = Digest.of(filled(0x22));
        List<Written> written = written(digest, List.of(Address.ofShort(0xa)));
        assertEquals(Optional.empty(), CreatedChannel.in(Digest.of(filled(0x23)), written), "ids of another digest");
        assertEquals(Optional.empty(), CreatedChannel.in(digest, written.subList(1, written.size())), "no channel");
        assertEquals(Optional.empty(), CreatedChannel.in(digest, List.of()), "nothing at all");
    }

    @Test
    void channelIsReadFieldByField() {
        var last = new Message(Address.ofShort(0xb), Bytes.of((byte) 1), Bytes.of(new byte[12]), 1, List.of(), 1_750_762_503_000L);
        Channel channel = Channel.decode(contents(Optional.of(last)));
        assertEquals(Address.ofShort(0xc0), channel.id());
        assertEquals(1, channel.version());
        assertEquals(List.of(Address.ofShort(0xca), Address.ofShort(0xcb)), channel.members());
        assertEquals(Address.ofShort(0x7a), channel.messagesTable());
        assertEquals(5, channel.messagesCount());
        assertEquals(Optional.of(last), channel.lastMessage());
        assertEquals(1_000, channel.createdAtMs());
        assertEquals(2_000, channel.updatedAtMs());
        assertEquals(3, channel.keyVersion());
        assertThrows(BcsException.class, () -> Channel.decode(Bytes.of(new byte[100])));
    }

    /** facts: messaging-contract.md section 1.2: 596 + 124·N + key + last message. */
    @Test
    void channelContentsHaveTheSizeThatFactsGive() {
        assertEquals(596 + 124 + 2, contents(Optional.empty()).length());
    }

    @Test
    void messageFieldIsReadWithItsIndex() {
        var attachment = new Attachment("blob", Bytes.of((byte) 9), Bytes.of((byte) 8), Bytes.of((byte) 7), 2);
        Message message = new Message(Address.ofShort(0xb), Bytes.of((byte) 1), Bytes.of((byte) 2), 4, List.of(attachment), -1);
        var field = new BcsWriter();
        Address.ofShort(1).write(field);
        message.write(field.u64(41));
        assertEquals(message, Message.ofField(field.toBytes(), 41));
        assertThrows(BcsException.class, () -> Message.ofField(field.toBytes(), 42));
        assertEquals("18446744073709551615", message.json(41).get("createdAtMs"), "u64 is unsigned");
    }

    @Test
    void eventsTellTheWholeMessageUnlessFilesAreAttached() {
        var plain = new BcsWriter();
        Address.ofShort(0xc0).write(plain);
        Address.ofShort(0xb).write(plain.u64(17));
        plain.bytes(new byte[] {5}).bytes(new byte[12]).u32(1).uleb(0).uleb(0).u64(99);
        MessageAdded added = BcsReader.decode(plain.toByteArray(), MessageAdded::read);
        assertEquals(17, added.index());
        var message = new Message(Address.ofShort(0xb), Bytes.of((byte) 5), Bytes.of(new byte[12]), 1, List.of(), 99);
        assertEquals(Optional.of(message), added.message());

        var attached = new MessageAdded(added.channel(), 17, added.sender(), added.ciphertext(), added.nonce(), 1, List.of("blob"),
                List.of(Bytes.EMPTY), 99);
        assertEquals(Optional.empty(), attached.message());
    }

    /** facts: messaging-contract.md section 6.3: the largest send costs 11,669,032, a creation with nine further members 34,753,880. */
    @Test
    void budgetsCoverWhatTheFactsPredict() {
        Bytes longest = Bytes.of(new byte[Contract.MAX_MESSAGE_BYTES]);
        Plan sending = new MessageSending(CONTRACT, Address.ofShort(1), Address.ofShort(2), longest, Bytes.of(new byte[12])).plan();
        long send = sending.budget().applyAsLong(1000);
        assertTrue(send >= 11_669_032 && send < 15_000_000, "send " + send);
        List<Address> members = Stream.iterate(1, i -> i + 1).limit(9).map(Address::ofShort).toList();
        Plan creating = new ChannelCreation(CONTRACT, Address.ZERO, members, Optional.of(Bytes.of(new byte[32]))).plan();
        long creation = creating.budget().applyAsLong(1000);
        assertTrue(creation >= 34_753_880 && creation < 60_000_000, "creation " + creation);
    }

    private static Bytes contents(Optional<Message> last) {
        String creatorRights = CONTRACT.packageId().hex() + "::";
        var out = new BcsWriter();
        Address.ofShort(0xc0).write(out);
        out.u64(1).uleb(2);
        Address.ofShort(0xca).write(out);
        out.vector(List.of(creatorRights + "auth::EditPermissions", creatorRights + "channel::SimpleMessenger",
                creatorRights + "encryption_key_history::EditEncryptionKey", creatorRights + "config::EditConfig"), BcsWriter::string);
        Address.ofShort(0xcb).write(out);
        out.vector(List.of(creatorRights + "channel::SimpleMessenger"), BcsWriter::string);
        Address.ofShort(0xcf).write(out);
        Address.ofShort(0x7a).write(out.u64(1));
        out.u64(5).u64(5).option(last, (w, message) -> message.write(w)).u64(1_000).u64(2_000).bytes(new byte[2]).u32(3);
        Address.ofShort(0x7b).write(out);
        return out.u64(0).toBytes();
    }

    private static List<Written> written(Digest digest, List<Address> owners) {
        List<Written> written = new ArrayList<>();
        written.add(new Written(Address.created(digest, 0), true, new Owner.Shared(7), Optional.empty()));
        written.add(new Written(Address.created(digest, 1), true, new Owner.AddressOwner(owners.getFirst()), Optional.empty()));
        written.add(new Written(Address.created(digest, 2), true, new Owner.AddressOwner(owners.getFirst()), Optional.empty()));
        Address config = Address.dynamicField(Address.created(digest, 3), TypeTag.U64, new BcsWriter(8).u64(1).toByteArray());
        written.add(new Written(config, true, new Owner.ObjectOwner(Address.created(digest, 3)), Optional.empty()));
        for (int i = 1; i < owners.size(); i++) {
            written.add(new Written(Address.created(digest, 5 + i), true, new Owner.AddressOwner(owners.get(i)), Optional.empty()));
        }
        return written;
    }

    private static void assertSame(Golden sdk, Plan.Program ours) {
        var built = new TransactionData(ours.inputs(), ours.commands(), sdk.data.sender(), sdk.data.gas(), new Expiration.None());
        assertArrayEquals(sdk.bytes.toArray(), built.encode().toArray());
        assertEquals(sdk.digest, TransactionData.digest(built.encode()));
    }

    private static Bytes pure(TransactionData data, int input) {
        return ((CallArg.Pure) data.inputs().get(input)).value();
    }

    private static List<String> functions(Plan.Program program) {
        return program.commands().stream().map(command -> ((Command.MoveCall) command).function()).toList();
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static Map<String, Golden> golden() throws IOException {
        Path file = Path.of(System.getProperty("suiload.home", "."), "test/suiload/messaging/golden-transactions.txt");
        Map<String, Golden> golden = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("#")) continue;
            String[] parts = line.split(" ");
            byte[] bytes = Base64.getDecoder().decode(parts[2]);
            golden.put(parts[0], new Golden(Digest.parse(parts[1]), Bytes.of(bytes), TransactionData.decode(bytes)));
        }
        return golden;
    }
}
