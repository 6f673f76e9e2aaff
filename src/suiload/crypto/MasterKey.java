package suiload.crypto;

import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A 256-bit key that seals other keys, with the number by which envelopes name it. It never prints. */
public final class MasterKey {
    private static final int BYTES = 32;

    private final int id;
    private final byte[] key;

    private MasterKey(int id, byte[] key) {
        if (id < 1) throw new IllegalArgumentException("key ids count from 1");
        if (key.length != BYTES) throw new IllegalArgumentException("a master key has " + BYTES + " bytes, not " + key.length);
        this.id = id;
        this.key = key;
    }

    public static MasterKey generate(int id, SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new MasterKey(id, key);
    }

    /** @throws IllegalArgumentException unless {@code hex} is 64 hex digits */
    public static MasterKey ofHex(int id, String hex) {
        return new MasterKey(id, HexFormat.of().parseHex(hex));
    }

    public int id() {
        return id;
    }

    /** 64 hex digits. Secret. */
    public String hex() {
        return HexFormat.of().formatHex(key);
    }

    SecretKey aes() {
        return new SecretKeySpec(key, "AES");
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}
