package suiload.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 secret key (RFC 8032). It prints as its public key only; its text form is asked for by name. */
public final class SecretKey {
    private static final String PREFIX = "suiprivkey";
    private static final byte ED25519_FLAG = 0;

    private final byte[] seed;
    private final byte[] publicKey;

    private SecretKey(byte[] seed) {
        this.seed = seed;
        publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    }

    public static SecretKey generate(SecureRandom random) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        return new SecretKey(seed);
    }

    /** @throws IllegalArgumentException unless {@code seed} has 32 bytes */
    public static SecretKey ofSeed(byte[] seed) {
        if (seed.length != Ed25519.SECRET_KEY_SIZE) throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
        return new SecretKey(seed.clone());
    }

    /**
     * Reads {@code suiprivkey1…}: Bech32 of a flag byte and the 32-byte seed.
     *
     * @throws IllegalArgumentException saying what is wrong without showing the text
     */
    public static SecretKey parse(String text) {
        byte[] payload;
        try {
            payload = Bech32.decode(PREFIX, text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a Sui private key: " + e.getMessage(), e);
        }
        if (payload.length != 33) throw new IllegalArgumentException("not a Sui private key: 33 bytes expected, not " + payload.length);
        if (payload[0] != ED25519_FLAG) throw new IllegalArgumentException("not an Ed25519 key: scheme flag " + payload[0]);
        return new SecretKey(Arrays.copyOfRange(payload, 1, 33));
    }

    /** {@code suiprivkey1…}, 70 characters. Secret. */
    public String text() {
        byte[] payload = new byte[33];
        System.arraycopy(seed, 0, payload, 1, 32);
        return Bech32.encode(PREFIX, payload);
    }

    /** The 32-byte seed. Secret. */
    public byte[] seed() {
        return seed.clone();
    }

    /** 32 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The 64-byte signature of {@code message}; deterministic. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /** Whether {@code signature} is one of {@code message} under {@code publicKey}; wrong lengths are just false. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
                && signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretKey that && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    @Override
    public String toString() {
        return "SecretKey[public=" + java.util.HexFormat.of().formatHex(publicKey) + "]";
    }
}
