package suiload.vectors;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Signatures;
import suiload.crypto.SecretKey;
import suiload.json.Json;

/** {@code sui-keys/1}: Ed25519 keys with their text forms and signatures, and what must not pass for one. */
final class KeysFile {
    private KeysFile() {}

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    static void check(Json file, Tally tally) {
        Map<String, byte[]> messages = new HashMap<>();
        for (Json message : Cases.of(file, "messages")) messages.put(message.string("id"), Bytes.ofHex(message.string("hex")).toArray());
        Map<String, SecretKey> keys = new HashMap<>();
        for (Json key : Cases.of(file, "keys")) {
            String id = key.string("id");
            tally.check("keys", id, () -> {
                keys.put(id, ofSeed(key));
                key(key, keys.get(id));
            });
            for (Json signed : Cases.of(key, "messages")) {
                String message = signed.string("message");
                tally.check("signed messages", id + " " + message, () -> signed(signed, keys.get(id), messages.get(message)));
            }
        }
        for (Json invalid : Cases.of(file, "invalidPrivateKeys")) {
            tally.refused("invalid keys", "key '" + invalid.string("reason") + "'", invalid.string("reason"),
                    () -> SecretKey.parse(invalid.string("input")));
        }
        for (Json invalid : Cases.of(file, "invalidSignatures")) {
            tally.check("invalid signatures", "signature '" + invalid.string("reason") + "'",
                    () -> invalidSignature(invalid, keys.get(invalid.string("key"))));
        }
    }

    /** The secret keys by id: what {@code transactions.json} signs with. */
    static Map<String, SecretKey> keys(Json file) {
        Map<String, SecretKey> keys = new HashMap<>();
        for (Json key : Cases.of(file, "keys")) keys.put(key.string("id"), ofSeed(key));
        return keys;
    }

    private static SecretKey ofSeed(Json json) {
        return SecretKey.ofSeed(Bytes.ofHex(json.string("seedHex")).toArray());
    }

    private static void key(Json json, SecretKey key) {
        byte[] publicKey = key.publicKey();
        Mismatch.unlessEqual("publicKeyHex", json.string("publicKeyHex"), Bytes.of(publicKey).hex());
        Mismatch.unlessEqual("publicKeyBase64", json.string("publicKeyBase64"), BASE64.encodeToString(publicKey));
        Mismatch.unlessEqual("suiPublicKeyBase64", json.string("suiPublicKeyBase64"),
                BASE64.encodeToString(new BcsWriter(33).u8(0).fixed(publicKey).toByteArray()));
        Mismatch.unlessEqual("address", json.string("address"), Address.ofPublicKey(publicKey).toString());
        Mismatch.unlessEqual("suiprivkey", json.string("suiprivkey"), key.text());
        Mismatch.unlessEqual("seed of the imported suiprivkey", json.string("seedHex"),
                Bytes.of(SecretKey.parse(json.string("suiprivkey")).seed()).hex());
    }

    private static void signed(Json json, SecretKey key, byte[] message) {
        Mismatch.unless(key != null, "the key has no usable seed");
        Mismatch.unless(message != null, "message '" + json.string("message") + "' is not in the file");
        intent(json.get("transactionIntent"), key, Signatures.transactionHash(message));
        intent(json.get("personalMessageIntent"), key, Signatures.personalMessageHash(message));
    }

    private static void intent(Json json, SecretKey key, byte[] hash) {
        Mismatch.unlessEqual("signingHashHex", json.string("signingHashHex"), Bytes.of(hash).hex());
        signature(json.string("signature"), key, hash);
    }

    /** The signature is the one that {@code key} makes, and verifies as one by {@code key}'s account. */
    static void signature(String expected, SecretKey key, byte[] hash) {
        Bytes signature = Signatures.sign(key, hash);
        Mismatch.unlessEqual("signature", expected, BASE64.encodeToString(signature.toArray()));
        Bytes given = Bytes.of(Base64.getDecoder().decode(expected));
        Mismatch.unless(Signatures.verify(given, hash), "the signature does not verify");
        Mismatch.unlessEqual("signer", Address.ofPublicKey(key.publicKey()), Signatures.signer(given));
    }

    private static void invalidSignature(Json json, SecretKey key) {
        byte[] message = Bytes.ofHex(json.string("messageHex")).toArray();
        byte[] hash = switch (json.string("intent")) {
            case "TransactionData" -> Signatures.transactionHash(message);
            case "PersonalMessage" -> Signatures.personalMessageHash(message);
            default -> throw new Mismatch("unknown intent '" + json.string("intent") + "'");
        };
        Mismatch.unless(key != null, "key '" + json.string("key") + "' is not in the file");
        Mismatch.unless(!verifies(json.string("signature"), key, hash), "verifies, but must not: " + json.string("reason"));
    }

    private static boolean verifies(String base64, SecretKey key, byte[] hash) {
        Bytes signature;
        try {
            signature = Bytes.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        return Signatures.verify(signature, hash) && Signatures.signer(signature).equals(Address.ofPublicKey(key.publicKey()));
    }
}
