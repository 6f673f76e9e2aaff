package suiload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a senseless setting stops the start with a line that says what would be right, and the file documents every setting. */
class SettingsTest {
    private static final Path DOCUMENTED = Path.of(System.getProperty("suiload.home"), "conf", "suiload.env");

    @TempDir
    Path folder;

    @Test
    void theFileDocumentsEverySettingWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENTED)) {
            if (line.matches("#[A-Z_]+=.*")) documented.put(line.substring(1, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        Map<String, String> declared = new TreeMap<>();
        for (Setting setting : Setting.values()) declared.put(setting.name(), setting.standard);
        assertEquals(declared, documented);
    }

    @Test
    void theEnvironmentWinsOverTheFileAndTheFileOverTheDefault() throws IOException {
        Path file = Files.writeString(folder.resolve("suiload.env"), "# mine\nPORT=5000\nREQUEST_DEADLINE = 10s\n");
        Settings settings = Settings.load(Map.of("PORT", "6000"), file);
        assertEquals(6000, settings.integer(Setting.PORT));
        assertEquals(Duration.ofSeconds(10), settings.time(Setting.REQUEST_DEADLINE));
        assertEquals("127.0.0.1", settings.text(Setting.HOST));
    }

    @Test
    void everyBadValueIsNamedWithWhatWouldBeRight() {
        String message = refusal(Map.of("PORT", "abc", "ADMISSION_WAIT", "-2s", "NETWORK", "moon"));
        assertTrue(message.contains("PORT=abc is not valid: a whole number from 0 to 65535 expected"), message);
        assertTrue(message.contains("ADMISSION_WAIT=-2s is not valid: a time such as 200ms, 25s or 5m, from 0s to 20s expected"), message);
        assertTrue(message.contains("NETWORK=moon is not valid: one of embedded, testnet"), message);
    }

    @Test
    void anUnknownNameInTheFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("suiload.env"), "PROT=5000\n");
        var refused = assertThrows(Settings.Refused.class, () -> Settings.load(Map.of(), file));
        assertEquals("suiload.env: there is no setting PROT", refused.getMessage());
    }

    @Test
    void combinationsThatMakeNoSenseAreRefused() {
        assertTrue(refusal(Map.of("HOST", "0.0.0.0")).contains("set ADMIN_TOKEN too"));
        assertTrue(refusal(Map.of("NETWORK", "mainnet")).contains("ALLOW_MAINNET=true"));
        assertTrue(refusal(Map.of("FULLNODE_URL", "http://127.0.0.1:9000")).contains("NETWORK=embedded does not use it"));
        String node = refusal(Map.of("NETWORK", "testnet", "FULLNODE_URL", "https://node.example/v1/canary,x"));
        assertTrue(node.contains("FULLNODE_URL is not valid: addresses separated by commas, each http:// or https://")
                && !node.contains("canary"), node);
    }

    @Test
    void secretsAreShownNowhere() throws IOException {
        Settings settings = Settings.load(Map.of("ADMIN_TOKEN", "canary-token"), folder.resolve("none"));
        assertEquals("(set)", settings.effective().get("ADMIN_TOKEN"));
        String database = refusal(Map.of("DATABASE_URL", "mysql://canary:canary@host/db"));
        assertTrue(database.contains("DATABASE_URL is not valid: jdbc:postgresql://") && !database.contains("canary"), database);
        assertFalse(refusal(Map.of("FUNDING_SECRET_KEY", "suiprivkey1canary")).contains("canary"));
    }

    /** Providers put their keys into a node's path. */
    @Test
    void aNodesAddressIsShownWithoutWhatMayBeAKey() throws IOException {
        Map<String, String> environment = Map.of("NETWORK", "testnet",
                "FULLNODE_URL", "https://node.example/v1/canary, http://127.0.0.1:9000,https://canary@x");
        assertEquals("https://node.example/…,http://127.0.0.1:9000,https://x/…",
                Settings.load(environment, folder.resolve("none")).effective().get("FULLNODE_URL"));
    }

    @Test
    void aNodesKeyMayBeATokenWithItsScheme() throws IOException {
        Settings.load(Map.of("FULLNODE_API_KEY", "Bearer abc", "FULLNODE_API_KEY_HEADER", "Authorization"), folder.resolve("none"));
        String message = refusal(Map.of("FULLNODE_API_KEY", "canary\u00e4", "FULLNODE_API_KEY_HEADER", "two words"));
        assertTrue(message.contains("FULLNODE_API_KEY is not valid: printable ASCII expected") && !message.contains("canary"), message);
        assertTrue(message.contains("FULLNODE_API_KEY_HEADER=two words is not valid: the name of an HTTP header expected"), message);
    }

    @Test
    void flagsAreWordsOrDigits() throws IOException {
        assertTrue(Settings.load(Map.of("ALLOW_MAINNET", "1", "NETWORK", "mainnet"), folder.resolve("none")).flag(Setting.ALLOW_MAINNET));
        assertFalse(Settings.load(Map.of("FEED", "0"), folder.resolve("none")).flag(Setting.FEED));
    }

    private String refusal(Map<String, String> environment) {
        return assertThrows(Settings.Refused.class, () -> Settings.load(environment, folder.resolve("none"))).getMessage();
    }
}
