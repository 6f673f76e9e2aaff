package suiload.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import suiload.metrics.Deadline;

/**
 * The permits: so many requests run at once, so many wait their turn for so long, and the rest learns at once that it is refused.
 * First come, first served, so that nobody starves behind luckier ones.
 *
 * <p>The permits are a {@link Semaphore}'s, the waiting line is not: when a semaphore's waiters give up, each walks the whole queue, and
 * in a burst thousands give up at the same moment. All waiters here wait equally long, so those who gave up stand at the head and
 * leave in constant time.
 */
final class Admission {
    private final int permits;
    private final int waitingMax;
    private final Duration wait;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> line = new ArrayDeque<>();
    /** Some are free only while nobody waits: a permit that is given back goes to the head of the line. Taken and given under the lock. */
    private final Semaphore free;
    private int waiting;

    /** One place in the line. Its state is the lock's. */
    private static final class Waiter {
        private final CountDownLatch called = new CountDownLatch(1);
        private boolean granted;
        private boolean gone;
    }

    Admission(int permits, int waiting, Duration wait) {
        this.permits = permits;
        this.free = new Semaphore(permits);
        this.waitingMax = waiting;
        this.wait = wait;
    }

    /**
     * Takes a permit; {@link #release} gives it back.
     *
     * @throws HttpError 503 when the line is full or no permit came free in time, 408 when the deadline passed first
     */
    void acquire(Deadline deadline) throws InterruptedException {
        Waiter waiter = new Waiter();
        if (takeOrStandInLine(waiter)) {
            return;
        }
        long nanos = Math.min(wait.toNanos(), deadline.remaining().toNanos());
        boolean interrupted = false;
        try {
            waiter.called.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException ended) {
            interrupted = true;
        }
        boolean granted = leave(waiter);
        if (interrupted) {
            if (granted) {
                release();
            }
            throw new InterruptedException();
        }
        if (!granted) {
            throw deadline.expired()
                    ? HttpError.timeout()
                    : refused("All " + permits + " places stayed taken for " + wait.toMillis() + " ms.");
        }
    }

    void release() {
        lock.lock();
        try {
            Waiter next = line.poll();
            while (next != null && next.gone) {
                next = line.poll();
            }
            if (next == null) {
                free.release();
                return;
            }
            next.granted = true;
            waiting--;
            next.called.countDown();
        } finally {
            lock.unlock();
        }
    }

    int inUse() {
        return permits - free.availablePermits();
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** @return whether a permit was free */
    private boolean takeOrStandInLine(Waiter waiter) {
        lock.lock();
        try {
            if (free.tryAcquire()) {
                return true;
            }
            if (waiting >= waitingMax) {
                throw refused("All places are taken, and so is the waiting line.");
            }
            waiting++;
            line.add(waiter);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** @return whether a permit was granted, perhaps at the last moment */
    private boolean leave(Waiter waiter) {
        lock.lock();
        try {
            if (waiter.granted) {
                return true;
            }
            waiter.gone = true;
            waiting--;
            while (!line.isEmpty() && line.peek().gone) {
                line.remove();
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private static HttpError refused(String details) {
        return HttpError.unavailable("overloaded", details + " Try again in a moment.");
    }
}
