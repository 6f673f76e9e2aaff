package suiload.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker passes the golden vectors, and fails, by id, when a single character of them is wrong. */
class VectorsTest {
    /** The golden vectors lie beside the project, not in it. */
    private static final Path GOLDEN = Path.of(System.getProperty("suiload.home", ".")).toAbsolutePath().normalize()
            .resolveSibling("shared/vectors");

    /** The address 0x6. */
    private static final String SIX = "00".repeat(31) + "06";

    @TempDir
    Path folder;

    @Test
    void goldenVectorsHold() throws IOException {
        for (Path file : golden()) {
            Tally tally = VectorsMain.check(file);
            assertEquals(List.of(), tally.failures(), file.toString());
            assertTrue(tally.passed() > 10, file + " holds " + tally.counts());
        }
    }

    /** Each digit of a golden file matters: one changed in {@code field} must fail that field's case. */
    @Test
    void oneChangedCharacterFails() throws IOException {
        assumeTrue(Files.isDirectory(GOLDEN), "no golden vectors beside the project");
        for (String name : List.of("keys", "bcs", "ids", "transactions")) {
            // Not Files.copy: the golden files may be read-only, and a copy would be too.
            Files.write(folder.resolve(name + ".json"), Files.readAllBytes(GOLDEN.resolve(name + ".json")));
        }
        changed("keys", "signingHashHex");
        changed("keys", "suiprivkey");
        changed("bcs", "bytesHex");
        changed("ids", "objectId");
        changed("ids", "fieldObjectId");
        changed("transactions", "digestHex");
        changed("transactions", "kindBytes");
        changed("transactions", "initialSharedVersion");
    }

    private void changed(String name, String field) throws IOException {
        Path file = folder.resolve(name + ".json");
        String good = Files.readString(file);
        int at = good.indexOf('"', good.indexOf("\"" + field + "\"") + field.length() + 3) + 1;
        Files.writeString(file, good.substring(0, at) + (good.charAt(at) == '1' ? '2' : '1') + good.substring(at + 1));
        Tally tally = VectorsMain.check(file);
        assertTrue(tally.failed() > 0, "a change of " + field + " in " + name + ".json went unseen");
        Files.writeString(file, good);
        assertEquals(List.of(), VectorsMain.check(file).failures());
    }

    @Test
    void unusableFilesAreSaidSo() throws IOException {
        assertTrue(only(folder.resolve("none.json")).contains("there is no"));
        assertTrue(only(file("{\"format\": \"sui-bcs/2\"}")).contains("unknown format 'sui-bcs/2'"));
        assertTrue(only(file("{\"format\": \"sui-bcs/1\"")).startsWith("cannot check this file"));
        assertTrue(only(file("{\"format\": \"sui-bcs/1\", \"vectors\": []}")).contains("no case"));
        assertTrue(only(file("{\"format\": \"sui-transactions/1\", \"keysFile\": \"gone.json\", \"transactions\": []}"))
                .contains("gone.json"));
        assertTrue(only(file("{\"format\": \"sui-bcs/1\", \"newCases\": [1]}")).contains("newCases"));
    }

    @Test
    void aFailingCaseIsNamedWithWhatDiffers() throws IOException {
        String failure = only(file("""
                {"format": "sui-bcs/1", "vectors": [
                  {"id": "v-1", "type": "map<u8,tuple<string,option<u16>>>", "value": [["2", ["b", null]], ["1", ["a", "7"]]],
                   "bytesHex": "02010161010700020162" },
                  {"id": "v-2", "type": "u8", "value": "1", "bytesHex": "01"}]}"""));
        assertTrue(failure.startsWith("v-1: encoding: expected 02010161010700020162, got 0201016101070002016200"), failure);
    }

    /** Two signatures of the sender's do not make one of the sponsor's. */
    @Test
    void aSponsoredTransactionNeedsTheSponsor() throws IOException {
        assumeTrue(Files.isDirectory(GOLDEN), "no golden vectors beside the project");
        Files.write(folder.resolve("keys.json"), Files.readAllBytes(GOLDEN.resolve("keys.json")));
        String twice = Files.readString(GOLDEN.resolve("transactions.json")).replaceAll(
                "(\\{[^{}]*\"role\": \"sender\"[^{}]*}),\\s*\\{[^{}]*\"role\": \"sponsor\"[^{}]*}", "$1, $1");
        String differs = ": roles of the signatures: expected [sender, sponsor], got [sender, sender]";
        assertEquals(List.of("tx-053" + differs, "tx-055" + differs),
                VectorsMain.check(Files.writeString(folder.resolve("transactions.json"), twice)).failures());
    }

    /** What no golden file has, but other people's transactions do; names and bytes as of the SDK's bcs/effects.ts. */
    @Test
    void rareEffectsHold() throws IOException {
        String digest = "20" + "00".repeat(32);
        Tally tally = VectorsMain.check(file("{\"format\": \"sui-bcs/1\", \"vectors\": [" + String.join(",",
                failed("{'PackageUpgradeError': {'upgradeError': {'UnableToFetchPackage': {'packageId': '0x6'}}}}", "1b00" + SIX),
                failed("{'PackageUpgradeError': {'upgradeError': {'NotAPackage': {'objectId': '0x6'}}}}", "1b01" + SIX),
                failed("{'PackageUpgradeError': {'upgradeError': {'IncompatibleUpgrade': true}}}", "1b02"),
                failed("{'PackageUpgradeError': {'upgradeError': {'DigestDoesNotMatch': {'digest': {'hex': 'abcd'}}}}}", "1b0302abcd"),
                failed("{'PackageUpgradeError': {'upgradeError': {'UnknownUpgradePolicy': {'policy': 200}}}}", "1b04c8"),
                failed("{'PackageUpgradeError': {'upgradeError': {'PackageIDDoesNotMatch': {'packageId': '0x0', 'ticketId': '0x6'}}}}",
                        "1b05" + "00".repeat(32) + SIX),
                failed("{'MovePrimitiveRuntimeError': true}", "0b00"),
                failed("{'MovePrimitiveRuntimeError': null}", "0b00"),
                failed("{'InsufficientBalanceForWithdraw': true}", "28"),
                failed("{'InsufficientFundsForWithdraw': true}", "28"),
                accumulated("Merge", "{'Integer': '5'}", "00" + "000500000000000000"),
                accumulated("Split", "{'IntegerTuple': ['1', '2']}", "01" + "01" + "01000000000000000200000000000000"),
                accumulated("Merge", "{'EventDigest': [['3', '" + "1".repeat(32) + "']]}", "00" + "0201" + "0300000000000000" + digest))
                + "]}"));
        assertEquals(List.of(), tally.failures());
        assertEquals(13, tally.passed());
    }

    @Test
    void unknownKindsOfATypeArgumentErrorFail() throws IOException {
        String failure = only(file("{\"format\": \"sui-bcs/1\", \"vectors\": ["
                + failed("{'TypeArgumentError': {'argumentIdx': 0, 'kind': {'ConstraintUnknown': true}}}", "14000001") + "]}"));
        assertTrue(failure.contains("unknown variant 'ConstraintUnknown' of TypeArgumentError"), failure);
    }

    private static String failed(String error, String hex) {
        return effects("{'Failure': {'error': " + error + ", 'command': null}}", "01" + hex + "00", "[]", "00");
    }

    private static String accumulated(String operation, String value, String hex) {
        String write = "{'address': {'address': '0x6', 'ty': 'u64'}, 'operation': {'" + operation + "': true}, 'value': " + value + "}";
        return effects("{'Success': true}", "00", "[['0x6', {'inputState': {'NotExist': true}, 'outputState': {'AccumulatorWriteV1': "
                + write + "}, 'idOperation': {'None': true}}]]", "01" + SIX + "00" + "03" + SIX + "02" + hex + "00");
    }

    /** A case of zeros but for its status and changed objects; quotation marks may be single. */
    private static String effects(String status, String statusHex, String changes, String changesHex) {
        return """
                {'id': 'v', 'type': 'TransactionEffects', 'value': {'V2': {'status': %s, 'executedEpoch': '0', 'gasUsed':
                {'computationCost': '0', 'storageCost': '0', 'storageRebate': '0', 'nonRefundableStorageFee': '0'},
                'transactionDigest': '11111111111111111111111111111111', 'gasObjectIndex': null, 'eventsDigest': null,
                'dependencies': [], 'lamportVersion': '0', 'changedObjects': %s, 'unchangedConsensusObjects': [],
                'auxDataDigest': null}}, 'bytesHex': '%s'}""".formatted(status, changes, "01" + statusHex + "00".repeat(40)
                + "20" + "00".repeat(32) + "000000" + "00".repeat(8) + changesHex + "0000").replace('\'', '"');
    }

    /** A malformed input counts as refused only when the decoder says so: a type that nobody knows is no refusal. */
    @Test
    void acceptedMalformedInputsFail() throws IOException {
        assertTrue(only(file(malformed("u8", "01"))).contains("must be refused"));
        assertTrue(only(file(malformed("u9", "01"))).contains("unknown type 'u9'"));
        assertEquals(0, VectorsMain.check(file(malformed("u8", "0101"))).failed());
    }

    private static String malformed(String type, String hex) {
        return "{\"format\": \"sui-bcs/1\", \"decodeErrors\": [{\"id\": \"bad\", \"type\": \"" + type + "\", \"bytesHex\": \"" + hex
                + "\", \"reason\": \"r\"}]}";
    }

    private static String only(Path file) {
        Tally tally = VectorsMain.check(file);
        assertEquals(1, tally.failures().size(), tally.failures().toString());
        return tally.failures().getFirst();
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("case.json"), json, StandardCharsets.UTF_8);
    }

    private static List<Path> golden() throws IOException {
        assumeTrue(Files.isDirectory(GOLDEN), "no golden vectors beside the project");
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }
}
