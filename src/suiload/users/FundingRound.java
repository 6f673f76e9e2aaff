package suiload.users;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Effects;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.crypto.SecretKey;
import suiload.transactions.FailureText;
import suiload.transactions.Outcome;
import suiload.transactions.Transactions;

/** One request's funding: a thread per purse of the account, all drawing on one line of users. */
final class FundingRound {
    /** For deciding how many users a coin can serve; the transaction itself uses the real price. */
    static final long GAS_PRICE_ASSUMED = 1000;

    private final UserLine line;
    private final Transactions transactions;
    private final FundingPurpose purpose;
    private final RandomGenerator random;
    private final SecretKey payer;
    private final long mist;
    private final Optional<Bytes> request;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<FundingResult.Failure> failures = new ArrayList<>();
    private int funded;
    private final LongAdder gasMist = new LongAdder();
    private volatile Optional<String> givenUp = Optional.empty();

    FundingRound(UserLine line, Transactions transactions, FundingPurpose purpose, RandomGenerator random, Order order) {
        this.line = line;
        this.transactions = transactions;
        this.purpose = purpose;
        this.random = random;
        this.payer = order.payer();
        this.mist = order.mist();
        this.request = order.request();
    }

    /**
     * Who pays, and how much each user gets.
     *
     * @param request whose answer tells of it, with what its batches gave before a deadline ended an earlier try
     */
    record Order(SecretKey payer, long mist, Optional<Bytes> request) {}

    /** How many users a coin can serve in one transaction. */
    static int capacity(long balance, long mist) {
        int users = Funding.BATCH_USERS_MAX;
        while (users > 0 && FundingPurpose.budget(users, GAS_PRICE_ASSUMED) + users * mist > balance) users--;
        return users;
    }

    /**
     * Coins that one worker spends.
     *
     * @param coin that pays; the first transaction makes the absorbed ones part of it
     * @param balance on all of them
     */
    record Purse(Address coin, List<Address> absorbed, long balance) {}

    FundingResult run(List<Purse> purses) throws InterruptedException {
        Crew.run(purses.stream().<Runnable>map(purse -> () -> spend(purse)).toList());
        List<Address> unserved = line.rest();
        if (!unserved.isEmpty()) fail(unserved, givenUp.orElse("the funding account has no coin left that is large enough"));
        return new FundingResult(funded, mist * funded, List.copyOf(failures), gasMist.sum());
    }

    private void spend(Purse purse) {
        long balance = purse.balance();
        List<Address> absorbed = purse.absorbed();
        while (!Thread.currentThread().isInterrupted()) {
            int room = capacity(balance, mist);
            List<Address> users = room == 0 ? List.of() : line.next(room);
            if (users.isEmpty()) return;
            var id = new UUID(random.nextLong(), random.nextLong());
            var batch = new FundingPurpose.Batch(id, mist, purse.coin(), absorbed, users, request);
            Optional<Long> spent = send(batch);
            if (spent.isEmpty()) return;
            balance -= spent.get();
            absorbed = List.of();
        }
    }

    /** What the batch took from the coin; empty if it did not come through, after which the coin is left alone. */
    private Optional<Long> send(FundingPurpose.Batch batch) {
        List<Address> users = batch.users();
        try {
            return switch (transactions.send(purpose.intent(payer, batch))) {
                case Outcome.Succeeded succeeded -> Optional.of(succeed(batch, succeeded.executed().effects()));
                case Outcome.Failed failed -> {
                    gasMist.add(failed.executed().gasCost());
                    yield giveUp(users, "the transaction failed: " + FailureText.of(failed.failure()));
                }
                case Outcome.Refused refused -> giveUp(users, "the network refused the transaction: " + refused.text());
            };
        } catch (BatchConflict e) {
            return giveUp(users, e.getMessage());
        }
    }

    /** The coin is left alone from here on, and it may have been the last one. */
    private Optional<Long> giveUp(List<Address> users, String reason) {
        givenUp = Optional.of("the coin that would have paid was given up: " + reason);
        fail(users, reason);
        return Optional.empty();
    }

    private long succeed(FundingPurpose.Batch batch, Effects effects) {
        for (ChangedObject change : effects.changedObjects()) seed(batch, effects, change);
        long gas = effects.gasUsed().net();
        gasMist.add(gas);
        lock.lock();
        try {
            funded += batch.users().size();
        } finally {
            lock.unlock();
        }
        return batch.outflow() + gas;
    }

    /** A user's new coin is known from here: its first transaction asks no node. */
    private void seed(FundingPurpose.Batch batch, Effects effects, ChangedObject change) {
        boolean created = change.operation() == ChangedObject.IdOperation.CREATED;
        if (created && change.output() instanceof ChangedObject.Output.ObjectWrite(var digest, Owner.AddressOwner(Address user))) {
            transactions.references().learnCoin(user, new ObjectRef(change.id(), effects.lamportVersion(), digest), batch.mist());
        }
    }

    private void fail(List<Address> users, String reason) {
        lock.lock();
        try {
            failures.add(new FundingResult.Failure(users, reason));
        } finally {
            lock.unlock();
        }
    }
}
