package suiload.localnet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;

/**
 * A channel taken apart, to be changed and put together again. Byte by byte as facts/messaging-contract.md section 1.2
 * has it. The member entries stay bytes until somebody changes them: a send only looks for one.
 */
final class ChannelValue {
    /** One membership: a MemberCap's id, and what it may do as encoded type names. */
    record Entry(Address memberCap, List<byte[]> permissions) {
        boolean may(byte[] permission) {
            return permissions.stream().anyMatch(each -> Arrays.equals(each, permission));
        }
    }

    final Address id;
    private final long version;
    /** As they were read; null once they are {@link #entries}. */
    private byte[] encodedEntries;
    private List<Entry> entries;
    final Address config;
    private final long configVersion;
    final Address messages;
    long messagesSize;
    long messagesCount;
    /** Encoded Option<Message>: 0, or 1 and the message. */
    byte[] lastMessage;
    private final long createdAtMs;
    long updatedAtMs;
    byte[] latestKey;
    long latestKeyVersion;
    final Address history;
    long historySize;

    /** A new channel without members, messages or key. */
    ChannelValue(Address id, Address config, Address messages, Address history, long nowMs) {
        this.id = id;
        version = 1;
        entries = new ArrayList<>();
        this.config = config;
        configVersion = 1;
        this.messages = messages;
        lastMessage = new byte[] {0};
        createdAtMs = nowMs;
        updatedAtMs = nowMs;
        latestKey = new byte[0];
        this.history = history;
    }

    private ChannelValue(BcsReader in, byte[] whole) {
        id = Address.read(in);
        version = in.u64();
        encodedEntries = readEntries(in, whole);
        config = Address.read(in);
        configVersion = in.u64();
        messages = Address.read(in);
        messagesSize = in.u64();
        messagesCount = in.u64();
        lastMessage = readLastMessage(in, whole);
        createdAtMs = in.u64();
        updatedAtMs = in.u64();
        latestKey = in.bytes();
        latestKeyVersion = in.u32();
        history = Address.read(in);
        historySize = in.u64();
    }

    static ChannelValue decode(byte[] bcs) {
        var in = new BcsReader(bcs);
        var channel = new ChannelValue(in, bcs);
        in.end();
        return channel;
    }

    byte[] encode() {
        int entriesLength = encodedEntries != null ? encodedEntries.length : 512 + 128 * entries.size();
        var out = new BcsWriter(320 + entriesLength + lastMessage.length + latestKey.length);
        out.fixed(id.bytes()).u64(version);
        writeEntries(out);
        out.fixed(config.bytes()).u64(configVersion).fixed(messages.bytes()).u64(messagesSize).u64(messagesCount).fixed(lastMessage);
        out.u64(createdAtMs).u64(updatedAtMs).bytes(latestKey).u32(latestKeyVersion).fixed(history.bytes()).u64(historySize);
        return out.toByteArray();
    }

    private void writeEntries(BcsWriter out) {
        if (encodedEntries != null) {
            out.fixed(encodedEntries);
            return;
        }
        out.uleb(entries.size());
        for (Entry entry : entries) {
            out.fixed(entry.memberCap.bytes()).uleb(entry.permissions.size());
            entry.permissions.forEach(out::bytes);
        }
    }

    /** To be changed: takes them apart. */
    List<Entry> entries() {
        if (encodedEntries != null) {
            entries = new ArrayList<>(new BcsReader(encodedEntries).vector(ChannelValue::readEntry));
            encodedEntries = null;
        }
        return entries;
    }

    private static Entry readEntry(BcsReader in) {
        return new Entry(Address.read(in), in.vector(BcsReader::bytes));
    }

    /** The entry of a capability, or null. */
    Entry entry(Address memberCap) {
        if (encodedEntries != null) return encodedEntry(memberCap);
        for (Entry entry : entries) if (entry.memberCap.equals(memberCap)) return entry;
        return null;
    }

    private Entry encodedEntry(Address memberCap) {
        var in = new BcsReader(encodedEntries);
        for (long left = in.uleb(); left > 0; left--) {
            if (Address.read(in).equals(memberCap)) return new Entry(memberCap, in.vector(BcsReader::bytes));
            skipPermissions(in);
        }
        return null;
    }

    private static byte[] readEntries(BcsReader in, byte[] whole) {
        int start = in.position();
        for (long left = in.uleb(); left > 0; left--) {
            in.skip(32);
            skipPermissions(in);
        }
        return Arrays.copyOfRange(whole, start, in.position());
    }

    private static void skipPermissions(BcsReader in) {
        for (long left = in.uleb(); left > 0; left--) in.skipBytes();
    }

    private static byte[] readLastMessage(BcsReader in, byte[] whole) {
        int start = in.position();
        if (in.bool()) MessageValue.skip(in);
        return Arrays.copyOfRange(whole, start, in.position());
    }
}
