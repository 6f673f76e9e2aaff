package suiload.users;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.store.Database;
import suiload.store.Row;
import suiload.store.Session;
import suiload.transactions.Idempotency;

/** Every statement about users. Each is served by an index of {@code conf/schema/001_users.sql}; a test looks at their plans. */
public final class UserStore {
    private static final String COLUMNS = "address, variant, is_funded, sealed_secret";
    private static final String TOTAL = "SELECT coalesce(sum(users), 0) AS users FROM user_counts";
    private static final String TO_FUND = "variant = 'active' AND NOT is_funded AND funding_batch IS NULL";

    private final Database database;

    public UserStore(Database database) {
        this.database = database;
    }

    /** A part of a list: the users after {@code before} (an id; empty for the newest), {@code offset} more left out. */
    record Window(OptionalLong before, long offset, long limit) {}

    /** Users newest first, and how many match the filter in all. */
    record Part(List<User> users, long total) {}

    /** Both in one statement: a list is asked for often, and half of what it costs is the way to the database. */
    Part list(UserFilter filter, Window window) {
        Conditions matching = Conditions.of(filter);
        Conditions wanted = Conditions.of(filter);
        window.before().ifPresent(id -> wanted.and("id < ?", id));
        String sql = "SELECT found.*, (" + TOTAL + matching + ") AS total FROM (SELECT 1) AS one LEFT JOIN (SELECT id, " + COLUMNS
                + " FROM users" + wanted + " ORDER BY id DESC LIMIT ? OFFSET ?) AS found ON true ORDER BY id DESC";
        List<Part> rows = database.query(sql, row -> new Part(
                row.optionalBytes("address").map(address -> user(row)).stream().toList(), row.longValue("total")),
                matching.with(wanted.with(window.limit(), window.offset())));
        return new Part(rows.stream().flatMap(row -> row.users().stream()).toList(), rows.getFirst().total());
    }

    long count(UserFilter filter) {
        Conditions matching = Conditions.of(filter);
        return database.first(TOTAL + matching, row -> row.longValue("users"), matching.with()).orElseThrow();
    }

    /** The place of a user in the order of creation. */
    OptionalLong id(Address address) {
        return database.first("SELECT id FROM users WHERE address = ?", row -> OptionalLong.of(row.longValue("id")), address.bytes())
                .orElse(OptionalLong.empty());
    }

    Optional<Instant> created(Address address) {
        return database.first("SELECT created_at FROM users WHERE address = ?", row -> row.instant("created_at"), address.bytes());
    }

    Optional<byte[]> sealedSecret(Address address) {
        return database.first("SELECT sealed_secret FROM users WHERE address = ?", row -> row.bytes("sealed_secret"), address.bytes());
    }

    /** Adds new, unfunded users in the order given. */
    void insert(Session session, List<User> users, Variant variant) {
        session.update("INSERT INTO users (address, variant, sealed_secret) SELECT address, ?, sealed"
                        + " FROM unnest(?::bytea[], ?::bytea[]) WITH ORDINALITY AS given (address, sealed, n) ORDER BY n",
                variant.label(), bytes(users.stream().map(User::address).toList()), users.stream().map(User::sealed).toList());
        session.update("UPDATE user_counts SET users = users + ? WHERE variant = ? AND NOT is_funded", users.size(), variant.label());
    }

    /** Active users that have not been funded and are in no batch under way, oldest first, after {@code afterId}. */
    List<Place> unfunded(long afterId, int limit) {
        return places(TO_FUND, afterId, limit);
    }

    long fundedCount() {
        return count(new UserFilter(Optional.of(Variant.ACTIVE), Optional.of(true)));
    }

    /** Active users that have been funded, oldest first, after {@code afterId}. */
    List<Place> funded(long afterId, int limit) {
        return places("variant = 'active' AND is_funded", afterId, limit);
    }

    /** @param id its place in the order of creation */
    record Place(long id, Address address) {}

    private List<Place> places(String condition, long afterId, int limit) {
        return database.query("SELECT id, address FROM users WHERE " + condition + " AND id > ? ORDER BY id LIMIT ?",
                row -> new Place(row.longValue("id"), Address.of(row.bytes("address"))), afterId, limit);
    }

    boolean isEmpty() {
        return database.first("SELECT 1 AS one FROM users LIMIT 1", row -> true).isEmpty();
    }

    /** Whether a batch is under way. */
    boolean batchOpen() {
        return database.first("SELECT 1 AS one FROM users WHERE funding_batch IS NOT NULL LIMIT 1", row -> true).isPresent();
    }

    /**
     * Binds users to a batch: from here until its outcome nobody else may fund them.
     *
     * @throws BatchConflict if one of them is not free
     */
    void reserve(Session session, UUID batch, List<Address> users) {
        int bound = session.update("UPDATE users SET funding_batch = ?::uuid WHERE address = ANY (?::bytea[]) AND " + TO_FUND,
                batch.toString(), bytes(users));
        if (bound != users.size()) throw new BatchConflict("some of its users were funded, or are in another batch, by now");
    }

    /** The batch came through. */
    void markFunded(Session session, UUID batch) {
        int marked = session.update("UPDATE users SET is_funded = true, funding_batch = NULL WHERE funding_batch = ?::uuid", batch.toString());
        count(session, "NOT is_funded", -marked);
        count(session, "is_funded", marked);
    }

    /** The batch counts for its request's answer. */
    void countFor(Session session, FundingPurpose.Batch batch, long gasMist) {
        session.update("DELETE FROM funded_requests WHERE created_at < now() - make_interval(secs => ?)", Idempotency.TERM.toSeconds());
        session.update("""
                INSERT INTO funded_requests (batch, request, users, mist, gas_mist) VALUES (?::uuid, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""", batch.id().toString(), batch.request().orElseThrow().toArray(), batch.users().size(), batch.outflow(), gasMist);
    }

    /** What batches of this request have given so far, as long as its key is kept. */
    FundingResult fundedFor(Bytes request) {
        return database.first("""
                SELECT coalesce(sum(users), 0) AS users, coalesce(sum(mist), 0)::bigint AS mist,
                       coalesce(sum(gas_mist), 0)::bigint AS gas_mist
                  FROM funded_requests WHERE request = ? AND created_at > now() - make_interval(secs => ?)""",
                row -> new FundingResult(Math.toIntExact(row.longValue("users")), row.longValue("mist"), List.of(), row.longValue("gas_mist")),
                request.toArray(), Idempotency.TERM.toSeconds()).orElseThrow();
    }

    /** This user's coins were given back: it may be funded again. */
    void markUnfunded(Session session, Address user) {
        int marked = session.update("UPDATE users SET is_funded = false WHERE address = ? AND is_funded", (Object) user.bytes());
        count(session, "is_funded", -marked);
        count(session, "NOT is_funded", marked);
    }

    private static void count(Session session, String condition, int more) {
        session.update("UPDATE user_counts SET users = users + ? WHERE variant = 'active' AND " + condition, more);
    }

    /** The batch did not: its users may be funded by another. */
    void release(Session session, UUID batch) {
        session.update("UPDATE users SET funding_batch = NULL WHERE funding_batch = ?::uuid", batch.toString());
    }

    /** A row as resealing sees it. */
    record SealedRow(long id, Address address, byte[] sealed) {}

    /** In the order of creation, after {@code afterId}. */
    List<SealedRow> sealedRows(long afterId, int limit) {
        return database.query("SELECT id, address, sealed_secret FROM users WHERE id > ? ORDER BY id LIMIT ?",
                row -> new SealedRow(row.longValue("id"), Address.of(row.bytes("address")), row.bytes("sealed_secret")), afterId, limit);
    }

    /** Puts new envelopes in place, all or none; how many. */
    int replaceSealed(List<SealedRow> rows) {
        return database.transaction(session -> session.update(
                "UPDATE users SET sealed_secret = given.sealed FROM unnest(?::bigint[], ?::bytea[]) AS given (id, sealed) WHERE users.id = given.id",
                rows.stream().map(SealedRow::id).toList(), rows.stream().map(SealedRow::sealed).toList()));
    }

    private static User user(Row row) {
        return new User(Address.of(row.bytes("address")), Variant.of(row.string("variant")).orElseThrow(), row.bool("is_funded"),
                row.bytes("sealed_secret"));
    }

    private static List<byte[]> bytes(List<Address> addresses) {
        return addresses.stream().map(Address::bytes).toList();
    }

    /** A WHERE clause and its parameters, grown together. */
    private static final class Conditions {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        static Conditions of(UserFilter filter) {
            var where = new Conditions();
            filter.variant().ifPresent(variant -> where.and("variant = ?", variant.label()));
            filter.funded().ifPresent(funded -> where.and("is_funded = ?", funded));
            return where;
        }

        void and(String condition, Object parameter) {
            conditions.add(condition);
            parameters.add(parameter);
        }

        Object[] with(Object... more) {
            List<Object> all = new ArrayList<>(parameters);
            all.addAll(List.of(more));
            return all.toArray();
        }

        @Override
        public String toString() {
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }
    }
}
