package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.json.Json;

/** {@code /users} as a client sees it: real keys, real coins. */
class UserRoutesTest {
    private static TestService service;

    @BeforeAll
    static void start() throws IOException {
        service = new TestService();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void generatedUsersAreListedWithKeysThatAreTheirs() throws Exception {
        Json made = service.generate("passive", 3);
        assertEquals("3 passive user(s) generated.", made.string("message"));
        List<String> addresses = made.list("users").stream().map(user -> user.string("sui_address")).toList();
        Json page = Json.parse(service.get("/users/with-secrets?variant=passive&limit=3").body());
        assertEquals(addresses.reversed(), page.list("items").stream().map(user -> user.string("sui_address")).toList(), "newest first");
        for (Json user : page.list("items")) {
            SecretKey key = SecretKey.parse(user.string("secret_key"));
            assertEquals(user.string("sui_address"), Address.ofPublicKey(key.publicKey()).toString());
            assertEquals(Optional.of(key), service.vault.secret(Address.parse(user.string("sui_address"))));
        }
        assertFalse(service.vault.exists(Address.ofShort(1)));
        assertFalse(Json.parse(service.get("/users?limit=1").body()).list("items").getFirst().has("secret_key"));
    }

    @Test
    void pagesFollowEachOtherByNext() throws Exception {
        service.generate("passive", 7);
        Json first = Json.parse(service.get("/users?variant=passive&limit=5").body());
        assertEquals(5, first.list("items").size());
        assertEquals(5, first.integer("limit", 0, 10));
        assertEquals(0, first.integer("offset", 0, 10));
        Json second = Json.parse(service.get("/users?variant=passive&limit=5&after=" + first.string("next")).body());
        Json offset = Json.parse(service.get("/users?variant=passive&limit=5&offset=5").body());
        assertEquals(second.list("items").getFirst(), offset.list("items").getFirst());
        assertEquals(service.store.count(new UserFilter(Optional.of(Variant.PASSIVE), Optional.empty())), second.integer("total", 0, 1000));
    }

    @Test
    void fundingServesExactlyTheUnfundedActiveOnesAndSeedsTheirCoins() throws Exception {
        Json made = service.generate("active", 60);
        service.generate("passive", 1);
        HttpResponse<String> answer = service.post("/users/fund", "{\"amount_per_user\":\"50000000\"}", "Idempotency-Key", "fund");
        Json result = Json.parse(answer.body()).get("fundingResult");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(60, result.integer("successCount", 0, 100));
        assertEquals("3000000000", result.string("totalFunded"));
        assertTrue(answer.headers().firstValueAsLong("X-Gas-Cost").orElseThrow() > 0);
        for (Json user : made.list("users").subList(0, 3)) {
            Address address = Address.parse(user.string("sui_address"));
            assertEquals(1, service.coins(address));
            assertEquals(OptionalLong.of(50_000_000), service.transactions.references().gasBalance(address));
        }
        assertEquals(12, Json.parse(service.get("/users?is_funded=true&limit=1").body()).list("items").getFirst()
                .integer("sends_remaining", 0, 1000), "50,000,000 MIST at 3,881,008 a message");

        assertEquals(answer.body(), service.post("/users/fund", "{\"amount_per_user\":\"50000000\"}", "Idempotency-Key", "fund").body());
        assertEquals("Funding complete. 0 users funded, 0 failed.",
                Json.parse(service.post("/users/fund", "{\"amount_per_user\":50000000}").body()).string("message"));
        assertEquals(0, Json.parse(service.get("/users?variant=passive&is_funded=true").body()).integer("total", 0, 100));
    }

    @Test
    void aKeyMakesUsersOnce() throws Exception {
        HttpResponse<String> first = service.post("/users/generate/passive?count=2", "", "Idempotency-Key", "once");
        assertEquals(first.body(), service.post("/users/generate/passive?count=2", "", "Idempotency-Key", "once").body());
    }

    @Test
    void anAccountThatIsTooPoorIsToldSoAndNobodyIsMarked() throws Exception {
        service.generate("active", 1);
        SecretKey poor = SecretKey.generate(service.random);
        String body = Json.text(Json.object("sui_address", Address.ofPublicKey(poor.publicKey()).toString(), "secret_key", poor.text(),
                "amount_per_user", 1000));
        HttpResponse<String> answer = service.post("/users/fund", body, "Idempotency-Key", "poor");
        assertEquals(422, answer.statusCode());
        assertEquals("funding_account_empty", Json.parse(answer.body()).string("code"));
        assertEquals(answer.body(), service.post("/users/fund", body, "Idempotency-Key", "poor").body(), "kept, request_id and all");
        assertFalse(answer.body().contains(poor.text()));
        assertFalse(service.store.batchOpen());
        service.post("/users/fund", "{\"amount_per_user\":1000000}");
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        SecretKey key = SecretKey.generate(service.random);
        String other = Json.text(Json.object("sui_address", "0x1", "secret_key", key.text(), "amount_per_user", 1));
        refuse("secret_key", service.post("/users/fund", other));
        refuse("secret_key", service.post("/users/fund", "{\"sui_address\":\"0x1\",\"amount_per_user\":1}"));
        refuse("sui_address", service.post("/users/fund", other.replace("\"0x1\"", "null")));
        refuse("secret_key", service.post("/users/fund", other.replace(key.text(), key.text().replace("suipriv", "priv"))));
        for (String amount : List.of("0", "-1", "\"x\"", "1.5", "\"18446744073709551615\"", "null")) {
            refuse("amount_per_user", service.post("/users/fund", "{\"amount_per_user\":" + amount + "}"));
        }
        refuse("variant", service.post("/users/generate/lazy", ""));
        refuse("count", service.post("/users/generate/active?count=2001", ""));
        refuse("limit", service.get("/users?limit=2001"));
        refuse("is_funded", service.get("/users?is_funded=yes"));
        refuse("after", service.get("/users?after=0x77"));
        refuse("sui_address", service.post("/users/drain", "{\"sui_address\":\"77\"}"));
        assertFalse(service.post("/users/fund", other).body().contains(key.text()));
    }

    @Test
    void secretsAreForThisMachineOnly() throws Exception {
        assertEquals(403, service.get("/users/with-secrets", "X-Forwarded-For", "10.0.0.1").statusCode());
        assertEquals(200, service.get("/users/with-secrets").statusCode());
    }

    @Test
    void capacityIsWhatACoinCanPayFor() {
        assertEquals(0, FundingRound.capacity(1000, 1000));
        assertEquals(1, FundingRound.capacity(FundingPurpose.budget(1, 1000) + 1000, 1000));
        assertEquals(50, FundingRound.capacity(Long.MAX_VALUE / 2, 1000));
        assertTrue(IntStream.rangeClosed(0, 50).allMatch(n -> FundingRound.capacity(n * 1_000_000_000L, 1_000_000_000L) <= n));
    }

    private static void refuse(String field, HttpResponse<String> answer) {
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(Json.parse(answer.body()).string("details").contains(field), answer.body());
    }
}
