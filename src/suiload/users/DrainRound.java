package suiload.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import suiload.chain.Address;
import suiload.metrics.Deadline;
import suiload.sui.Executed;
import suiload.sui.NodeException;
import suiload.transactions.FailureText;
import suiload.transactions.Outcome;
import suiload.transactions.Plan;
import suiload.transactions.References;
import suiload.transactions.SendException;
import suiload.transactions.Transactions;

/** One request's drain: some workers, all drawing on one line of users. */
final class DrainRound {
    private static final int AT_ONCE = 16;
    /** Nobody new is begun when less than this is left: a slow network executes within it. */
    private static final Duration LAST_CALL = Duration.ofSeconds(8);

    private final UserLine line;
    private final UserVault vault;
    private final Transactions transactions;
    private final DrainPurpose purpose;
    private final Address to;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Address>> failures = new TreeMap<>();
    private int drained;
    private long mist;
    private final LongAdder gasMist = new LongAdder();
    private NodeException outage;

    DrainRound(UserLine line, UserVault vault, Transactions transactions, DrainPurpose purpose, Address to) {
        this.line = line;
        this.vault = vault;
        this.transactions = transactions;
        this.purpose = purpose;
        this.to = to;
    }

    /** At most half of a request that has only so little: else a short {@code REQUEST_DEADLINE} would let nobody be begun. */
    static Duration lastCall(Deadline whole) {
        Duration half = whole.remaining().dividedBy(2);
        return half.compareTo(LAST_CALL) < 0 ? half : LAST_CALL;
    }

    /** @throws NodeException when nobody could be drained for want of a node: an answer of 200 would be kept for its idempotency key */
    DrainResult run(Deadline deadline, Duration lastCall) throws InterruptedException {
        Crew.run(Collections.nCopies(AT_ONCE, () -> work(deadline, lastCall)));
        if (drained == 0 && outage != null) throw outage;
        return new DrainResult(drained, mist, failures, gasMist.sum(), 0);
    }

    private void work(Deadline deadline, Duration lastCall) {
        while (!Thread.currentThread().isInterrupted() && deadline.remaining().compareTo(lastCall) > 0) {
            List<Address> next = line.next(1);
            if (next.isEmpty()) return;
            drain(next.getFirst(), deadline);
        }
    }

    private void drain(Address user, Deadline deadline) {
        try {
            List<Address> coins = transactions.references().coins(user, Plan.ABSORBED_MAX, deadline).stream()
                    .map(References.Coin::ref).map(ref -> ref.id()).toList();
            var order = new DrainPurpose.Order(user, to, coins);
            switch (transactions.send(purpose.intent(vault.secret(user).orElseThrow(), order))) {
                case Outcome.Succeeded(Executed executed) -> succeed(executed);
                case Outcome.Failed failed -> {
                    gasMist.add(failed.executed().gasCost());
                    fail(user, "the transaction failed: " + FailureText.of(failed.failure()));
                }
                case Outcome.Refused refused -> fail(user, refused.text());
            }
        } catch (SendException.DeadlineExpired goesOn) {
            return;
        } catch (NodeException failure) {
            if (!(failure instanceof NodeException.Rejected)) remember(failure);
            fail(user, failure.getMessage());
        } catch (SendException failure) {
            fail(user, failure.getMessage());
        }
    }

    private void remember(NodeException failure) {
        lock.lock();
        try {
            outage = failure;
        } finally {
            lock.unlock();
        }
    }

    private void succeed(Executed executed) {
        gasMist.add(executed.gasCost());
        long arrived = transactions.references().balance(executed.effects().gasCoin().orElseThrow().id()).orElse(0);
        lock.lock();
        try {
            drained++;
            mist += arrived;
        } finally {
            lock.unlock();
        }
    }

    private void fail(Address user, String reason) {
        lock.lock();
        try {
            failures.computeIfAbsent(reason, why -> new ArrayList<>()).add(user);
        } finally {
            lock.unlock();
        }
    }
}
