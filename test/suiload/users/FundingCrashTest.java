package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.http.HttpError;
import suiload.metrics.Deadline;
import suiload.metrics.RequestContext;
import suiload.store.DatabaseUnavailable;
import suiload.sui.NodeException;
import suiload.transactions.SendException;

/** Whoever gives up, whatever dies: a user gets one coin, and is marked if and only if it has it. */
class FundingCrashTest {
    @Test
    void aRequestThatGaveUpIsNotRepeatedByTheNext() throws Exception {
        var gate = new CountDownLatch(1);
        try (var service = new TestService(node -> new GatedNode(node, gate, false))) {
            List<Address> users = generate(service, 60);
            giveUp(service);
            assertTrue(service.store.batchOpen(), "the transactions go on");
            // What ends the wait is the request's deadline, wherever it happens to be noticed.
            assertThrows(RuntimeException.class, () -> fund(service, Duration.ofMillis(500)));
            gate.countDown();
            FundingResult all = fund(service, Duration.ofSeconds(60));
            assertEquals(List.of(), all.failures());
            assertEquals(60, all.funded(), "the same request tells of what it had begun before its deadline");
            assertEquals(60_000_000, all.mist());
            assertTrue(all.gasMist() > 0);
            check(service, users);
            assertEquals(0, fund(service, Optional.of(Bytes.of(new byte[] {2})), Duration.ofSeconds(60)).funded(), "another request's");
        }
    }

    @Test
    void aBatchThatWasUnderWayIsSettledByTheNextLife() throws Exception {
        var never = new CountDownLatch(1);
        try (var service = new TestService(node -> new GatedNode(node, never, true))) {
            List<Address> users = generate(service, 3);
            giveUp(service);
            Deadline patience = Deadline.after(Duration.ofSeconds(60));
            while (service.coins(users.getFirst()) == 0 && !patience.expired()) Thread.sleep(20);
            assertEquals(1, service.coins(users.getFirst()), "it was executed");
            assertEquals(3, service.store.count(new UserFilter(Optional.empty(), Optional.of(false))), "and nobody knows yet");
            service.transactions.close();
            service.startTransactions(service.chain);
            assertEquals(3, fund(service, Duration.ofSeconds(60)).funded());
            check(service, users);
        }
    }

    /** Else the request's answer would be that of an account that was empty all along, and be kept. */
    @Test
    void anAccountThatRanOutIsAFailureOfTheRestOnly() throws Exception {
        try (var service = new TestService(node -> node)) {
            generate(service, 3);
            assertEquals(3, fund(service, Duration.ofSeconds(60)).funded());
            List<Address> more = generate(service, 1);
            Optional<Bytes> request = Optional.of(Bytes.of(new byte[] {1}));
            SecretKey poor = SecretKey.generate(service.random);
            FundingResult both = fund(service, request, Duration.ofSeconds(60), poor);
            assertEquals(3, both.funded());
            assertEquals(List.of(new FundingResult.Failure(more, "the funding account has no coin left that is large enough")),
                    both.failures());
            service.database.update("UPDATE funded_requests SET created_at = created_at - interval '25 hours'");
            var empty = assertThrows(HttpError.class, () -> fund(service, request, Duration.ofSeconds(60), poor));
            assertEquals("funding_account_empty", empty.code(), "the key has expired by now");
        }
    }

    private static List<Address> generate(TestService service, int count) throws Exception {
        return service.generate("active", count).list("users").stream().map(user -> Address.parse(user.string("sui_address"))).toList();
    }

    /** A request whose deadline comes while its batch is under way; it comes again with more time while none is stored by then. */
    private static void giveUp(TestService service) throws Exception {
        for (Duration patience = Duration.ofSeconds(1); patience.toSeconds() < 60; patience = patience.multipliedBy(2)) {
            try {
                fail("answered: " + fund(service, patience));
            } catch (SendException.DeadlineExpired expired) {
                if (expired.digest().isPresent()) return;
            } catch (HttpError | NodeException | DatabaseUnavailable slow) {
                // Its deadline passed before.
            }
        }
        fail("no batch is stored");
    }

    private static FundingResult fund(TestService service, Duration patience) throws Exception {
        return fund(service, Optional.of(Bytes.of(new byte[] {1})), patience);
    }

    private static FundingResult fund(TestService service, Optional<Bytes> request, Duration patience) throws Exception {
        return fund(service, request, patience, service.funding);
    }

    private static FundingResult fund(TestService service, Optional<Bytes> request, Duration patience, SecretKey payer) throws Exception {
        Deadline deadline = Deadline.after(patience);
        return ScopedValue.where(RequestContext.CURRENT, new RequestContext("test", deadline))
                .call(() -> service.fundingDesk.fund(new FundingRound.Order(payer, 1_000_000, request), deadline));
    }

    private static void check(TestService service, List<Address> users) {
        assertFalse(service.store.batchOpen());
        assertEquals(users.size(), service.store.count(new UserFilter(Optional.empty(), Optional.of(true))));
        for (Address user : users) assertEquals(1, service.coins(user), user.toString());
    }
}
