package suiload.transactions;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import suiload.bcs.Bytes;
import suiload.chain.Digest;
import suiload.chain.SignedTransaction;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.Session;

/**
 * The transactions in the database. Two writes for a send: the signed bytes before they leave, on the disk; the outcome
 * afterwards, which may follow later since the chain knows it too.
 */
final class Journal {
    static final Duration TERM = Duration.ofHours(24);
    private static final int ERROR_LENGTH_MAX = 1000;
    private static final int REMOVED_AT_ONCE = 5000;
    private static final int OPEN_AT_ONCE = 10_000;

    /** The same transaction may come back: refused for now, built anew of the same parts. */
    private static final String INSERT = """
            INSERT INTO transactions (digest, turn, purpose, parameters, bytes, signature, key_id, body_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (digest) DO UPDATE SET state = 'open', settled_at = NULL, error = NULL, replaced_by = NULL,
                   parameters = EXCLUDED.parameters, key_id = EXCLUDED.key_id, body_hash = EXCLUDED.body_hash
             WHERE transactions.state = 'refused'""";
    private static final String WITHDRAWN = """
            INSERT INTO transactions (digest, turn, purpose, parameters, bytes, signature, state, settled_at, error)
            VALUES (?, ?, ?, ?, ?, ?, 'refused', now(), 'withdrawn before it was submitted')
            ON CONFLICT (digest) DO NOTHING""";
    private static final String SETTLE = """
            UPDATE transactions SET state = ?, settled_at = now(), gas_cost = ?, error = ?, reply_status = ?, reply_body = ?,
                   key_id = CASE WHEN ? THEN key_id END
             WHERE digest = ?""";
    private static final String REPLACE =
            "UPDATE transactions SET state = 'refused', settled_at = now(), error = ?, replaced_by = ?, key_id = NULL WHERE digest = ?";
    private static final String OPEN =
            "SELECT digest, turn, purpose, parameters, bytes, signature, key_id, body_hash FROM transactions WHERE state = 'open'";
    private static final String FIND = "SELECT digest, state, gas_cost, error, replaced_by FROM transactions WHERE digest = ?";
    private static final String REMOVE_TRANSACTIONS = """
            DELETE FROM transactions WHERE ctid = ANY (ARRAY(SELECT ctid FROM transactions
             WHERE state <> 'open' AND created_at < now() - make_interval(secs => ?) LIMIT\s""" + REMOVED_AT_ONCE + "))";
    private static final String REMOVE_REPLIES = """
            DELETE FROM idempotency WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency
             WHERE created_at < now() - make_interval(secs => ?) LIMIT\s""" + REMOVED_AT_ONCE + "))";

    private final Database database;
    private final Commits durable;
    private final Commits soon;

    Journal(Database database, Metrics metrics) {
        this.database = database;
        durable = new Commits(database, Commits.Durability.DISK, metrics);
        soon = new Commits(database, Commits.Durability.SOON, metrics);
    }

    /** How a transaction ended, as the journal keeps it. */
    record Ending(Digest digest, String state, OptionalLong gasCost, Optional<String> error, Optional<Reply> reply) {}

    /** What the journal knows of a transaction. */
    record Entry(Digest digest, String state, OptionalLong gasCost, Optional<String> error, Optional<Digest> replacedBy) {}

    /**
     * Stores it, together with what follows from its being under way.
     *
     * @throws suiload.store.DatabaseUnavailable when it may or may not be stored; storing it again does no harm
     */
    void store(StoredTransaction transaction, Consumer<Session> consequences) {
        durable.write(session -> {
            if (insert(session, transaction)) consequences.accept(session);
        });
    }

    /**
     * Takes back what was perhaps stored and never submitted, together with what followed from it. A commit whose answer was lost may be
     * under way still: inserting the same digest waits for it.
     */
    void withdraw(StoredTransaction transaction, Consumer<Session> consequences) {
        durable.write(session -> {
            SignedTransaction signed = transaction.signed();
            session.update(WITHDRAWN, transaction.digest().bytes(), transaction.turn().bytes(), transaction.purpose(),
                    transaction.parameters(), signed.transaction().toArray(), signed.signatures().getFirst().toArray());
            int rows = session.update("DELETE FROM transactions WHERE digest = ? AND state = 'open'",
                    (Object) transaction.digest().bytes());
            if (rows > 0) consequences.accept(session);
        });
    }

    /** Stores the transaction that takes the place of one that was refused; the key goes over to it. */
    void replace(Digest refused, String error, StoredTransaction next) {
        durable.write(session -> {
            session.update(REPLACE, shortened(error), next.digest().bytes(), refused.bytes());
            insert(session, next);
        });
    }

    /** Records the ending together with what follows from it. */
    void settle(Ending ending, Consumer<Session> consequences) {
        soon.write(session -> {
            consequences.accept(session);
            Optional<Reply> kept = ending.reply.filter(Reply::kept);
            session.update(SETTLE, ending.state, ending.gasCost, ending.error.map(Journal::shortened),
                    kept.map(Reply::status), kept.map(reply -> reply.body().toArray()), kept.isPresent(), ending.digest.bytes());
        });
    }

    /** Those whose outcome is not recorded, oldest first; at most {@value #OPEN_AT_ONCE}. */
    List<StoredTransaction> open() {
        return database.query(OPEN + " ORDER BY created_at LIMIT " + OPEN_AT_ONCE, StoredTransaction::of);
    }

    /** The one of this key whose outcome is not recorded. */
    Optional<StoredTransaction> openUnder(Bytes keyId) {
        return database.first(OPEN + " AND key_id = ?", StoredTransaction::of, (Object) keyId.toArray());
    }

    Optional<Entry> find(Digest digest) {
        return database.first(FIND, row -> new Entry(Digest.of(row.bytes("digest")), row.string("state"), row.optionalLong("gas_cost"),
                row.optionalString("error"), row.optionalBytes("replaced_by").map(Digest::of)), (Object) digest.bytes());
    }

    /** Whether a transaction of this purpose has no recorded outcome. */
    boolean anyOpen(String purpose) {
        return database.first("SELECT 1 AS one FROM transactions WHERE state = 'open' AND purpose = ? LIMIT 1", row -> true, purpose)
                .isPresent();
    }

    boolean isOpen(Digest digest) {
        return find(digest).filter(entry -> entry.state.equals("open")).isPresent();
    }

    /** Removes some of what is older than its term; how many rows, zero when nothing is left. */
    int removeOld() {
        return database.update(REMOVE_TRANSACTIONS, TERM.toSeconds()) + database.update(REMOVE_REPLIES, TERM.toSeconds());
    }

    /** False when it is there already. */
    private static boolean insert(Session session, StoredTransaction transaction) {
        return session.update(INSERT, transaction.digest().bytes(), transaction.turn().bytes(),
                transaction.purpose(), transaction.parameters(),
                transaction.signed().transaction().toArray(), transaction.signed().signatures().getFirst().toArray(),
                transaction.key().map(key -> key.id().toArray()), transaction.key().map(key -> key.bodyHash().toArray())) > 0;
    }

    private static String shortened(String text) {
        return text.length() <= ERROR_LENGTH_MAX ? text : text.substring(0, ERROR_LENGTH_MAX);
    }
}
