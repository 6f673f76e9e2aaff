package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import suiload.bcs.Bytes;
import suiload.chain.TransactionData;
import suiload.grpcweb.proto.Transaction;
import suiload.json.Json;

/** Goal: a transaction survives the way into a message and back. Method: the golden transactions, which lie beside the project. */
class TransactionProtoTest {
    private static final Path GOLDEN =
            Path.of(System.getProperty("suiload.home")).toAbsolutePath().normalize().resolveSibling("shared/vectors/transactions.json");

    @Test
    void goldenTransactionsComeBackTheSame() throws IOException {
        assumeTrue(Files.exists(GOLDEN), "no golden vectors beside the project");
        int count = 0;
        for (Json vector : Json.parse(Files.readAllBytes(GOLDEN)).list("transactions")) {
            if (!vector.has("bytes")) continue;
            Bytes bcs = Bytes.of(Base64.getDecoder().decode(vector.string("bytes")));
            Transaction proto = TransactionProto.transaction(bcs, TransactionData.digest(bcs), Mask.ALL);
            assertEquals(bcs, TransactionReader.bcs(proto).orElseThrow());
            Transaction structured = proto.toBuilder().clearBcs().clearDigest().build();
            assertTrue(TransactionReader.isComplete(structured), vector.string("id"));
            assertEquals(bcs, TransactionReader.complete(structured).encode(), vector.string("id"));
            assertFalse(TransactionReader.isComplete(structured.toBuilder().clearExpiration().build()));
            count++;
        }
        assertTrue(count > 50, count + " transactions");
    }
}
