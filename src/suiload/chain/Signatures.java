package suiload.chain;

import java.util.Arrays;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.crypto.Blake2b;
import suiload.crypto.PublicKeys;
import suiload.crypto.SecretKey;

/**
 * User signatures: 97 bytes of flag ‖ Ed25519 signature ‖ public key over the BLAKE2b-256 of intent ‖ payload
 * (facts: sui-transactions.md section 3).
 */
public final class Signatures {
    private Signatures() {}

    public static final int LENGTH = 97;
    private static final byte[] TRANSACTION_INTENT = {0, 0, 0};
    private static final byte[] PERSONAL_MESSAGE_INTENT = {3, 0, 0};

    /** The 32 bytes that a signature of encoded TransactionData signs; not the transaction digest. */
    public static byte[] transactionHash(byte[] transactionData) {
        return Blake2b.hash256(TRANSACTION_INTENT, transactionData);
    }

    public static byte[] personalMessageHash(byte[] message) {
        return Blake2b.hash256(PERSONAL_MESSAGE_INTENT, new BcsWriter(message.length + 5).bytes(message).toByteArray());
    }

    /** Signs a hash made by one of the methods above; 97 bytes. */
    public static Bytes sign(SecretKey key, byte[] hash) {
        return new BcsWriter(LENGTH).u8(0).fixed(key.sign(hash)).fixed(key.publicKey()).toBytes();
    }

    /** Whether the bytes are an Ed25519 user signature by shape; other schemes have other flags and lengths. */
    public static boolean isEd25519(Bytes signature) {
        return signature.length() == LENGTH && signature.at(0) == 0;
    }

    /** The account that signed: only a claim until {@link #verify} says yes. */
    public static Address signer(Bytes signature) {
        return Address.ofPublicKey(publicKey(signature.toArray()));
    }

    /** Whether {@code signature} is a valid Ed25519 user signature of {@code hash}; whose it is says {@link #signer}. */
    public static boolean verify(Bytes signature, byte[] hash) {
        if (!isEd25519(signature)) return false;
        byte[] bytes = signature.toArray();
        return SecretKey.verify(publicKey(bytes), hash, Arrays.copyOfRange(bytes, 1, 65));
    }

    /** The same with keys that were decoded before. */
    public static boolean verify(Bytes signature, byte[] hash, PublicKeys keys) {
        if (!isEd25519(signature)) return false;
        byte[] bytes = signature.toArray();
        return keys.verify(publicKey(bytes), hash, Arrays.copyOfRange(bytes, 1, 65));
    }

    private static byte[] publicKey(byte[] signature) {
        return Arrays.copyOfRange(signature, 65, LENGTH);
    }
}
