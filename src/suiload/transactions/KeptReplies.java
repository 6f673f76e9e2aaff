package suiload.transactions;

import java.util.Optional;
import java.util.OptionalLong;
import suiload.bcs.Bytes;
import suiload.store.Database;
import suiload.store.Row;
import suiload.store.Session;

/** Answers that keys keep: with the transaction that they answer for, or by themselves. */
final class KeptReplies {
    private static final String FIND = """
            SELECT body_hash, reply_status AS status, reply_body AS body, gas_cost FROM transactions
             WHERE key_id = ? AND (reply_status IS NOT NULL OR state = 'open')
            UNION ALL
            SELECT body_hash, status, body, gas_cost FROM idempotency WHERE key_id = ?""";
    private static final String INSERT =
            "INSERT INTO idempotency (key_id, body_hash, status, body, gas_cost) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key_id) DO NOTHING";

    private KeptReplies() {}

    /** @param reply empty while the key's transaction is open */
    record Found(Bytes bodyHash, Optional<Reply> reply) {}

    static Optional<Found> find(Database database, Bytes keyId) {
        return database.first(FIND, KeptReplies::found, keyId.toArray(), keyId.toArray());
    }

    static void insert(Session session, Claim.Key key, Reply reply) {
        session.update(INSERT, key.id().toArray(), key.bodyHash().toArray(), reply.status(), reply.body().toArray(), reply.gasCost());
    }

    private static Found found(Row row) {
        OptionalLong gas = row.optionalLong("gas_cost");
        Optional<Reply> reply = row.optionalBytes("body").map(body -> new Reply(row.intValue("status"), Bytes.of(body), gas));
        return new Found(Bytes.of(row.bytes("body_hash")), reply);
    }
}
