package suiload.crypto;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Verifies Ed25519 signatures of signers that come again: a key's point is decoded once and kept, which saves a tenth of a
 * verification. Any thread may ask. The verdicts are those of {@link SecretKey#verify}.
 */
public final class PublicKeys {
    /** Some 300 bytes each. When they are so many, all are forgotten: signers beyond that cost what they cost without. */
    static final int KEPT_MAX = 16_384;

    private final Map<ByteBuffer, Ed25519.PublicPoint> points = new ConcurrentHashMap<>();

    /** Whether {@code signature} is one of {@code message} under {@code publicKey}; what is no key or no signature is just false. */
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE || signature.length != Ed25519.SIGNATURE_SIZE) return false;
        Ed25519.PublicPoint point = points.get(ByteBuffer.wrap(publicKey));
        if (point == null) {
            point = Ed25519.validatePublicKeyPartialExport(publicKey, 0);
            if (point == null) return false;
            if (points.size() >= KEPT_MAX) points.clear();
            points.put(ByteBuffer.wrap(publicKey.clone()), point);
        }
        return Ed25519.verify(signature, 0, point, message, 0, message.length);
    }
}
