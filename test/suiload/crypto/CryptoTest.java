package suiload.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.junit.jupiter.api.Test;

/** Keys, signatures, hashes and text forms against the standards' own vectors. */
class CryptoTest {
    private static final HexFormat HEX = HexFormat.of();

    /** Seed, public key, message, signature: RFC 8032, section 7.1, tests 1, 2, 3 and "SHA(abc)". */
    private static final List<List<String>> RFC_8032 = List.of(
            List.of("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
            List.of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
            List.of("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
            List.of("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
                    "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
                    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                    "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"));

    @Test
    void ed25519AgreesWithRfc8032() {
        for (List<String> vector : RFC_8032) {
            SecretKey key = SecretKey.ofSeed(HEX.parseHex(vector.get(0)));
            byte[] message = HEX.parseHex(vector.get(2));
            byte[] signature = HEX.parseHex(vector.get(3));
            assertEquals(vector.get(1), HEX.formatHex(key.publicKey()));
            assertArrayEquals(signature, key.sign(message));
            assertTrue(SecretKey.verify(key.publicKey(), message, signature));
        }
    }

    /** Goal: keys that are kept change no verdict, the first time and again, and do not grow without end. */
    @Test
    void keptKeysVerifyAsFreshOnesDo() {
        var keys = new PublicKeys();
        var random = new Random(20260102);
        for (int i = 0; i < 300; i++) {
            byte[] seed = new byte[32];
            seed[0] = (byte) (i % 10);
            SecretKey key = SecretKey.ofSeed(seed);
            byte[] message = {(byte) i};
            byte[] signature = key.sign(message);
            byte[] publicKey = key.publicKey();
            if (i % 3 == 1) publicKey[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
            if (i % 3 == 2) signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
            assertEquals(SecretKey.verify(publicKey, message, signature), keys.verify(publicKey, message, signature), "case " + i);
            assertEquals(i % 3 == 0, keys.verify(publicKey, message, signature), "case " + i);
        }
        assertFalse(keys.verify(new byte[31], new byte[1], new byte[64]));
        assertFalse(keys.verify(new byte[32], new byte[1], new byte[63]));
        assertFalse(keys.verify(new byte[32], new byte[1], new byte[64]), "a point of small order is no key");
    }

    @Test
    void everyFlippedBitOfASignatureIsRefused() {
        SecretKey key = SecretKey.ofSeed(new byte[32]);
        byte[] message = "message".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = key.sign(message);
        for (int bit = 0; bit < 8 * signature.length; bit++) {
            byte[] flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(SecretKey.verify(key.publicKey(), message, flipped), "bit " + bit);
        }
        assertFalse(SecretKey.verify(key.publicKey(), message, new byte[63]));
        assertFalse(SecretKey.verify(new byte[31], message, signature));
    }

    /** Two implementations that share no code: Bouncy Castle's, which signs here, and the JDK's. */
    @Test
    void ed25519AgreesWithTheJdk() throws GeneralSecurityException {
        var random = new Random(20260101);
        for (int i = 0; i < 50; i++) {
            byte[] seed = new byte[32];
            byte[] message = new byte[random.nextInt(200)];
            random.nextBytes(seed);
            random.nextBytes(message);
            Signature jdk = Signature.getInstance("Ed25519");
            jdk.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            jdk.update(message);
            assertArrayEquals(jdk.sign(), SecretKey.ofSeed(seed).sign(message));
        }
    }

    @Test
    void blake2bHasTheKnownDigests() {
        assertEquals("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8", HEX.formatHex(Blake2b.hash256()));
        assertEquals("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
                HEX.formatHex(Blake2b.hash256("abc".getBytes(StandardCharsets.US_ASCII))));
    }

    /** The self-test of RFC 7693, appendix E: one digest over those of many lengths, with and without key. */
    @Test
    void blake2bAgreesWithRfc7693() {
        var all = new java.io.ByteArrayOutputStream();
        for (int outLength : new int[] {20, 32, 48, 64}) {
            for (int inLength : new int[] {0, 3, 128, 129, 255, 1024}) {
                byte[] plain = blake2b(new Blake2bDigest(8 * outLength), rfcSequence(inLength));
                if (outLength == 32) assertArrayEquals(plain, Blake2b.hash256(rfcSequence(inLength)));
                all.writeBytes(plain);
                all.writeBytes(blake2b(new Blake2bDigest(rfcSequence(outLength), outLength, null, null), rfcSequence(inLength)));
            }
        }
        assertEquals("c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475", HEX.formatHex(Blake2b.hash256(all.toByteArray())));
    }

    private static byte[] blake2b(Blake2bDigest digest, byte[] input) {
        digest.update(input, 0, input.length);
        byte[] output = new byte[digest.getDigestSize()];
        digest.doFinal(output, 0);
        return output;
    }

    /** RFC 7693's deterministic sequence of {@code length} bytes, seeded with the length. */
    private static byte[] rfcSequence(int length) {
        int a = 0xDEAD4BAD * length;
        int b = 1;
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            int t = a + b;
            a = b;
            b = t;
            out[i] = (byte) (t >>> 24);
        }
        return out;
    }

    @Test
    void hashOfPartsIsHashOfTheirConcatenation() {
        byte[] all = rfcSequence(300);
        for (int cut = 0; cut <= all.length; cut += 37) {
            byte[] left = java.util.Arrays.copyOf(all, cut);
            byte[] right = java.util.Arrays.copyOfRange(all, cut, all.length);
            assertArrayEquals(Blake2b.hash256(all), Blake2b.hash256(left, right));
        }
    }

    @Test
    void base58GoesBothWays() {
        assertEquals("11111111111111111111111111111111", Base58.encode(new byte[32]));
        assertEquals("StV1DL6CwTryKyV", Base58.encode("hello world".getBytes(StandardCharsets.US_ASCII)));
        var random = new Random(58);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int zero = random.nextInt(3); zero > 0 && zero <= bytes.length; zero--) bytes[zero - 1] = 0;
            assertArrayEquals(bytes, Base58.decode(Base58.encode(bytes)));
        }
        for (String bad : List.of("0", "O", "I", "l", " ", "é", "a".repeat(129))) {
            assertThrows(IllegalArgumentException.class, () -> Base58.decode(bad), bad);
        }
    }

    @Test
    void privateKeysGoBothWaysAndStayOutOfMessages() {
        SecretKey key = SecretKey.ofSeed(HEX.parseHex(RFC_8032.getFirst().getFirst()));
        String text = key.text();
        assertEquals(70, text.length());
        assertArrayEquals(key.seed(), SecretKey.parse(text).seed());
        assertFalse(key.toString().contains(RFC_8032.getFirst().getFirst()));
        for (int i = 0; i < text.length(); i++) {
            String changed = text.substring(0, i) + (text.charAt(i) == 'q' ? 'p' : 'q') + text.substring(i + 1);
            var refusal = assertThrows(IllegalArgumentException.class, () -> SecretKey.parse(changed));
            assertFalse(refusal.getMessage().contains(changed.substring(11, 60)), "the message shows the key");
        }
    }

    /** BIP-173's valid strings decode and re-encode; its invalid ones are refused. */
    @Test
    void bech32AgreesWithBip173() {
        assertArrayEquals(new byte[0], Bech32.decode("a", "A12UEL5L"));
        assertEquals("a12uel5l", Bech32.encode("a", new byte[0]));
        byte[] abcdef = Bech32.decode("abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw");
        assertEquals("00443214c74254b635cf84653a56d7c675be77df", HEX.formatHex(abcdef));
        assertEquals("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", Bech32.encode("abcdef", abcdef));
        for (String bad : List.of("a12UEL5L", "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "10a06t8", "1qzzfhee",
                "")) {
            assertThrows(IllegalArgumentException.class, () -> Bech32.decode("a", bad), bad);
        }
    }
}
