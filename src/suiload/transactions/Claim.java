package suiload.transactions;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import suiload.bcs.Bytes;
import suiload.metrics.Deadline;
import suiload.store.Session;

/**
 * The right to do a key's work. It is held by the request, and by each transaction that the request began for as long as that
 * runs; the last one to let go ends it. A request without a key has a claim too, which keeps nothing.
 */
public final class Claim {
    /** A key's identity and its body's: what is stored of it. */
    record Key(Bytes id, Bytes bodyHash) {}

    private final Optional<Key> key;
    private final Runnable afterwards;
    private final CompletableFuture<Optional<Reply>> answer = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int holders = 1;
    private Reply kept;
    private boolean stored;

    /** @param afterwards runs when the last holder has let go */
    Claim(Optional<Key> key, Runnable afterwards) {
        this.key = key;
        this.afterwards = afterwards;
    }

    static Claim none() {
        return new Claim(Optional.empty(), () -> { });
    }

    Optional<Key> key() {
        return key;
    }

    /** What names the request's key in the database, where it has one: 32 bytes. */
    public Optional<Bytes> id() {
        return key.map(Key::id);
    }

    /**
     * Keeps the answer in the caller's own database transaction, so that the effect and its answer are stored together: the work must
     * return the same answer then. Where the work does not call this, its answer is stored right after it.
     */
    public void keep(Session session, Reply reply) {
        if (key.isEmpty() || !reply.kept()) return;
        KeptReplies.insert(session, key.get(), reply);
        locked(() -> stored = true);
    }

    /** Whether {@link #keep} or a transaction has stored the answer. */
    boolean stored() {
        lock.lock();
        try {
            return stored;
        } finally {
            lock.unlock();
        }
    }

    /** This answer is in the database, or about to be with what it answers for. */
    void answered(Reply reply) {
        locked(() -> {
            stored = true;
            kept = reply.kept() ? reply : kept;
        });
    }

    void hold() {
        locked(() -> holders++);
    }

    void release() {
        lock.lock();
        try {
            if (--holders > 0) return;
        } finally {
            lock.unlock();
        }
        afterwards.run();
        answer.complete(Optional.ofNullable(kept));
    }

    /**
     * Waits for the last holder to let go.
     *
     * @return empty when no answer was kept: the key is open again
     * @throws SendException.DeadlineExpired when that takes longer than the deadline
     */
    Optional<Reply> await(Deadline deadline) {
        try {
            return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new SendException.DeadlineExpired(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SendException.DeadlineExpired(null);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a claim ends with an answer or without one", e);
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
