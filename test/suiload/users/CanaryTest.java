package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.json.Json;
import suiload.store.Database;
import suiload.store.EmbeddedPostgres;
import suiload.store.TestDatabase;

/** K1 in short: keys of users and of whoever pays are found nowhere that they should not be, in none of the forms they have. */
class CanaryTest {
    @Test
    void noKeyIsAtRestOrInSight() throws Exception {
        try (var service = new TestService()) {
            SecretKey payer = SecretKey.generate(service.random);
            List<SecretKey> canaries = new ArrayList<>(List.of(payer));
            var places = new TreeMap<String, byte[]>();
            for (String variant : List.of("active", "passive")) service.generate(variant, 2);
            service.post("/users/fund", "{\"amount_per_user\":1000000}");
            String body = Json.text(Json.object("sui_address", Address.ofPublicKey(payer.publicKey()).toString(), "secret_key", payer.text(),
                    "amount_per_user", 1));
            places.put("answer to a payer without funds", bytes(service.post("/users/fund", body, "Idempotency-Key", "k").body()));
            places.put("answer to a wrong payer", bytes(service.post("/users/fund", body.replace("\"sui_address\":\"0x", "\"sui_address\":\"0x1")).body()));
            places.put("answer to broken JSON", bytes(service.post("/users/fund", body.substring(1)).body()));
            places.put("answer to a wrong type", bytes(service.post("/users/fund", body.replace("amount_per_user\":1", "amount_per_user\":true")).body()));
            places.put("list", bytes(service.get("/users").body()));
            places.put("metrics", bytes(service.metrics.prometheus()));

            byte[] shown = bytes(service.get("/users/with-secrets").body());
            for (Json user : Json.parse(shown).list("items")) canaries.add(SecretKey.parse(user.string("secret_key")));
            assertEquals(5, canaries.size());
            assertTrue(contains(shown, bytes(canaries.getLast().text())), "the search finds what is there");

            places.put("every table", tables(service.database));
            places.put("the service's files", files(service.folder, "funding.key"));
            places.put("printed", bytes(canaries + " " + service.masterKeys.newest() + " " + service.store.list(UserFilter.ALL,
                    new UserStore.Window(java.util.OptionalLong.empty(), 0, 10))));
            canaries.forEach(key -> places.forEach((place, content) -> assertHidden(key, place, content)));
        }
    }

    /** PostgreSQL's own files, read raw after it has written everything out. */
    @Test
    void noKeyIsInTheDatabasesFiles() throws Exception {
        Path home = TestDatabase.folder("canary");
        var random = new java.security.SecureRandom();
        SecretKey key = SecretKey.generate(random);
        Address address = Address.ofPublicKey(key.publicKey());
        byte[] sealed;
        try (var postgres = EmbeddedPostgres.start(TestDatabase.BINARIES, home);
                Database database = Database.open(postgres.config(), new suiload.metrics.Metrics())) {
            suiload.store.Schema.migrate(database, TestDatabase.SCHEMA);
            var sealing = new Sealing(MasterKeyFile.open(home.resolve("master.key"), random), random);
            sealed = sealing.seal(key, address);
            database.transaction(session -> {
                new UserStore(database).insert(session, List.of(new User(address, Variant.ACTIVE, false, sealed)), Variant.ACTIVE);
                return null;
            });
        }
        byte[] content = files(home, "-");
        assertTrue(contains(content, sealed), "the search finds what is there");
        assertHidden(key, "PostgreSQL's files", content);
    }

    private static void assertHidden(SecretKey key, String place, byte[] content) {
        byte[] seed = key.seed();
        Map<String, byte[]> forms = Map.of("raw", seed, "hex", bytes(HexFormat.of().formatHex(seed)),
                "upper hex", bytes(HexFormat.of().withUpperCase().formatHex(seed)),
                "base64", bytes(Base64.getEncoder().withoutPadding().encodeToString(seed)), "bech32", bytes(key.text()));
        forms.forEach((form, bytes) -> assertEquals(false, contains(content, bytes), form + " in " + place));
    }

    private static byte[] tables(Database database) {
        var dump = new StringBuilder();
        List<String> names = database.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", row -> row.string("tablename"));
        assertTrue(names.contains("users") && names.contains("transactions"), names.toString());
        for (String name : names) {
            database.query("SELECT t::text AS row FROM " + name + " AS t", row -> dump.append(row.string("row")).append('\n'));
        }
        return bytes(dump.toString());
    }

    private static byte[] files(Path folder, String except) throws IOException {
        var all = new ByteArrayOutputStream();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).filter(path -> !path.endsWith(except)).toList()) all.write(Files.readAllBytes(path));
        }
        return all.toByteArray();
    }

    private static boolean contains(byte[] content, byte[] part) {
        // Latin-1 keeps every byte, and strings search fast.
        return new String(content, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
