package suiload.users;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import suiload.chain.Address;
import suiload.http.HttpError;
import suiload.metrics.Deadline;
import suiload.transactions.Plan;
import suiload.transactions.References;
import suiload.transactions.Transactions;

/**
 * Gives every unfunded active user a coin. Users go into batches, each a stored transaction; where the funding account has several
 * coins, batches run in parallel, one at a time per coin. Where it has many, as after users' coins came back, the smaller ones
 * become part of the larger. One funding runs at a time: the next one sees what it left.
 */
public final class Funding {
    /** As many as one transaction funds. */
    static final int BATCH_USERS_MAX = 50;
    private static final int PURSES_MAX = 8;
    private static final int COINS_MAX = 1000;
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
     * @throws suiload.transactions.SendException.DeadlineExpired when the deadline came first: what was stored goes on; the same
     *     request again sees to the rest, and its answer tells of both
     * @throws HttpError 408 likewise, 422 when the account has no coin that pays for even one user
     */
    FundingResult fund(FundingRound.Order order, Deadline deadline) throws InterruptedException {
        if (!turn.tryLock(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) throw HttpError.timeout();
        try {
            awaitEarlierBatches(deadline);
            FundingResult before = order.request().map(store::fundedFor).orElse(FundingResult.NONE);
            if (store.unfunded(0, 1).isEmpty()) return before;
            List<FundingRound.Purse> purses = purses(order, deadline);
            // What an earlier try of the request gave must be told: then an empty account is a failure of the rest only.
            if (purses.isEmpty() && before.funded() == 0) throw accountEmpty(order);
            var round = new FundingRound(new UserLine(store::unfunded, 0), transactions, purpose, random, order);
            return before.plus(round.run(purses));
        } finally {
            turn.unlock();
        }
    }

    /**
     * Batches of a request that gave up, or of an earlier life, are being settled: until then nobody knows who still needs funds, and which
     * coins they take up.
     */
    private void awaitEarlierBatches(Deadline deadline) throws InterruptedException {
        while (store.batchOpen() || transactions.underWay(purpose)) {
            if (deadline.expired()) throw HttpError.timeout();
            Thread.sleep(POLL);
        }
    }

    private List<FundingRound.Purse> purses(FundingRound.Order order, Deadline deadline) {
        Address account = Address.ofPublicKey(order.payer().publicKey());
        return purses(transactions.references().coins(account, COINS_MAX, deadline), order.mist());
    }

    private static HttpError accountEmpty(FundingRound.Order order) {
        long needed = order.mist() + FundingPurpose.budget(1, FundingRound.GAS_PRICE_ASSUMED);
        return HttpError.unprocessable("funding_account_empty", "The funding account lacks SUI",
                Address.ofPublicKey(order.payer().publicKey()) + " has not the " + needed + " MIST that one user takes");
    }

    /**
     * The richest coins each take up their share of the others: as many purses as possible of which each pays for a user, so that what
     * is spread over many coins serves somebody in the end. None when all coins together do not pay for one.
     */
    static List<FundingRound.Purse> purses(List<References.Coin> coins, long mist) {
        List<References.Coin> richestFirst = coins.stream()
                .sorted(Comparator.comparingLong(References.Coin::balance).reversed()).toList();
        for (int count = Math.min(PURSES_MAX, coins.size()); count > 0; count--) {
            List<FundingRound.Purse> purses = shared(richestFirst, count);
            if (purses.stream().allMatch(purse -> FundingRound.capacity(purse.balance(), mist) > 0)) return purses;
        }
        return List.of();
    }

    private static List<FundingRound.Purse> shared(List<References.Coin> richestFirst, int count) {
        int coins = Math.min(richestFirst.size(), count * (1 + Plan.ABSORBED_MAX));
        return IntStream.range(0, count).mapToObj(i -> purse(IntStream.iterate(i, n -> n < coins, n -> n + count)
                .mapToObj(richestFirst::get).toList())).toList();
    }

    private static FundingRound.Purse purse(List<References.Coin> coins) {
        return new FundingRound.Purse(coins.getFirst().ref().id(), coins.stream().skip(1).map(coin -> coin.ref().id()).toList(),
                coins.stream().mapToLong(References.Coin::balance).sum());
    }
}
