package suiload.users;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import suiload.chain.Address;
import suiload.http.HttpError;
import suiload.metrics.Deadline;
import suiload.transactions.Transactions;

/**
 * Sends what funded users have left to one account, a stored transaction each, some users at once. One drain runs at a time: the next
 * one sees what it left.
 */
public final class Draining {
    private static final Duration POLL = Duration.ofMillis(100);

    private final UserStore store;
    private final UserVault vault;
    private final Transactions transactions;
    private final DrainPurpose purpose;
    private final ReentrantLock turn = new ReentrantLock();
    /** Under {@link #turn}. A call goes on after the users that the last one tried: those with too little left would else starve the rest. */
    private long triedUpTo;

    public Draining(UserStore store, UserVault vault, Transactions transactions, DrainPurpose purpose) {
        this.store = store;
        this.vault = vault;
        this.transactions = transactions;
        this.purpose = purpose;
    }

    /**
     * Drains as many users as the deadline leaves time for; the result says how many are left for another call.
     *
     * @throws HttpError 408 when an earlier drain takes all of the time
     */
    DrainResult drain(Address to, Deadline deadline) throws InterruptedException {
        Duration lastCall = DrainRound.lastCall(deadline);
        if (!turn.tryLock(deadline.remainingMillis(), TimeUnit.MILLISECONDS)) throw HttpError.timeout();
        try {
            awaitEarlierOnes(deadline);
            // Counted beforehand: when the round ends with the deadline there is no time left to ask the database.
            long funded = store.fundedCount();
            var line = new UserLine(store::funded, triedUpTo);
            DrainResult result = new DrainRound(line, vault, transactions, purpose, to).run(deadline, lastCall);
            triedUpTo = line.place();
            return result.withFunded(funded - result.drained());
        } finally {
            turn.unlock();
        }
    }

    /** What a request that gave up, or an earlier life, left is being settled: until then nobody knows who still has something. */
    private void awaitEarlierOnes(Deadline deadline) throws InterruptedException {
        while (transactions.underWay(purpose)) {
            if (deadline.expired()) throw HttpError.timeout();
            Thread.sleep(POLL);
        }
    }
}
