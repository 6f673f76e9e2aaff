package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.http.HttpError;
import suiload.json.Json;
import suiload.metrics.Deadline;
import suiload.metrics.RequestContext;
import suiload.transactions.Outcome;
import suiload.transactions.References;

/**
 * Goal: what users have left comes back to the MIST, once, whatever is repeated or dies in between, and they can be funded again.
 * Method: a real database and the embedded network; coins are counted on chain.
 */
@Timeout(120)
class DrainTest {
    private static final long EACH = 50_000_000;

    @Test
    void whatComesBackIsWhatTheyHadLessTheGasAndTheyCanBeFundedAgain() throws Exception {
        try (var service = new TestService()) {
            List<Address> users = funded(service, 20);
            long before = balance(service, account(service));
            HttpResponse<String> answer = service.post("/users/drain", "", "Idempotency-Key", "once");
            Json result = Json.parse(answer.body()).get("drainResult");
            assertEquals(20, result.integer("successCount", 0, 100), answer.body());
            assertEquals(0, result.integer("failedCount", 0, 100) + result.integer("remaining", 0, 100));
            long gas = answer.headers().firstValueAsLong("X-Gas-Cost").orElseThrow();
            assertEquals(20 * EACH - gas, result.u64("totalReturned"));
            assertEquals(before + result.u64("totalReturned"), balance(service, account(service)));
            for (Address user : users) {
                assertEquals(0, service.coins(user));
                assertEquals(OptionalLong.empty(), service.transactions.references().gasBalance(user));
            }
            assertEquals(20, count(service, false));

            assertEquals(answer.body(), service.post("/users/drain", "", "Idempotency-Key", "once").body());
            String again = Json.parse(service.post("/users/drain", "{}").body()).string("message");
            assertEquals("Drain complete. 0 users drained, 0 failed.", again);

            fund(service, EACH);
            for (Address user : users) assertEquals(OptionalLong.of(EACH), service.transactions.references().gasBalance(user));
            assertEquals(20, count(service, true));
        }
    }

    /** What one drain brings is many small coins; without taking them up, funding would call the account empty. */
    @Test
    void drainedCoinsPayForTheNextFunding() throws Exception {
        try (var service = new TestService()) {
            List<Address> users = funded(service, 30);
            give(service, service.funding, Address.ofShort(0x77));
            assertEquals(0, service.coins(account(service)), "the account has nothing but what comes back");
            drain(service, Duration.ofSeconds(60));
            assertEquals(30, coins(service, account(service)).size());
            int funded = 0;
            HttpError empty = null;
            while (empty == null) {
                try {
                    var order = new FundingRound.Order(service.funding, EACH, Optional.empty());
                    funded += service.fundingDesk.fund(order, Deadline.never()).funded();
                } catch (HttpError refused) {
                    empty = refused;
                }
                assertTrue(funded < 30, "gas was paid since, so not all can be funded again");
            }
            assertEquals(422, empty.status());
            assertEquals(funded, users.stream().mapToInt(service::coins).sum());
            long left = balance(service, account(service));
            assertTrue(left < EACH + FundingPurpose.budget(1, 1000), left + " MIST would have paid for one more");
        }
    }

    @Test
    void allCoinsOfAUserGoAndOneWithTooLittleStaysAsItIs() throws Exception {
        try (var service = new TestService()) {
            List<Address> users = funded(service, 2);
            Address rich = users.getFirst();
            Address generous = users.getLast();
            give(service, service.vault.secret(generous).orElseThrow(), rich);
            fund(service, 4_000_000);
            give(service, service.vault.secret(generous).orElseThrow(), rich);
            assertEquals(3, service.coins(rich));
            fund(service, 1000);
            Json result = Json.parse(service.post("/users/drain", "{\"sui_address\":\"0x99\"}").body()).get("drainResult");
            assertEquals(1, result.integer("successCount", 0, 9));
            assertEquals(1, result.integer("failedCount", 0, 9));
            Json error = result.list("errors").getFirst();
            assertEquals(generous.toString(), error.list("users").getFirst().asString());
            assertTrue(error.string("error").contains("holds 1000 MIST"), error.toString());
            assertEquals(0, service.coins(rich));
            assertEquals(result.u64("totalReturned"), balance(service, Address.ofShort(0x99)));
            assertEquals(1, count(service, true), "the poor one keeps its coin and its mark");
        }
    }

    @Test
    void aUserIsMarkedOnlyWithTheVerdictAlsoByTheNextLife() throws Exception {
        var never = new CountDownLatch(1);
        try (var service = new TestService()) {
            List<Address> users = funded(service, 3);
            service.transactions.close();
            service.startTransactions(new GatedNode(service.chain, never, true));
            DrainResult gaveUp = drain(service, Duration.ofSeconds(10));
            assertEquals(0, gaveUp.drained() + gaveUp.failed());
            assertEquals(3, gaveUp.remaining(), "they go on");
            assertEquals(0, service.coins(users.getFirst()), "it was executed");
            assertEquals(3, count(service, true), "and nobody knows yet");
            assertThrows(RuntimeException.class, () -> drain(service, Duration.ofMillis(500)), "a second one waits for the first");
            service.transactions.close();
            service.startTransactions(service.chain);
            DrainResult rest = drain(service, Duration.ofSeconds(60));
            assertEquals(0, rest.drained() + rest.failed(), "nothing was left to do: " + rest.failures());
            assertEquals(3, count(service, false));
        }
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        try (var service = new TestService()) {
            for (String body : List.of("{\"sui_address\":\"hello\"}", "{\"sui_address\":7}")) {
                HttpResponse<String> answer = service.post("/users/drain", body);
                assertEquals(400, answer.statusCode(), answer.body());
                assertTrue(Json.parse(answer.body()).string("details").contains("sui_address"), answer.body());
            }
        }
    }

    private static List<Address> funded(TestService service, int count) throws Exception {
        List<Address> users = service.generate("active", count).list("users").stream()
                .map(user -> Address.parse(user.string("sui_address"))).toList();
        fund(service, EACH);
        return users;
    }

    private static void fund(TestService service, long mist) throws Exception {
        FundingResult result = service.fundingDesk.fund(new FundingRound.Order(service.funding, mist, Optional.empty()), Deadline.never());
        assertEquals(List.of(), result.failures());
    }

    private static DrainResult drain(TestService service, Duration patience) throws Exception {
        Deadline deadline = Deadline.after(patience);
        return ScopedValue.where(RequestContext.CURRENT, new RequestContext("test", deadline))
                .call(() -> service.draining.drain(account(service), deadline));
    }

    /** All that one has. */
    private static void give(TestService service, SecretKey from, Address to) {
        Address owner = Address.ofPublicKey(from.publicKey());
        List<Address> coins = coins(service, owner).stream().map(coin -> coin.ref().id()).toList();
        Outcome outcome = service.transactions.send(service.drainPurpose.intent(from, new DrainPurpose.Order(owner, to, coins)));
        assertTrue(outcome instanceof Outcome.Succeeded, outcome.toString());
    }

    private static Address account(TestService service) {
        return Address.ofPublicKey(service.funding.publicKey());
    }

    private static List<References.Coin> coins(TestService service, Address owner) {
        return service.transactions.references().coins(owner, 1000, Deadline.never());
    }

    private static long balance(TestService service, Address owner) {
        return coins(service, owner).stream().mapToLong(References.Coin::balance).sum();
    }

    private static long count(TestService service, boolean funded) {
        return service.store.count(new UserFilter(Optional.of(Variant.ACTIVE), Optional.of(funded)));
    }
}
