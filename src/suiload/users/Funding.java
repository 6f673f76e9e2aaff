package suiload.users;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import suiload.chain.Address;
import suiload.http.HttpError;
import suiload.metrics.Deadline;
import suiload.transactions.References;
import suiload.transactions.Transactions;

/**
 * Gives every unfunded active user a coin. Users go into batches, each a stored transaction; where the funding account has several
 * coins, batches run in parallel, one at a time per coin. One funding runs at a time: the next one sees what it left.
 */
public final class Funding {
    /** As many as one transaction funds. */
    static final int BATCH_USERS_MAX = 50;
    private static final int COINS_MAX = 8;
    private static final Duration POLL = Duration.ofMillis(100);

    private final UserStore store;
    private final Transactions transactions;
    private final FundingPurpose purpose;
    private final RandomGenerator random;
    private final ReentrantLock turn = new ReentrantLock();

    public Funding(UserStore store, Transactions transactions, FundingPurpose purpose, RandomGenerator random) {
        this.store = store;
        this.transactions = transactions;
        this.purpose = purpose;
        this.random = random;
    }

    /**
     * Funds whoever needs it.
     *
     * @throws suiload.transactions.SendException.DeadlineExpired when the deadline came first: what was stored goes on, call again for the rest
     * @throws HttpError 408 likewise, 422 when the account has no coin that pays for even one user
     */
    FundingResult fund(FundingRound.Order order, Deadline deadline) throws InterruptedException {
        if (!turn.tryLock(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) throw HttpError.timeout();
        try {
            awaitEarlierBatches(deadline);
            if (store.unfunded(0, 1).isEmpty()) return FundingResult.NONE;
            return new FundingRound(new FundingLine(store), transactions, purpose, random, order).run(coins(order, deadline));
        } finally {
            turn.unlock();
        }
    }

    /** Batches of a request that gave up, or of an earlier life, are being settled: until then nobody knows who still needs funds. */
    private void awaitEarlierBatches(Deadline deadline) throws InterruptedException {
        while (store.batchOpen()) {
            if (deadline.expired()) throw HttpError.timeout();
            Thread.sleep(POLL);
        }
    }

    private List<References.Coin> coins(FundingRound.Order order, Deadline deadline) {
        Address account = Address.ofPublicKey(order.payer().publicKey());
        List<References.Coin> coins = transactions.references().coins(account, COINS_MAX, deadline).stream()
                .filter(coin -> FundingRound.capacity(coin.balance(), order.mist()) > 0).toList();
        if (!coins.isEmpty()) return coins;
        throw HttpError.unprocessable("funding_account_empty", "The funding account lacks SUI",
                account + " has no coin of " + (order.mist() + FundingPurpose.budget(1, FundingRound.GAS_PRICE_ASSUMED))
                        + " MIST or more, which one user takes");
    }
}
