package suiload.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.metrics.Deadline;
import suiload.metrics.RequestContext;
import suiload.transactions.SendException;

/** Whoever gives up, whatever dies: a user gets one coin, and is marked if and only if it has it. */
class FundingCrashTest {
    @Test
    void aRequestThatGaveUpIsNotRepeatedByTheNext() throws Exception {
        var gate = new CountDownLatch(1);
        try (var service = new TestService(node -> new GatedNode(node, gate, false))) {
            List<Address> users = generate(service, 60);
            assertThrows(SendException.DeadlineExpired.class, () -> fund(service, Duration.ofSeconds(3)));
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
            assertThrows(SendException.DeadlineExpired.class, () -> fund(service, Duration.ofSeconds(3)));
            assertEquals(1, service.coins(users.getFirst()), "it was executed");
            assertEquals(3, service.store.count(new UserFilter(Optional.empty(), Optional.of(false))), "and nobody knows yet");
            service.transactions.close();
            service.startTransactions(service.chain);
            assertEquals(3, fund(service, Duration.ofSeconds(60)).funded());
            check(service, users);
        }
    }

    private static List<Address> generate(TestService service, int count) throws Exception {
        return service.generate("active", count).list("users").stream().map(user -> Address.parse(user.string("sui_address"))).toList();
    }

    private static FundingResult fund(TestService service, Duration patience) throws Exception {
        return fund(service, Optional.of(Bytes.of(new byte[] {1})), patience);
    }

    private static FundingResult fund(TestService service, Optional<Bytes> request, Duration patience) throws Exception {
        Deadline deadline = Deadline.after(patience);
        return ScopedValue.where(RequestContext.CURRENT, new RequestContext("test", deadline))
                .call(() -> service.fundingDesk.fund(new FundingRound.Order(service.funding, 1_000_000, request), deadline));
    }

    private static void check(TestService service, List<Address> users) {
        assertFalse(service.store.batchOpen());
        assertEquals(users.size(), service.store.count(new UserFilter(Optional.empty(), Optional.of(true))));
        for (Address user : users) assertEquals(1, service.coins(user), user.toString());
    }
}
