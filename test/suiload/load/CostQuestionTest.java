package suiload.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import suiload.report.Verdict;

/** Goal: nothing is spent on a real network that nobody agreed to. */
class CostQuestionTest {
    private static final ActiveUsers NOBODY = new ActiveUsers(0, 0);

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(shown, true), false, false);
    private final AtomicInteger asked = new AtomicInteger();

    private void ask(String network, String answer, String... consent) {
        Map<String, String> environment = new java.util.HashMap<>();
        for (String name : consent) environment.put(name, "1");
        LoadSettings settings = LoadSettings.read(environment);
        CostQuestion.ask(settings.output(), network, () -> CostQuestion.Estimate.of(settings, NOBODY).text(), progress, question -> {
            asked.incrementAndGet();
            return Optional.ofNullable(answer);
        });
    }

    private void refused(String network, String answer, String... consent) {
        CannotRun refusal = assertThrows(CannotRun.class, () -> ask(network, answer, consent));
        assertEquals(Verdict.Kind.BAD_SETTINGS, refusal.kind());
    }

    @Test
    void theEmbeddedNetworkCostsNothing() {
        ask("embedded", null);
        assertEquals(0, asked.get());
        assertEquals("", shown.toString());
    }

    @Test
    void aRealOneIsAskedForAndOnlyYesIsYes() {
        for (String no : new String[] {"", "n", "never", "null", null}) refused("testnet", no);
        assertEquals(5, asked.get());
        for (String yes : new String[] {"y", " Yes "}) assertDoesNotThrow(() -> ask("testnet", yes));
        assertTrue(shown.toString().contains("network testnet is not embedded. This may take up to "), shown.toString());
        int before = asked.get();
        ask("devnet", null, "YES");
        assertEquals(before, asked.get(), "scripts say so beforehand");
    }

    @Test
    void aRunThatIsToldToEndDoesNotWaitForAnAnswer() {
        assertEquals("y", CostQuestion.typed(() -> "y"));
        Thread.currentThread().interrupt();
        assertThrows(RunStopped.class, () -> CostQuestion.typed(() -> {
            LockSupport.park();
            return "y";
        }));
        assertTrue(Thread.interrupted(), "whoever waits next is told too");
    }

    @Test
    void mainnetNeedsTwoWords() {
        refused("mainnet", "y");
        refused("mainnet", "y", "YES");
        ask("mainnet", null, "YES", "ALLOW_MAINNET");
        refused("mainnet", "n", "ALLOW_MAINNET");
    }

    @Test
    void theEstimateIsThatOfTheStandardRun() {
        CostQuestion.Estimate estimate = CostQuestion.Estimate.of(LoadSettings.read(Map.of()), NOBODY);
        assertEquals(Math.round(250 / 8.5 * 80), estimate.messages(), "250 users, a message every 7 s and the 1.5 s it takes, for 80 s");
        assertEquals(estimate.messages() * 3_881_008L + 125 * 52_431_480L, estimate.gasMist());
        assertEquals(500_000_000_000L, estimate.fundingMist());
        assertTrue(estimate.nodeCalls() > estimate.messages() && estimate.nodeCalls() < 2 * estimate.messages(), estimate.toString());
    }

    /** The service funds all that have nothing, whichever run left them. */
    @Test
    void usersOfEarlierRunsAreFundedTooOrNobodyIs() {
        LoadSettings settings = LoadSettings.read(Map.of("ACTIVE", "20", "PASSIVE", "80", "ADMIN_AMOUNT_PER_USER", "10"));
        assertEquals(250 * 10, CostQuestion.Estimate.of(settings, new ActiveUsers(250, 0)).fundingMist());
        assertEquals((20 - 5) * 10, CostQuestion.Estimate.of(settings, new ActiveUsers(8, 5)).fundingMist(), "some are yet to be made");
        assertEquals(0, CostQuestion.Estimate.of(settings, new ActiveUsers(250, 20)).fundingMist(), "enough have coins");
    }
}
