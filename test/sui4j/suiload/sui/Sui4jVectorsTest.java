package suiload.sui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dipcoin.sui.crypto.Ed25519KeyPair;
import io.dipcoin.sui.crypto.SuiKeyPair;
import io.dipcoin.sui.crypto.signature.SignatureScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import suiload.bcs.Bytes;
import suiload.json.Json;

/**
 * Goal: sui4j's own building and signing give the bytes of the golden vectors, as far as it offers them; what it does not is named and
 * counted, so that a newer sui4j that does shows up here.
 */
class Sui4jVectorsTest {
    /** The golden vectors lie beside the project, not in it. */
    private static final Path GOLDEN = Path.of(System.getProperty("suiload.home", ".")).toAbsolutePath().normalize()
            .resolveSibling("shared/vectors");

    @BeforeAll
    static void areThere() {
        assumeTrue(Files.isDirectory(GOLDEN), "no golden vectors beside the project");
    }

    private static Json file(String name) throws IOException {
        return Json.parse(Files.readAllBytes(GOLDEN.resolve(name)));
    }

    @Test
    void buildsTheTransactionsItHasWordsFor() throws IOException {
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Json vector : file("transactions.json").list("transactions")) {
            try {
                if (!Bytes.of(Sui4jBuilder.build(vector)).equals(Sui4jBuilder.expected(vector))) wrong.add(vector.string("id"));
                outcomes.merge("built", 1, Integer::sum);
            } catch (Sui4jBuilder.NotOffered missing) {
                outcomes.merge(missing.getMessage(), 1, Integer::sum);
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(Map.of("built", 43, "equal inputs", 6, "expiration", 3, "funds withdrawal", 2,
                "pure values but numbers, bool, address and bytes", 14, "u128 and u256 with the top bit", 2,
                "vectors with an element type", 12), outcomes);
    }

    @Test
    void signsEveryTransaction() throws IOException {
        Map<String, Ed25519KeyPair> keys = new HashMap<>();
        for (Json key : file("keys.json").list("keys")) keys.put(key.string("id"), Ed25519KeyPair.decodeHex(key.string("seedHex")));
        int count = 0;
        for (Json vector : file("transactions.json").list("transactions")) {
            for (Json signature : vector.list("signatures")) {
                Ed25519KeyPair key = keys.get(signature.string("key"));
                assertEquals(signature.string("address"), key.address());
                assertEquals(signature.string("signature"), key.signTransactionDataBase64(vector.string("bytes")), vector.string("id"));
                count++;
            }
        }
        assertEquals(84, count, "two are sponsored");
    }

    @Test
    void knowsTheKeysAndSignsMessages() throws IOException {
        Json keys = file("keys.json");
        Map<String, byte[]> messages = new HashMap<>();
        for (Json message : keys.list("messages")) messages.put(message.string("id"), HexFormat.of().parseHex(message.string("hex")));
        for (Json vector : keys.list("keys")) {
            Ed25519KeyPair key = Ed25519KeyPair.decodeHex(vector.string("seedHex"));
            String id = vector.string("id");
            assertEquals(vector.string("publicKeyHex"), key.publicKey(), id);
            assertEquals(vector.string("address"), key.address(), id);
            assertEquals(vector.string("suiprivkey"), SuiKeyPair.encodeSuiPrivateKey(key.privateKey(), SignatureScheme.ED25519), id);
            assertEquals(key.address(), SuiKeyPair.decodeSuiPrivateKey(vector.string("suiprivkey")).address(), id);
            for (Json signed : vector.list("messages")) {
                byte[] message = messages.get(signed.string("message"));
                assertEquals(signed.get("transactionIntent").string("signature"), key.signTransactionDataBase64(message), id);
                assertEquals(signed.get("personalMessageIntent").string("signature"), key.signPersonalMessageBase64(message), id);
            }
        }
    }
}
