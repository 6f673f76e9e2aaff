package suiload.transactions;

import java.util.List;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.SignedTransaction;
import suiload.store.Row;

/**
 * A transaction as the journal holds it before its outcome is known.
 *
 * @param turn whose queue it stands in: its sender, or its gas coin
 * @param key the idempotency key whose work it is
 */
record StoredTransaction(SignedTransaction signed, Address turn, String purpose, String parameters, Optional<Claim.Key> key) {
    static StoredTransaction of(Row row) {
        Optional<Claim.Key> key = row.optionalBytes("key_id").map(id -> new Claim.Key(Bytes.of(id), Bytes.of(row.bytes("body_hash"))));
        List<Bytes> signatures = List.of(Bytes.of(row.bytes("signature")));
        var signed = new SignedTransaction(Digest.of(row.bytes("digest")), Bytes.of(row.bytes("bytes")), signatures);
        return new StoredTransaction(signed, Address.of(row.bytes("turn")), row.string("purpose"), row.string("parameters"), key);
    }

    Digest digest() {
        return signed.digest();
    }
}
