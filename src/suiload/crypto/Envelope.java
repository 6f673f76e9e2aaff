package suiload.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A secret sealed with AES-256-GCM (NIST SP 800-38D): version (1 byte), key id (4, big-endian), nonce (12, random), ciphertext and tag
 * (16). Version, key id and a context that is not stored are authenticated too, so an envelope opens only where it belongs.
 */
public final class Envelope {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    private Envelope() {
    }

    /** @param context for example the row's key: needed again, unchanged, to open */
    public static byte[] seal(MasterKey key, byte[] secret, byte[] context, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer envelope = ByteBuffer.allocate(HEADER_BYTES + NONCE_BYTES + secret.length + TAG_BYTES);
        envelope.put(VERSION).putInt(key.id()).put(nonce);
        try {
            return envelope.put(cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(secret)).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to seal", e);
        }
    }

    /**
     * The id of the key that opens it.
     *
     * @throws IllegalArgumentException unless it looks like an envelope of a version we know
     */
    public static int keyId(byte[] envelope) {
        if (envelope.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES) throw new IllegalArgumentException("not a sealed secret: too short");
        if (envelope[0] != VERSION) throw new IllegalArgumentException("not a sealed secret: unknown version " + envelope[0]);
        return ByteBuffer.wrap(envelope).getInt(1);
    }

    /**
     * The secret.
     *
     * @throws IllegalArgumentException if a bit of envelope, key or context differs from when it was sealed
     */
    public static byte[] open(MasterKey key, byte[] envelope, byte[] context) {
        if (keyId(envelope) != key.id()) throw new IllegalArgumentException("sealed with key " + keyId(envelope) + ", not " + key.id());
        byte[] nonce = Arrays.copyOfRange(envelope, HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
        int start = HEADER_BYTES + NONCE_BYTES;
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(envelope, start, envelope.length - start);
        } catch (AEADBadTagException e) {
            throw new IllegalArgumentException("the sealed secret was altered, or does not belong here", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to open", e);
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.aes(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(ByteBuffer.allocate(HEADER_BYTES).put(VERSION).putInt(key.id()).flip());
        cipher.updateAAD(context);
        return cipher;
    }
}
