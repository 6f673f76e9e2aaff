package suiload.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import suiload.chain.Address;
import suiload.store.Database;
import suiload.store.Row;
import suiload.store.Session;

/** Channels and memberships in the database. Everything written twice stays as it was first. */
final class ChannelRecords {
    /** Completeness of an address's caps: certain at one moment, read at another. */
    record Listing(Instant certain, Instant listed) {}

    /** Where the feed stood: since when nothing was missed, and the last checkpoint that is in. */
    record FeedPosition(Instant since, long checkpoint) {}

    private static final String ADD_CAP = "INSERT INTO member_caps (owner, id, channel) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String ADD_CHANNEL =
            "INSERT INTO channels (id, initial_version, messages_table) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    private final Database database;

    ChannelRecords(Database database) {
        this.database = database;
    }

    void add(ChannelRef channel) {
        database.update(ADD_CHANNEL, channel.id().bytes(), channel.initialVersion(), channel.messagesTable().bytes());
    }

    void add(CreatedChannel created) {
        database.transaction(session -> {
            add(session, created);
            return null;
        });
    }

    /** As a part of a larger transaction. */
    static void add(Session session, CreatedChannel created) {
        ChannelRef ref = created.ref();
        session.update(ADD_CHANNEL, ref.id().bytes(), ref.initialVersion(), ref.messagesTable().bytes());
        addCaps(session, created.members());
    }

    void add(List<Membership> memberships) {
        database.transaction(session -> {
            addCaps(session, memberships);
            return null;
        });
    }

    /** All caps of an address as read from the chain. */
    void list(Address owner, List<MemberCap> caps, Listing listing) {
        database.transaction(session -> {
            addCaps(session, caps.stream().map(cap -> new Membership(owner, cap)).toList());
            session.update("""
                    INSERT INTO membership_listings (owner, certain, listed) VALUES (?, ?, ?)
                    ON CONFLICT (owner) DO UPDATE SET certain = excluded.certain, listed = excluded.listed""",
                    owner.bytes(), listing.certain, listing.listed);
            return null;
        });
    }

    Optional<Listing> listing(Address owner) {
        return database.first("SELECT certain, listed FROM membership_listings WHERE owner = ?",
                row -> new Listing(row.instant("certain"), row.instant("listed")), owner.bytes());
    }

    /** At most {@code limit} caps of an address, by id, those after {@code after}. */
    List<MemberCap> caps(Address owner, Optional<Address> after, int limit) {
        return database.query("SELECT id, channel FROM member_caps WHERE owner = ? AND id > ? ORDER BY id LIMIT ?",
                row -> new MemberCap(Address.of(row.bytes("id")), Address.of(row.bytes("channel"))),
                owner.bytes(), after.map(Address::bytes).orElse(new byte[0]), limit);
    }

    Optional<ChannelRef> channel(Address id) {
        return database.first("SELECT id, initial_version, messages_table FROM channels WHERE id = ?", ChannelRecords::ref, id.bytes());
    }

    Optional<ChannelRef> channelOfTable(Address messagesTable) {
        return database.first("SELECT id, initial_version, messages_table FROM channels WHERE messages_table = ?",
                ChannelRecords::ref, messagesTable.bytes());
    }

    Optional<FeedPosition> feedPosition() {
        return database.first("SELECT since, position FROM feed", row -> new FeedPosition(row.instant("since"), row.longValue("position")));
    }

    void feedPosition(FeedPosition position) {
        database.update("""
                INSERT INTO feed (since, position) VALUES (?, ?)
                ON CONFLICT (only_row) DO UPDATE SET since = excluded.since, position = excluded.position""",
                position.since, position.checkpoint);
    }

    private static void addCaps(Session session, List<Membership> memberships) {
        session.batch(ADD_CAP, memberships.stream()
                .map(each -> new Object[] {each.owner().bytes(), each.cap().id().bytes(), each.cap().channel().bytes()}).toList());
    }

    private static ChannelRef ref(Row row) {
        return new ChannelRef(Address.of(row.bytes("id")), row.longValue("initial_version"), Address.of(row.bytes("messages_table")));
    }
}
