package suiload.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** A sealed secret opens with its key in its place, and in no other way. */
class EnvelopeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] SECRET = HexFormat.of().parseHex("5e".repeat(32));
    private static final byte[] PLACE = HexFormat.of().parseHex("ab".repeat(32));
    private static final MasterKey KEY = MasterKey.generate(7, RANDOM);

    @Test
    void whatIsSealedOpensAgain() {
        byte[] envelope = Envelope.seal(KEY, SECRET, PLACE, RANDOM);
        assertEquals(1 + 4 + 12 + 32 + 16, envelope.length);
        assertEquals(7, Envelope.keyId(envelope));
        assertArrayEquals(SECRET, Envelope.open(KEY, envelope, PLACE));
    }

    @Test
    void everyBitFlipIsRefused() {
        byte[] envelope = Envelope.seal(KEY, SECRET, PLACE, RANDOM);
        for (int bit = 0; bit < envelope.length * 8; bit++) {
            byte[] altered = envelope.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(IllegalArgumentException.class, () -> Envelope.open(KEY, altered, PLACE), "bit " + bit);
        }
    }

    @Test
    void everyShorterOrLongerOneIsRefused() {
        byte[] envelope = Envelope.seal(KEY, SECRET, PLACE, RANDOM);
        for (int length = 0; length < envelope.length + 2; length++) {
            byte[] altered = Arrays.copyOf(envelope, length);
            if (length != envelope.length) assertThrows(IllegalArgumentException.class, () -> Envelope.open(KEY, altered, PLACE));
        }
    }

    @Test
    void anotherPlaceOrAnotherKeyOfTheSameNumberIsRefused() {
        byte[] envelope = Envelope.seal(KEY, SECRET, PLACE, RANDOM);
        byte[] elsewhere = PLACE.clone();
        elsewhere[31] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> Envelope.open(KEY, envelope, elsewhere));
        assertThrows(IllegalArgumentException.class, () -> Envelope.open(MasterKey.generate(7, RANDOM), envelope, PLACE));
        assertThrows(IllegalArgumentException.class, () -> Envelope.open(MasterKey.ofHex(8, KEY.hex()), envelope, PLACE));
    }

    @Test
    void theSameSecretNeverLooksTheSame() {
        assertFalse(Arrays.equals(Envelope.seal(KEY, SECRET, PLACE, RANDOM), Envelope.seal(KEY, SECRET, PLACE, RANDOM)));
    }

    @Test
    void aMasterKeyDoesNotPrint() {
        assertEquals("MasterKey[7]", KEY.toString());
        assertTrue(KEY.hex().matches("[0-9a-f]{64}"));
        assertThrows(IllegalArgumentException.class, () -> MasterKey.ofHex(1, "00".repeat(31)));
        assertThrows(IllegalArgumentException.class, () -> MasterKey.ofHex(0, "00".repeat(32)));
    }
}
