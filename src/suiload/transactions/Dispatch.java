package suiload.transactions;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.ObjectRef;
import suiload.chain.SignedTransaction;
import suiload.metrics.Deadline;
import suiload.metrics.Log;
import suiload.store.DatabaseUnavailable;
import suiload.sui.Executed;
import suiload.sui.NodeException;

/**
 * A transaction's way: build, store, submit until there is a verdict, build anew if it was refused for something that passes, record.
 * Runs in the sender's turn, on a thread of the service's own. An interruption means that the service goes down: what is stored stays open.
 */
final class Dispatch {
    /** Rebuilds of one intent; the first one nearly always does. */
    static final int REBUILDS_MAX = 3;
    /** Submissions of unchanged bytes after a refusal that fresh reads do not explain: the node is behind itself. */
    static final int REPEATS_MAX = 8;
    private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(60);

    private final Tools tools;
    /** What this life works on, so that the sweeper leaves it alone. */
    private final Set<Digest> inHand = ConcurrentHashMap.newKeySet();
    /** Sends that have begun and not ended, by purpose: what is built and not stored yet stands nowhere else. */
    private final Map<String, Integer> begun = new ConcurrentHashMap<>();

    Dispatch(Tools tools) {
        this.tools = tools;
    }

    /** Takes a transaction into hand that an earlier life left open; false when it is in hand already, or of a purpose unknown to us. */
    boolean takeUp(StoredTransaction left) {
        if (tools.purposes().find(left.purpose()).isPresent()) return inHand.add(left.digest());
        Log.warn("journal.unknown_purpose", "digest", left.digest(), "purpose", left.purpose());
        return false;
    }

    /** Undoes {@link #takeUp}. */
    void letGo(StoredTransaction left) {
        inHand.remove(left.digest());
    }

    int inHand() {
        return inHand.size();
    }

    /** @throws SendException.DeadlineExpired when the deadline passes before anything is stored */
    Errand.Result send(Intent intent, Errand errand) throws InterruptedException {
        String purpose = intent.purpose().name();
        begun.merge(purpose, 1, Integer::sum);
        try {
            return begin(intent, errand);
        } finally {
            begun.computeIfPresent(purpose, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Whether a send of this purpose has begun and not ended. */
    boolean begun(String purpose) {
        return begun.containsKey(purpose);
    }

    private Errand.Result begin(Intent intent, Errand errand) throws InterruptedException {
        Deadline deadline = errand.deadline();
        Drafts.Built built = errand.timed(() -> tools.drafts().build(intent, deadline));
        if (deadline.expired()) throw new SendException.DeadlineExpired(null);
        return switch (built) {
            case Drafts.Built.TooPoor(String text) ->
                    unsent(intent, errand, new Outcome.Refused(NodeException.Kind.INSUFFICIENT_GAS, text));
            case Drafts.Built.Signed(SignedTransaction signed) -> {
                yield storeAndSettle(stored(signed, intent, errand.key()), intent, errand);
            }
        };
    }

    /** In hand from before it is stored, lest the sweeper took it for left over. */
    private Errand.Result storeAndSettle(StoredTransaction transaction, Intent intent, Errand errand) throws InterruptedException {
        inHand.add(transaction.digest());
        try {
            store(transaction, errand);
            return settle(transaction, Optional.of(intent), false, errand);
        } finally {
            inHand.remove(transaction.digest());
            errand.digest().ifPresent(inHand::remove);
        }
    }

    /** Settles what {@link #takeUp} took into hand. */
    Errand.Result resume(StoredTransaction left, Errand errand) throws InterruptedException {
        errand.storedAs(left.digest());
        try {
            Address sender = left.signed().data().sender();
            Purpose purpose = tools.purposes().named(left.purpose());
            Errand.Result result = settle(left, persist(() -> purpose.rebuild(sender, left.parameters())), true, errand);
            tools.counts().recovered().increment();
            return result;
        } finally {
            errand.digest().ifPresent(inHand::remove);
        }
    }

    private static StoredTransaction stored(SignedTransaction signed, Intent intent, Optional<Claim.Key> key) {
        return new StoredTransaction(signed, intent.turn(), intent.purpose().name(), intent.parameters(), key);
    }

    private Errand.Result unsent(Intent intent, Errand errand, Outcome outcome) {
        tools.counts().ended(intent.purpose().name(), outcome);
        Optional<Reply> reply = errand.wantsReply() ? Optional.of(intent.purpose().reply(intent.parameters(), outcome)) : Optional.empty();
        return new Errand.Result(outcome, reply);
    }

    /** Once this returns, the transaction goes on whatever becomes of who wanted it. */
    private void store(StoredTransaction transaction, Errand errand) throws InterruptedException {
        for (int number = 1;; number++) {
            try {
                Purpose purpose = tools.purposes().named(transaction.purpose());
                tools.journal().store(transaction, session -> purpose.stored(session, transaction.parameters()));
                if (errand.storedAs(transaction.digest())) return;
                // Who wanted it was told that nothing goes on.
                withdraw(transaction);
                throw new SendException.DeadlineExpired(null);
            } catch (DatabaseUnavailable away) {
                Duration wait = tools.backoff().wait(number);
                if (wait.compareTo(errand.deadline().remaining()) >= 0) {
                    errand.fail(away);
                    withdraw(transaction);
                    throw away;
                }
                Thread.sleep(wait);
            }
        }
    }

    /** The store failed, which leaves open whether it is there: what is not wanted any more must not be found by the next start. */
    private void withdraw(StoredTransaction transaction) throws InterruptedException {
        Purpose purpose = tools.purposes().named(transaction.purpose());
        var never = new Outcome.Refused(NodeException.Kind.INVALID, "withdrawn before it was submitted");
        persist(() -> tools.journal().withdraw(transaction, session -> purpose.settled(session, transaction.parameters(), never)));
    }

    private Errand.Result settle(StoredTransaction first, Optional<Intent> intent, boolean doubtful, Errand errand)
            throws InterruptedException {
        StoredTransaction current = first;
        boolean inDoubt = doubtful;
        for (int rebuilds = 0, repeats = 0;;) {
            var submission = new Submission(tools, current.signed(), inDoubt, errand.chainTime());
            switch (submission.verdict()) {
                case Submission.Verdict.Ran(Executed executed) -> {
                    return ran(current, executed, errand);
                }
                case Submission.Verdict.Refused(NodeException.Rejected rejection) -> {
                    switch (next(current, intent, rejection, errand)) {
                        case Next.None(Outcome.Refused why) -> {
                            return record(current, why, errand);
                        }
                        case Next.ItRan _ -> {
                            return ran(current, submission.found(), errand);
                        }
                        case Next.Again(StoredTransaction next, boolean noCoin) -> {
                            boolean same = next.digest().equals(current.digest());
                            boolean enough = same ? ++repeats > REPEATS_MAX : ++rebuilds > REBUILDS_MAX;
                            if (enough) return record(current, noCoin ? withoutCoin(current) : refused(rejection), errand);
                            if (same) Thread.sleep(tools.backoff().wait(repeats));
                            else replace(current, next, rejection, errand);
                            // What one of its submissions left open stays so for the same bytes sent again.
                            inDoubt = same && submission.inDoubt();
                            current = next;
                        }
                    }
                }
            }
        }
    }

    /** What comes after a refusal. */
    private sealed interface Next {
        /**
         * The same bytes when fresh reads changed nothing, else what is built of them.
         *
         * @param noCoin whether these reads show no coin to pay with, which a node that is behind does too
         */
        record Again(StoredTransaction transaction, boolean noCoin) implements Next {}

        /** What was read shows writes of the very transaction that was refused: an earlier submission of it got through. */
        record ItRan() implements Next {}

        record None(Outcome.Refused why) implements Next {}
    }

    private static Outcome.Refused refused(NodeException.Rejected rejection) {
        return new Outcome.Refused(rejection.kind(), rejection.getMessage());
    }

    /** The sender is asked for a coin anew next time. */
    private Outcome.Refused withoutCoin(StoredTransaction refused) {
        tools.references().forget(refused.signed().data().gas().payment().getFirst().id());
        return new Outcome.Refused(NodeException.Kind.INSUFFICIENT_GAS, "the sender's gas coin is no longer on chain, and it has no other");
    }

    private Next next(StoredTransaction refused, Optional<Intent> intent, NodeException.Rejected rejection, Errand errand)
            throws InterruptedException {
        boolean passes = rejection.kind() == NodeException.Kind.STALE || rejection.kind() == NodeException.Kind.INSUFFICIENT_GAS;
        if (!passes || intent.isEmpty()) return new Next.None(refused(rejection));
        Deadline patience = Deadline.after(REFRESH_PATIENCE);
        for (int number = 1;; number++) {
            try {
                return errand.timed(() -> rebuilt(refused, intent.get(), rejection, patience));
            } catch (SendException.NotOnChain gone) {
                return new Next.None(refused(rejection));
            } catch (NodeException failure) {
                Duration wait = tools.backoff().wait(number);
                if (wait.compareTo(patience.remaining()) >= 0) return new Next.None(refused(rejection));
                Thread.sleep(wait);
            }
        }
    }

    private Next rebuilt(StoredTransaction refused, Intent intent, NodeException.Rejected rejection, Deadline deadline) {
        Drafts.Fresh fresh = tools.drafts().refresh(intent, refused.signed(), rejection, deadline);
        if (fresh == Drafts.Fresh.ITS_WORK) return new Next.ItRan();
        return switch (tools.drafts().build(intent, deadline)) {
            case Drafts.Built.TooPoor(String text) -> new Next.None(new Outcome.Refused(NodeException.Kind.INSUFFICIENT_GAS, text));
            case Drafts.Built.Signed(SignedTransaction signed) ->
                    new Next.Again(stored(signed, intent, refused.key()), fresh == Drafts.Fresh.NO_COIN);
        };
    }

    private void replace(StoredTransaction refused, StoredTransaction next, NodeException.Rejected rejection, Errand errand)
            throws InterruptedException {
        inHand.add(next.digest());
        persist(() -> tools.journal().replace(refused.digest(), rejection.getMessage(), next));
        inHand.remove(refused.digest());
        errand.storedAs(next.digest());
        tools.counts().rebuilt().increment();
        Log.info("transaction.rebuilt", "digest", refused.digest(), "next", next.digest(), "why", rejection.getMessage());
    }

    private Errand.Result ran(StoredTransaction transaction, Executed executed, Errand errand) throws InterruptedException {
        List<Address> payment = transaction.signed().data().gas().payment().stream().map(ObjectRef::id).toList();
        tools.drafts().executedIn(executed.effects().epoch());
        long spent = executed.gasCost() + (executed.success() ? errand.outflow() : 0);
        tools.references().spend(payment, spent, executed.effects().lamportVersion());
        tools.references().learn(executed);
        return record(transaction, Outcome.of(executed), errand);
    }

    private Errand.Result record(StoredTransaction transaction, Outcome outcome, Errand errand) throws InterruptedException {
        Purpose purpose = tools.purposes().named(transaction.purpose());
        Optional<Reply> reply = errand.wantsReply() ? Optional.of(purpose.reply(transaction.parameters(), outcome)) : Optional.empty();
        Journal.Ending ending = ending(transaction, outcome, reply);
        persist(() -> tools.journal().settle(ending, session -> purpose.settled(session, transaction.parameters(), outcome)));
        tools.counts().ended(purpose.name(), outcome);
        purpose.recorded(transaction.parameters(), outcome, errand.leftOver());
        return new Errand.Result(outcome, reply);
    }

    private static Journal.Ending ending(StoredTransaction transaction, Outcome outcome, Optional<Reply> reply) {
        Optional<Reply> kept = transaction.key().isPresent() ? reply : Optional.empty();
        return switch (outcome) {
            case Outcome.Succeeded(Executed executed) -> new Journal.Ending(transaction.digest(), "executed",
                    OptionalLong.of(executed.gasCost()), Optional.empty(), kept);
            case Outcome.Failed(Executed executed, var failure) -> new Journal.Ending(transaction.digest(), "failed",
                    OptionalLong.of(executed.gasCost()), Optional.of(FailureText.of(failure)), kept);
            case Outcome.Refused(var kind, String text) -> new Journal.Ending(transaction.digest(), "refused",
                    OptionalLong.empty(), Optional.of(kind + ": " + text), kept);
        };
    }

    private void persist(Runnable write) throws InterruptedException {
        persist(() -> {
            write.run();
            return null;
        });
    }

    /** Works with the database until that is done: it comes back or the service goes down. */
    private <T> T persist(Supplier<T> work) throws InterruptedException {
        for (int number = 1;; number++) {
            try {
                return work.get();
            } catch (DatabaseUnavailable away) {
                if (Thread.interrupted()) throw new InterruptedException();
                Thread.sleep(tools.backoff().wait(number));
            }
        }
    }
}
