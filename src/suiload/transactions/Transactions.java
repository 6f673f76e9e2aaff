package suiload.transactions;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import suiload.chain.Digest;
import suiload.metrics.Deadline;
import suiload.metrics.Log;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.store.Database;
import suiload.sui.Backoff;
import suiload.sui.Cause;
import suiload.sui.Executed;
import suiload.sui.Node;

/**
 * Sends every transaction once. A sender's transactions run one after another, different senders' in parallel; signed bytes are
 * stored before they are first submitted, and what is stored is settled whatever breaks: the answer's loss, the caller's
 * deadline, or the service's own end.
 */
public final class Transactions implements AutoCloseable {
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
    /** A chain of rebuilds is short; this only keeps a damaged table from turning in a circle. */
    private static final int REPLACEMENTS_MAX = 10;

    private final Node node;
    private final References references;
    private final Journal journal;
    private final Idempotency idempotency;
    private final Dispatch dispatch;
    private final Turns turns = new Turns();
    private final Sweeper sweeper;

    private Transactions(Database database, Node node, List<Purpose> purposes, Metrics metrics) {
        this.node = node;
        Node reading = node.because(Cause.REFRESH);
        references = new References(reading);
        journal = new Journal(database, metrics);
        idempotency = new Idempotency(database, metrics, key -> journal.openUnder(key).ifPresent(this::takeUp));
        var backoff = new Backoff(Submission.WAIT_FIRST, Submission.WAIT_MAX, new Random());
        var drafts = new Drafts(references, new GasPrice(reading));
        dispatch = new Dispatch(new Tools(node, references, drafts, journal, new Purposes(purposes), backoff, Counts.in(metrics)));
        metrics.gauge("suiload_turns_active", "Senders with a transaction under way.", turns::active);
        metrics.gauge("suiload_turns_waiting", "Transactions that wait for their sender's turn.", turns::waiting);
        metrics.gauge("suiload_transactions_in_hand", "Transactions stored and not settled yet.", dispatch::inHand);
        metrics.gauge("suiload_references_entries", "References held in memory.", references::size);
        takeUpOpen();
        sweeper = new Sweeper(journal, this::takeUpOpen);
    }

    /**
     * Starts with everything that an earlier life left open, which comes before anything new of the same sender.
     *
     * @param purposes all that may stand in the database
     * @throws suiload.store.DatabaseException when what was left open cannot be read
     */
    public static Transactions open(Database database, Node node, List<Purpose> purposes, Metrics metrics) {
        return new Transactions(database, node, purposes, metrics);
    }

    /**
     * Builds, signs, stores and submits, and waits for the outcome or the request's deadline.
     *
     * @throws SendException.DeadlineExpired when the outcome is not known by then; a stored transaction goes on
     * @throws SendException.BacklogFull when the sender has too many waiting
     * @throws SendException.NotOnChain when an object that the plan names does not exist
     * @throws suiload.sui.NodeException when references are needed and cannot be read
     */
    public Outcome send(Intent intent) {
        return send(intent, Optional.empty()).outcome();
    }

    /** The same for a request: its answer is the purpose's, and is kept under the claim's key together with the outcome. */
    public Reply send(Intent intent, Claim claim) {
        return send(intent, Optional.of(claim)).reply().orElseThrow();
    }

    private Errand.Result send(Intent intent, Optional<Claim> claim) {
        Optional<RequestContext> request = RequestContext.current();
        Deadline deadline = request.map(RequestContext::deadline).orElse(Deadline.never());
        var errand = new Errand(claim, deadline, intent.plan().outflow());
        claim.ifPresent(Claim::hold);
        try {
            turns.add(intent.turn(), () -> errand.run(self -> dispatch.send(intent, self)));
        } catch (SendException e) {
            claim.ifPresent(Claim::release);
            throw e;
        }
        try {
            Errand.Result result = errand.await();
            request.ifPresent(context -> gas(result.outcome(), context));
            return result;
        } finally {
            request.ifPresent(context -> context.addChainTime(errand.chainTime().nanos()));
        }
    }

    private static void gas(Outcome outcome, RequestContext context) {
        switch (outcome) {
            case Outcome.Succeeded(Executed executed) -> context.setGas(executed.gasCost());
            case Outcome.Failed(Executed executed, var _) -> context.setGas(executed.gasCost());
            case Outcome.Refused _ -> { }
        }
    }

    /** Queues what is open in the journal and in nobody's hand. */
    private void takeUpOpen() {
        long count = journal.open().stream().filter(this::takeUp).count();
        if (count > 0) Log.info("journal.taken_up", "transactions", count);
    }

    private boolean takeUp(StoredTransaction left) {
        if (!dispatch.takeUp(left)) return false;
        Optional<Claim> claim = left.key().flatMap(idempotency::resume);
        boolean taken = false;
        try {
            // It may have been settled since the journal was read, by one who was in the middle of it then.
            if (left.key().isPresent() && claim.isEmpty() || !journal.isOpen(left.digest())) return false;
            Errand errand = Errand.leftOver(claim);
            turns.addLeftOver(left.turn(), () -> errand.run(self -> dispatch.resume(left, self)));
            taken = true;
            return true;
        } finally {
            if (!taken) {
                dispatch.letGo(left);
                claim.ifPresent(Claim::release);
            }
        }
    }

    /** How a transaction stands: what we know ourselves, else what the node knows. */
    public TransactionStatus status(Digest digest, Deadline deadline) {
        Digest asked = digest;
        for (int replacements = 0; replacements <= REPLACEMENTS_MAX; replacements++) {
            Optional<Journal.Entry> entry = journal.find(asked);
            if (entry.isEmpty()) break;
            if (entry.get().replacedBy().isEmpty()) return TransactionStatus.of(entry.get());
            asked = entry.get().replacedBy().get();
        }
        return TransactionStatus.of(digest, node.because(Cause.STATUS).transaction(digest, deadline));
    }

    /** Whether transactions of this purpose are under way: of a request that gave up, or left by an earlier life. */
    public boolean underWay(Purpose purpose) {
        // In this order: what is stored between the two looks has not ended at the second.
        return journal.anyOpen(purpose.name()) || dispatch.begun(purpose.name());
    }

    public References references() {
        return references;
    }

    public Idempotency idempotency() {
        return idempotency;
    }

    /** Takes nothing new, gives what runs a moment to settle, and leaves the rest to the next start. */
    @Override
    public void close() {
        sweeper.close();
        turns.refuseNew();
        try {
            if (turns.awaitIdle(Deadline.after(CLOSE_GRACE))) return;
            turns.interrupt();
            turns.awaitIdle(Deadline.after(CLOSE_GRACE));
        } catch (InterruptedException e) {
            turns.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
