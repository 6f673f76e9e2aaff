package suiload.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.store.TestDatabase;
import suiload.sui.FaultyNode.Fault;
import suiload.sui.TestChain;
import suiload.transactions.Life;
import suiload.transactions.Outcome;

/** R3: sends through a node that loses, resets and lags, on the embedded network's real transactions. */
final class ChainSendsAreSafe implements Promise {
    private static final int SENDS = 10_000;
    private static final int SENDERS = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public String id() {
        return "R3";
    }

    @Override
    public String promised() {
        return "10,000 sends, 20 % lost replies, 5 % resets before and after, 5 % stale reads: 0 doubled, 0 lost, 0 unknown";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var random = new Random(seed);
        Address to = Address.ofShort(424_242);
        try (var chain = new TestChain(); var life = new Life(TestDatabase.config(), chain.faulty.address())) {
            List<SecretKey> senders = fund(chain);
            chain.faulty.trouble = (method, number) -> fault(method, random.nextInt(100));
            int succeeded = send(life, senders, to);
            chain.faulty.trouble = (method, number) -> Fault.NONE;
            int arrived = chain.coins(to).size();
            long open = life.database.query("SELECT digest FROM transactions WHERE state = 'open'", row -> row.bytes("digest")).size();
            return new Measured.Findings()
                    .add(succeeded == SENDS, "%d of %d sends acknowledged", succeeded, SENDS)
                    .add(arrived == SENDS, "%d effects on chain", arrived)
                    .add(open == 0, "%d outcomes unknown", open)
                    .add(chain.faulty.faults() > SENDS / 5, "%d faults, %d resubmissions, %d look-ups", chain.faulty.faults(),
                            life.count("suiload_transactions_resubmitted_total"), life.count("suiload_transactions_looked_up_total"))
                    .measured();
        }
    }

    private static Fault fault(String method, int dice) {
        if (!method.equals("ExecuteTransaction")) return dice < 5 ? Fault.STALE : Fault.NONE;
        if (dice < 20) return Fault.CUT;
        return dice < 25 ? Fault.RESET_BEFORE : dice < 30 ? Fault.RESET_AFTER : Fault.NONE;
    }

    private static List<SecretKey> fund(TestChain chain) {
        List<SecretKey> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) senders.add(TestChain.key(i));
        for (int from = 0; from < SENDERS; from += 100) {
            chain.fund(1_000_000_000, senders.subList(from, from + 100).stream().map(TestChain::address).toList());
        }
        return senders;
    }

    private static int send(Life life, List<SecretKey> senders, Address to) throws Exception {
        // As many at once as there are senders, twice: some wait for their turn.
        var width = new Semaphore(2 * SENDERS);
        List<Callable<Outcome>> sends = new ArrayList<>();
        for (int i = 0; i < SENDS; i++) {
            SecretKey from = senders.get(i % SENDERS);
            sends.add(() -> {
                width.acquire();
                try {
                    return life.send(life.transfers.intent(from, to, 1000), PATIENCE);
                } finally {
                    width.release();
                }
            });
        }
        int succeeded = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> outcome : executor.invokeAll(sends)) if (outcome.get() instanceof Outcome.Succeeded) succeeded++;
        }
        return succeeded;
    }
}
