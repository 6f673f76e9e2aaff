package suiload.transactions;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import suiload.bcs.Bytes;
import suiload.metrics.Counter;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.store.Database;

/**
 * Requests with an {@code Idempotency-Key}: the first does the work, every later one gets the same answer, for 24 hours and
 * across restarts. Answers 200 and 422 are kept; after any other the key is open again.
 */
public final class Idempotency {
    /** What a request does. It runs at most once at a time per key. */
    public interface Work<E extends Exception> {
        /**
         * @param claim to hand to {@link Transactions#send(Intent, Claim)}, or to {@link Claim#keep}
         * @return the answer; only one that is returned, not thrown, can be kept
         */
        Reply reply(Claim claim) throws E;
    }

    /** How long answers are kept. */
    public static final Duration TERM = Journal.TERM;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final ConcurrentMap<Bytes, Claim> claims = new ConcurrentHashMap<>();
    private final Counter replays;
    private final Consumer<Bytes> takeUp;

    /** @param takeUp puts the open transaction of a key into hand, and the key's claim with it */
    Idempotency(Database database, Metrics metrics, Consumer<Bytes> takeUp) {
        this.database = database;
        this.takeUp = takeUp;
        replays = metrics.counter("suiload_idempotent_replays_total", "Requests that got the answer of an earlier one with the same key.");
        metrics.gauge("suiload_idempotent_claims", "Keys whose work is under way.", claims::size);
    }

    /**
     * Does the work, or gives the answer it had before. One that comes while the first runs waits for it, within its own deadline.
     *
     * @throws SendException.KeyReused when the key came with another body
     * @throws SendException.DeadlineExpired when the first one is not done by the deadline
     */
    public <E extends Exception> Reply run(Optional<IdempotencyKey> key, Work<E> work) throws E {
        if (key.isEmpty()) return work.reply(Claim.none());
        var wanted = new Claim.Key(key.get().id(), key.get().bodyHash());
        Deadline deadline = RequestContext.current().map(RequestContext::deadline).orElse(Deadline.never());
        for (int takenUp = 0;;) {
            Claim mine = claim(wanted);
            Claim first = claims.putIfAbsent(wanted.id(), mine);
            if (first == null) {
                Optional<Reply> reply = perform(mine, work);
                if (reply.isPresent()) return reply.get();
                // It was begun, and whoever worked on it gave up, for want of the database for instance.
                if (takenUp++ > 0) pause(deadline);
                takeUp.accept(wanted.id());
            } else {
                checkBody(wanted, first.key().orElseThrow().bodyHash());
                Optional<Reply> reply = first.await(deadline);
                if (reply.isPresent()) return replay(reply.get());
            }
        }
    }

    /** Takes up a key whose transaction was left open by an earlier life; empty while a request works on it. */
    Optional<Claim> resume(Claim.Key key) {
        Claim resumed = claim(key);
        return claims.putIfAbsent(key.id(), resumed) == null ? Optional.of(resumed) : Optional.empty();
    }

    private Claim claim(Claim.Key key) {
        return new Claim(Optional.of(key), () -> claims.remove(key.id()));
    }

    /** Taking it up did not help the last time. */
    private static void pause(Deadline deadline) {
        try {
            if (deadline.remaining().compareTo(PAUSE) <= 0) throw new SendException.DeadlineExpired(null);
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SendException.DeadlineExpired(null);
        }
    }

    /** Empty when the key has a transaction under way. */
    private <E extends Exception> Optional<Reply> perform(Claim claim, Work<E> work) throws E {
        try {
            Claim.Key key = claim.key().orElseThrow();
            Optional<KeptReplies.Found> found = KeptReplies.find(database, key.id());
            if (found.isPresent()) {
                checkBody(key, found.get().bodyHash());
                found.get().reply().ifPresent(claim::answered);
                return found.get().reply().map(this::replay);
            }
            Reply reply = work.reply(claim);
            if (reply.kept() && !claim.stored()) database.transaction(session -> {
                claim.keep(session, reply);
                return null;
            });
            claim.answered(reply);
            return Optional.of(reply);
        } finally {
            claim.release();
        }
    }

    private static void checkBody(Claim.Key wanted, Bytes bodyHash) {
        if (!wanted.bodyHash().equals(bodyHash)) throw new SendException.KeyReused();
    }

    private Reply replay(Reply reply) {
        replays.increment();
        reply.gasCost().ifPresent(gas -> RequestContext.current().ifPresent(context -> context.setGas(gas)));
        return reply;
    }
}
