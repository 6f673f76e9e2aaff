package suiload.chain;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.crypto.Base58;
import suiload.crypto.Blake2b;

/** A BLAKE2b-256 digest: of a transaction, an object, effects, events or a checkpoint. Printed in Base58. */
public record Digest(Bytes content) implements Comparable<Digest> {
    /** What a digest is of: the ASCII prefix of the hashed bytes (facts: sui-transactions.md section 4). */
    public enum Domain {
        TRANSACTION("TransactionData::"),
        OBJECT("Object::"),
        EFFECTS("TransactionEffects::"),
        EVENTS("TransactionEvents::"),
        CHECKPOINT_SUMMARY("CheckpointSummary::"),
        CHECKPOINT_CONTENTS("CheckpointContents::");

        private final byte[] prefix;

        Domain(String prefix) {
            this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
        }

        public String prefix() {
            return new String(prefix, StandardCharsets.US_ASCII);
        }
    }

    public static final Digest ZERO = of(new byte[32]);

    public Digest {
        if (content.length() != 32) throw new IllegalArgumentException("a digest has 32 bytes, not " + content.length());
    }

    public static Digest of(byte[] bytes) {
        return new Digest(Bytes.of(bytes));
    }

    public static Digest hash(Domain domain, byte[] bcs) {
        return of(Blake2b.hash256(domain.prefix, bcs));
    }

    /** @throws IllegalArgumentException unless {@code base58} decodes to exactly 32 bytes */
    public static Digest parse(String base58) {
        byte[] bytes = Base58.decode(base58);
        if (bytes.length != 32) throw new IllegalArgumentException("not a digest: Base58 of 32 bytes expected, got " + bytes.length);
        return of(bytes);
    }

    public byte[] bytes() {
        return content.toArray();
    }

    /** With its length byte 0x20, as digests stand inside structs. */
    public void write(BcsWriter out) {
        out.bytes(content);
    }

    public static Digest read(BcsReader in) {
        int length = in.variant();
        if (length != 32) throw in.bad("a digest has 32 bytes, not " + length);
        return of(in.fixed(32));
    }

    public String hex() {
        return content.hex();
    }

    @Override
    public int compareTo(Digest that) {
        return HexFormat.of().formatHex(bytes()).compareTo(HexFormat.of().formatHex(that.bytes()));
    }

    @Override
    public String toString() {
        return Base58.encode(bytes());
    }
}
