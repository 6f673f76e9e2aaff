package suiload.localnet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/**
 * The messaging package, check by check in the order its functions make them (facts: messaging-contract.md section 2).
 * Odd behaviour is the package's own and kept: see section 2.6 there.
 */
final class ChannelFunctions {
    private static final long NOT_CREATOR = 0;
    private static final long NOT_A_MEMBER = 1;
    private static final long TOO_MANY_MEMBERS = 2;
    private static final long NO_KEY = 3;
    private static final long TEXT_TOO_LONG = 4;
    private static final long TOO_MANY_ATTACHMENTS = 5;
    private static final long NONCE_TOO_LONG = 6;
    private static final long MAY_NOT_EDIT_MEMBERS = 0;
    private static final long MEMBERS_FULL = 420;
    private static final long KEY_TOO_LONG = 0;
    private static final long MAY_NOT_EDIT_KEY = 1;
    private static final long OTHER_CHANNEL = 0;
    private static final long UNEQUAL_LENGTHS = 1;
    private static final long NO_ACCESS = 0;
    private static final long NO_MAP_KEY = 1;
    private static final int MAX_KEY_BYTES = 512;
    private static final int MAX_NONCE_BYTES = 12;
    private static final int ID_BYTES = 32;
    private static final int CAP_BYTES = 64;
    /** What the package gives by default: 10 members, 3 roles, 512 bytes of text, 10 attachments, events. */
    private static final Config DEFAULT_CONFIG = new Config(10, 512, 10, true,
            new BcsWriter(35).u64(10).u64(3).u64(512).u64(10).bool(false).bool(false).bool(true).toByteArray());

    private final Address packageId;
    private final TypeTag channelType;
    private final TypeTag creatorCapType;
    private final TypeTag memberCapType;
    private final TypeTag messageType;
    private final TypeTag attachmentType;
    private final TypeTag configType;
    private final StructTag eventType;
    private final byte[] editPermissions;
    private final byte[] simpleMessenger;
    private final byte[] editEncryptionKey;
    private final byte[] editConfig;

    ChannelFunctions(Address packageId) {
        this.packageId = packageId;
        channelType = type("channel", "Channel");
        creatorCapType = type("creator_cap", "CreatorCap");
        memberCapType = type("member_cap", "MemberCap");
        messageType = type("message", "Message");
        attachmentType = type("attachment", "Attachment");
        configType = type("config", "Config");
        eventType = StructTag.of(packageId, "message", "MessageAddedEvent");
        editPermissions = typeName("auth", "EditPermissions");
        simpleMessenger = typeName("channel", "SimpleMessenger");
        editEncryptionKey = typeName("encryption_key_history", "EditEncryptionKey");
        editConfig = typeName("config", "EditConfig");
    }

    private TypeTag type(String module, String name) {
        return TypeTag.of(StructTag.of(packageId, module, name));
    }

    private byte[] typeName(String module, String name) {
        return (packageId.hex() + "::" + module + "::" + name).getBytes(StandardCharsets.US_ASCII);
    }

    void addTo(Map<String, MoveFunction> bodies) {
        bodies.put("config::none", frame -> List.of(optionOfConfig()));
        bodies.put("config::default", frame -> List.of(new MoveValue(configType, DEFAULT_CONFIG.bcs)));
        bodies.put("config::new", frame -> List.of(new MoveValue(configType, joined(frame, 7))));
        bodies.put("attachment::new", frame -> List.of(new MoveValue(attachmentType, joined(frame, 5))));
        bodies.put("message::new", frame -> List.of(new MoveValue(messageType, new MessageValue(frame.address(0), frame.byteVector(1),
                frame.byteVector(2), frame.reader(3).u32(), frame.bytes(4), ValueFunctions.clock(frame, 5)).encode())));
        bodies.put("channel::new", this::create);
        bodies.put("channel::share", this::share);
        bodies.put("channel::add_members", this::addMembers);
        bodies.put("channel::remove_members", this::removeMembers);
        bodies.put("channel::add_encrypted_key", this::addKey);
        bodies.put("channel::send_message", this::send);
        bodies.put("channel::namespace", frame -> List.of(new MoveValue(new TypeTag.Vector(TypeTag.U8),
                new BcsWriter(33).bytes(frame.value(0).id().bytes()).toByteArray())));
        bodies.put("member_cap::channel_id", frame -> List.of(MoveValue.address(ValueFunctions.ID, channelOf(frame, 0))));
        bodies.put("member_cap::transfer_to_recipient", this::transferMemberCap);
        bodies.put("member_cap::transfer_member_caps", this::transferMemberCaps);
        bodies.put("creator_cap::transfer_to_sender", frame -> {
            frame.scratch().transfer(frame.value(0), frame.scratch().context().sender());
            return List.of();
        });
        bodies.put("seal_policies::seal_approve", this::sealApprove);
    }

    private MoveValue optionOfConfig() {
        StructTag option = StructTag.of(Address.MOVE_STDLIB, "option", "Option", configType);
        return new MoveValue(TypeTag.of(option), new byte[] {0});
    }

    /** A struct of the arguments, field by field. */
    private static byte[] joined(CallFrame frame, int fields) {
        var out = new BcsWriter(128);
        for (int i = 0; i < fields; i++) out.fixed(frame.bytes(i));
        return out.toByteArray();
    }

    /** The limits of a channel; roles and the two "require" flags are stored and never read. */
    private record Config(long maxMembers, long maxText, long maxAttachments, boolean emitEvents, byte[] bcs) {
        static Config decode(byte[] bcs) {
            var in = new BcsReader(bcs);
            long members = in.u64();
            in.u64();
            long text = in.u64();
            long attachments = in.u64();
            in.bool();
            in.bool();
            return new Config(members, text, attachments, in.bool(), bcs);
        }
    }

    private List<MoveValue> create(CallFrame frame) {
        Scratch scratch = frame.scratch();
        byte[] option = frame.bytes(0);
        Address id = scratch.freshId();
        Address creatorCap = scratch.freshId();
        Address memberCap = scratch.freshId();
        var channel = new ChannelValue(id, scratch.freshId(), scratch.freshId(), scratch.freshId(), ValueFunctions.clock(frame, 1));
        byte[] config = option[0] == 0 ? DEFAULT_CONFIG.bcs : Arrays.copyOfRange(option, 1, option.length);
        scratch.addField(channel.config, MoveValue.u64(1), new MoveValue(configType, config));
        channel.entries().add(new ChannelValue.Entry(memberCap, List.of(editPermissions, simpleMessenger, editEncryptionKey, editConfig)));
        return List.of(new MoveValue(channelType, channel.encode()), cap(creatorCapType, creatorCap, id),
                cap(memberCapType, memberCap, id));
    }

    private static MoveValue cap(TypeTag type, Address id, Address channel) {
        return new MoveValue(type, new BcsWriter(CAP_BYTES).fixed(id.bytes()).fixed(channel.bytes()).toByteArray());
    }

    private List<MoveValue> share(CallFrame frame) {
        if (!channelOf(frame, 1).equals(frame.value(0).id())) throw frame.abort(NOT_CREATOR);
        frame.scratch().share(frame.value(0));
        return List.of();
    }

    private List<MoveValue> addMembers(CallFrame frame) {
        ChannelValue channel = ChannelValue.decode(frame.bytes(0));
        ChannelValue.Entry granter = member(frame, channel);
        long count = frame.u64(2);
        long max = config(frame, channel).maxMembers;
        if (Long.compareUnsigned(count, max) >= 0) throw frame.abort(TOO_MANY_MEMBERS);
        var caps = new BcsWriter(64).uleb(count);
        for (long i = 0; i < count; i++) {
            Address cap = frame.scratch().freshId();
            if (!granter.may(editPermissions)) throw inner("auth", "", MAY_NOT_EDIT_MEMBERS);
            if (channel.entries().size() == max) throw inner("auth", "", MEMBERS_FULL);
            // Looking for a duplicate key reads all entries: what makes large channels cost more than the smallest step.
            frame.scratch().work(channel.entries().size());
            channel.entries().add(new ChannelValue.Entry(cap, List.of(simpleMessenger)));
            caps.fixed(cap(memberCapType, cap, channel.id).bcs());
        }
        channel.updatedAtMs = ValueFunctions.clock(frame, 3);
        frame.set(0, channel.encode());
        return List.of(new MoveValue(new TypeTag.Vector(memberCapType), caps.toByteArray()));
    }

    private List<MoveValue> removeMembers(CallFrame frame) {
        ChannelValue channel = ChannelValue.decode(frame.bytes(0));
        member(frame, channel);
        requireKey(frame, channel);
        BcsReader ids = frame.reader(2);
        for (long left = ids.uleb(); left > 0; left--) {
            // Looked up for every id: a creator who removes itself may not remove the next.
            if (!entry(frame, channel).may(editPermissions)) throw inner("auth", "", MAY_NOT_EDIT_MEMBERS);
            Address id = Address.read(ids);
            frame.scratch().work(channel.entries().size());
            if (!channel.entries().removeIf(each -> each.memberCap().equals(id))) throw noSuchEntry();
        }
        channel.updatedAtMs = ValueFunctions.clock(frame, 3);
        frame.set(0, channel.encode());
        return List.of();
    }

    private List<MoveValue> addKey(CallFrame frame) {
        ChannelValue channel = ChannelValue.decode(frame.bytes(0));
        if (!member(frame, channel).may(editEncryptionKey)) throw inner("encryption_key_history", "", MAY_NOT_EDIT_KEY);
        byte[] key = frame.byteVector(2);
        if (key.length > MAX_KEY_BYTES) throw inner("encryption_key_history", "", KEY_TOO_LONG);
        if (channel.latestKey.length > 0) {
            var retired = new MoveValue(new TypeTag.Vector(TypeTag.U8),
                    new BcsWriter(channel.latestKey.length + 2).bytes(channel.latestKey).toByteArray());
            frame.scratch().addField(channel.history, MoveValue.u64(channel.historySize++), retired);
        }
        channel.latestKey = key;
        channel.latestKeyVersion++;
        frame.set(0, channel.encode());
        return List.of();
    }

    private List<MoveValue> send(CallFrame frame) {
        ChannelValue channel = ChannelValue.decode(frame.bytes(0));
        member(frame, channel);
        requireKey(frame, channel);
        byte[] ciphertext = frame.byteVector(2);
        byte[] nonce = frame.byteVector(3);
        Config config = config(frame, channel);
        if (Long.compareUnsigned(ciphertext.length, config.maxText) > 0) throw frame.abort(TEXT_TOO_LONG);
        if (nonce.length > MAX_NONCE_BYTES) throw frame.abort(NONCE_TOO_LONG);
        if (Long.compareUnsigned(frame.reader(4).uleb(), config.maxAttachments) > 0) throw frame.abort(TOO_MANY_ATTACHMENTS);
        Scratch scratch = frame.scratch();
        var message = new MessageValue(scratch.context().sender(), ciphertext, nonce, channel.latestKeyVersion, frame.bytes(4),
                ValueFunctions.clock(frame, 5));
        byte[] encoded = message.encode();
        long index = channel.messagesCount++;
        if (config.emitEvents) scratch.emit(frame.packageId(), frame.module(), eventType, message.event(channel.id, index));
        scratch.addField(channel.messages, MoveValue.u64(channel.messagesSize++), new MoveValue(messageType, encoded));
        channel.lastMessage = new BcsWriter(encoded.length + 1).bool(true).fixed(encoded).toByteArray();
        frame.set(0, channel.encode());
        return List.of();
    }

    private List<MoveValue> transferMemberCap(CallFrame frame) {
        if (!channelOf(frame, 0).equals(channelOf(frame, 1))) throw frame.abort(OTHER_CHANNEL);
        frame.scratch().transfer(frame.value(0), frame.address(2));
        return List.of();
    }

    /** Capabilities are popped from the back: the first address gets the last one. */
    private List<MoveValue> transferMemberCaps(CallFrame frame) {
        List<Address> addresses = frame.reader(0).vector(Address::read);
        List<byte[]> caps = frame.reader(1).vector(in -> in.fixed(CAP_BYTES));
        if (addresses.size() != caps.size()) throw frame.abort(UNEQUAL_LENGTHS);
        for (int i = 0; i < addresses.size(); i++) {
            var cap = new MoveValue(memberCapType, caps.get(caps.size() - 1 - i));
            if (!channelOf(cap).equals(channelOf(frame, 2))) throw inner("member_cap", "transfer_to_recipient", OTHER_CHANNEL);
            frame.scratch().transfer(cap, addresses.get(i));
        }
        return List.of();
    }

    private List<MoveValue> sealApprove(CallFrame frame) {
        byte[] identity = frame.byteVector(0);
        ChannelValue channel = ChannelValue.decode(frame.bytes(1));
        byte[] namespace = channel.id.bytes();
        boolean allowed = identity.length >= ID_BYTES && Arrays.equals(identity, 0, ID_BYTES, namespace, 0, ID_BYTES)
                && channelOf(frame, 2).equals(channel.id);
        if (!allowed) throw frame.abort(NO_ACCESS);
        ChannelValue.Entry entry = channel.entry(frame.value(2).id());
        if (entry == null) throw noSuchEntry();
        if (!entry.may(simpleMessenger)) throw frame.abort(NO_ACCESS);
        return List.of();
    }

    /** The check that begins every member's call, on the channel and capability of arguments 0 and 1. */
    private ChannelValue.Entry member(CallFrame frame, ChannelValue channel) {
        if (!channelOf(frame, 1).equals(channel.id)) throw frame.abort(NOT_A_MEMBER);
        ChannelValue.Entry entry = entry(frame, channel);
        if (!entry.may(simpleMessenger)) throw frame.abort(NOT_A_MEMBER);
        return entry;
    }

    private static ChannelValue.Entry entry(CallFrame frame, ChannelValue channel) {
        ChannelValue.Entry entry = channel.entry(frame.value(1).id());
        if (entry == null) throw noSuchEntry();
        return entry;
    }

    private static void requireKey(CallFrame frame, ChannelValue channel) {
        if (channel.latestKeyVersion == 0 || channel.latestKey.length == 0) throw frame.abort(NO_KEY);
    }

    private static Config config(CallFrame frame, ChannelValue channel) {
        byte[] field = frame.scratch().field(channel.config, MoveValue.u64(1));
        return Config.decode(Arrays.copyOfRange(field, ID_BYTES + Long.BYTES, field.length));
    }

    private static Address channelOf(CallFrame frame, int cap) {
        return channelOf(frame.value(cap));
    }

    private static Address channelOf(MoveValue cap) {
        return Address.of(Arrays.copyOfRange(cap.bcs(), ID_BYTES, CAP_BYTES));
    }

    private MoveFailure inner(String module, String function, long code) {
        return CallFrame.abort(packageId, module, function, code);
    }

    private static MoveFailure noSuchEntry() {
        return CallFrame.abort(Address.SUI_FRAMEWORK, "vec_map", "get_idx", NO_MAP_KEY);
    }
}
