package suiload.transactions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import suiload.bcs.Bytes;

/**
 * A client's {@code Idempotency-Key} on one method and path, with the SHA-256 of the raw body it came with.
 *
 * @param scope method and path, as in {@code POST /contract/channel}
 */
public record IdempotencyKey(String scope, String key, Bytes bodyHash) {
    public static final int LENGTH_MAX = 255;

    public IdempotencyKey {
        boolean printable = key.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
        if (key.isEmpty() || key.length() > LENGTH_MAX || !printable) {
            throw new SendException.BadKey("Idempotency-Key must be 1 to " + LENGTH_MAX + " printable ASCII characters");
        }
    }

    public static IdempotencyKey of(String method, String path, String key, byte[] body) {
        return new IdempotencyKey(method + " " + path, key, Bytes.of(sha256(body)));
    }

    /** What it is stored under: SHA-256 of scope and key, so that any key takes 32 bytes. */
    Bytes id() {
        return Bytes.of(sha256((scope + "\n" + key).getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sha256(byte[] input) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
