package suiload.messaging;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.json.Json;

/**
 * What a reader wants to know of a channel. {@code version} is the contract's own, not the object's; {@code members} are
 * MemberCap ids, the creator's first; times are the chain's clock in milliseconds since 1970.
 */
public record Channel(Address id, long version, List<Address> members, Address messagesTable, long messagesCount,
        Optional<Message> lastMessage, long createdAtMs, long updatedAtMs, long keyVersion) {

    public Channel {
        members = List.copyOf(members);
    }

    /**
     * Decodes the contents of a {@code Channel} object (facts: messaging-contract.md section 1.2).
     *
     * @throws suiload.bcs.BcsException if they are not one
     */
    public static Channel decode(Bytes contents) {
        return BcsReader.decode(contents.toArray(), Channel::read);
    }

    private static Channel read(BcsReader in) {
        Address id = Address.read(in);
        long version = in.u64();
        List<Address> members = in.vector(Channel::readMember);
        skipVersioned(in);
        Address table = Address.read(in);
        in.u64(); // the table's size: always equal to the count that follows
        long count = in.u64();
        Optional<Message> last = in.option(Message::read);
        long createdAtMs = in.u64();
        long updatedAtMs = in.u64();
        in.bytes(); // the latest key, opaque to us
        long keyVersion = in.u32();
        skipVersioned(in); // the table of retired keys: id and size
        return new Channel(id, version, members, table, count, last, createdAtMs, updatedAtMs, keyVersion);
    }

    private static Address readMember(BcsReader in) {
        Address cap = Address.read(in);
        in.vector(BcsReader::string);
        return cap;
    }

    private static void skipVersioned(BcsReader in) {
        in.fixed(40);
    }

    /** This channel after message {@code index}; the same if it already counts further. */
    Channel after(long index, Message message) {
        if (index < messagesCount) return this;
        return new Channel(id, version, members, messagesTable, index + 1, Optional.of(message), createdAtMs, updatedAtMs, keyVersion);
    }

    Map<String, Object> json() {
        return Json.object("id", id.toString(), "version", Long.toUnsignedString(version), "messagesTableId", messagesTable.toString(),
                "messagesCount", Long.toUnsignedString(messagesCount),
                "lastMessage", lastMessage.map(message -> message.json(messagesCount - 1)).orElse(null), "keyVersion", keyVersion,
                "createdAtMs", Long.toUnsignedString(createdAtMs), "updatedAtMs", Long.toUnsignedString(updatedAtMs),
                "members", members.stream().map(Address::toString).toList());
    }
}
