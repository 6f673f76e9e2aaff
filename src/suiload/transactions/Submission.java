package suiload.transactions;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import suiload.chain.Address;
import suiload.chain.SignedTransaction;
import suiload.metrics.Deadline;
import suiload.metrics.Log;
import suiload.sui.Backoff;
import suiload.sui.Cause;
import suiload.sui.Executed;
import suiload.sui.Node;
import suiload.sui.NodeException;
import suiload.sui.ObjectView;

/**
 * Brings signed bytes to a verdict: submits them, and after a lost answer looks the digest up and submits the same bytes again, with
 * waits that double up to 5 s, for as long as it takes. Submitting the same bytes twice cannot execute them twice.
 */
final class Submission {
    static final Duration WAIT_FIRST = Duration.ofMillis(200);
    static final Duration WAIT_MAX = Duration.ofSeconds(5);
    /** Half of a request's deadline: after an answer that never comes there is time for another. Who asks again too early loses nothing. */
    private static final Duration EXECUTE_PATIENCE = Duration.ofSeconds(12);
    private static final Duration READ_PATIENCE = Duration.ofSeconds(10);
    /** So often a digest must be unknown to the node before a refusal is believed while an earlier submission is in doubt. */
    private static final int LOOKS = 4;

    /** A definite answer. */
    sealed interface Verdict {
        record Ran(Executed executed) implements Verdict {}

        record Refused(NodeException.Rejected rejection) implements Verdict {}
    }

    private final Node submitting;
    private final Node settling;
    private final Backoff backoff;
    private final Counts counts;
    private final SignedTransaction signed;
    private final ChainTime chainTime;
    private boolean inDoubt;

    /** @param inDoubt whether these bytes may have been submitted before */
    Submission(Tools tools, SignedTransaction signed, boolean inDoubt, ChainTime chainTime) {
        submitting = tools.node().because(Cause.SEND);
        settling = tools.node().because(Cause.SETTLE);
        backoff = tools.backoff();
        counts = tools.counts();
        this.signed = signed;
        this.inDoubt = inDoubt;
        this.chainTime = chainTime;
    }

    /** Whether these bytes may have been executed by a submission whose answer was not conclusive. */
    boolean inDoubt() {
        return inDoubt;
    }

    /** @throws InterruptedException when the service goes down: the next start takes it up again */
    Verdict verdict() throws InterruptedException {
        for (int number = 1;; number++) {
            if (inDoubt) {
                Optional<Executed> found = look();
                if (found.isPresent()) return new Verdict.Ran(found.get());
            }
            Optional<Verdict> verdict = submit(number);
            if (verdict.isPresent()) return verdict.get();
            Thread.sleep(backoff.wait(number));
        }
    }

    /** Looks until the node shows these bytes' execution, which is known to have happened. */
    Executed found() throws InterruptedException {
        for (int number = 1;; number++) {
            Optional<Executed> found = look();
            if (found.isPresent()) return found.get();
            Thread.sleep(backoff.wait(number));
        }
    }

    /** Empty when the answer decides nothing. */
    private Optional<Verdict> submit(int number) throws InterruptedException {
        if (number > 1) counts.resubmitted().increment();
        Node node = number > 1 || inDoubt ? settling : submitting;
        try {
            return Optional.of(new Verdict.Ran(timed(() -> node.execute(signed, Deadline.after(EXECUTE_PATIENCE)))));
        } catch (NodeException.Rejected rejection) {
            return judge(rejection);
        } catch (NodeException.OutcomeUnknown unknown) {
            inDoubt = true;
            undecided(unknown);
        } catch (NodeException failure) {
            undecided(failure);
        }
        return Optional.empty();
    }

    private Optional<Verdict> judge(NodeException.Rejected rejection) throws InterruptedException {
        if (rejection.kind() == NodeException.Kind.CONFLICT) {
            // Another transaction holds one of our objects: when it is through, ours runs or is stale.
            inDoubt = true;
            undecided(rejection);
            return Optional.empty();
        }
        if (inDoubt) {
            // It may be our own earlier submission that used the references up.
            Optional<Executed> found = lookHard();
            if (found.isPresent()) return Optional.of(new Verdict.Ran(found.get()));
        }
        return Optional.of(new Verdict.Refused(rejection));
    }

    private void undecided(NodeException failure) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        Log.info("transaction.undecided", "digest", signed.digest(), "why", failure.getMessage());
    }

    /** One look; a node that fails to answer is asked again later, after the bytes were submitted again. */
    private Optional<Executed> look() throws InterruptedException {
        counts.lookedUp().increment();
        try {
            return timed(() -> settling.transaction(signed.digest(), Deadline.after(READ_PATIENCE)));
        } catch (NodeException failure) {
            undecided(failure);
            return Optional.empty();
        }
    }

    /**
     * Looks until the node has said often enough that it does not know the digest. Nodes lag: so its word is doubted as long as it
     * shows our gas coin as written by this very transaction.
     */
    private Optional<Executed> lookHard() throws InterruptedException {
        int unknown = 0;
        for (int number = 1; unknown < LOOKS || ourCoinSaysItRan(); number++) {
            Thread.sleep(backoff.wait(number));
            counts.lookedUp().increment();
            try {
                Optional<Executed> found = timed(() -> settling.transaction(signed.digest(), Deadline.after(READ_PATIENCE)));
                if (found.isPresent()) return found;
                unknown++;
            } catch (NodeException failure) {
                undecided(failure);
            }
        }
        return Optional.empty();
    }

    private boolean ourCoinSaysItRan() throws InterruptedException {
        Address coin = signed.data().gas().payment().getFirst().id();
        try {
            ObjectView view = timed(() -> settling.objects(List.of(coin), Deadline.after(READ_PATIENCE))).get(coin);
            return view != null && view.lastWriter().equals(Optional.of(signed.digest()));
        } catch (NodeException failure) {
            undecided(failure);
            return true;
        }
    }

    private <T> T timed(Supplier<T> call) {
        return chainTime.timed(call);
    }
}
