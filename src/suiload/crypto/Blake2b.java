package suiload.crypto;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/** BLAKE2b with 32 bytes of output and no key: every digest and id of Sui (RFC 7693). */
public final class Blake2b {
    private Blake2b() {}

    /** The hash of the parts' concatenation, 32 bytes. */
    public static byte[] hash256(byte[]... parts) {
        var digest = new Blake2bDigest(256);
        for (byte[] part : parts) digest.update(part, 0, part.length);
        byte[] result = new byte[32];
        digest.doFinal(result, 0);
        return result;
    }
}
