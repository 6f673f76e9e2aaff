package suiload.users;

import java.security.SecureRandom;
import suiload.chain.Address;
import suiload.crypto.Envelope;
import suiload.crypto.SecretKey;

/** Users' keys between memory, where they are keys, and the database, where they are envelopes bound to their address. */
public final class Sealing {
    private final MasterKeyFile keys;
    private final SecureRandom random;

    public Sealing(MasterKeyFile keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    byte[] seal(SecretKey secret, Address address) {
        return Envelope.seal(keys.newest(), secret.seed(), address.bytes(), random);
    }

    /** @throws IllegalStateException if the envelope was altered, moved from another row, or its master key is gone */
    SecretKey open(byte[] sealed, Address address) {
        try {
            return SecretKey.ofSeed(Envelope.open(keys.key(Envelope.keyId(sealed)), sealed, address.bytes()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the stored key of " + address + " does not open: " + e.getMessage(), e);
        }
    }

    /** The same secret under the newest key. */
    byte[] reseal(byte[] sealed, Address address) {
        return seal(open(sealed, address), address);
    }

    boolean current(byte[] sealed) {
        return Envelope.keyId(sealed) == keys.newest().id();
    }
}
