package suiload.transactions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import suiload.chain.Address;
import suiload.metrics.Deadline;
import suiload.metrics.Log;

/**
 * Runs tasks that share a turn one after another, in the order of coming, and different turns in parallel. A turn lives as long as
 * it has tasks: a virtual thread works them off. Who waits in one turn does not hold up another.
 */
final class Turns {
    /** Most tasks that wait in one turn. */
    static final int BACKLOG_MAX = 64;
    /** Most turns that are worked off at once; the others wait. */
    static final int PARALLEL_MAX = 2048;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<Address, Turn> turns = new HashMap<>();
    private final Semaphore parallel = new Semaphore(PARALLEL_MAX, true);
    private boolean closed;
    private int waiting;

    private static final class Turn {
        final Deque<Runnable> tasks = new ArrayDeque<>();
        Thread worker;
    }

    /** @throws SendException.BacklogFull when too many wait in this turn */
    void add(Address turn, Runnable task) {
        lock.lock();
        try {
            if (closed) throw new SendException.ShuttingDown();
            Turn queue = turns.get(turn);
            if (queue != null && queue.tasks.size() >= BACKLOG_MAX) {
                throw new SendException.BacklogFull(BACKLOG_MAX + " transactions of " + turn + " wait already");
            }
            append(turn, task);
        } finally {
            lock.unlock();
        }
    }

    /** Adds what was left over from an earlier life: it is bounded by what that life accepted. */
    void addLeftOver(Address turn, Runnable task) {
        lock.lock();
        try {
            if (!closed) append(turn, task);
        } finally {
            lock.unlock();
        }
    }

    private void append(Address turn, Runnable task) {
        Turn queue = turns.computeIfAbsent(turn, t -> new Turn());
        queue.tasks.add(task);
        waiting++;
        if (queue.worker == null) queue.worker = Thread.ofVirtual().name("turn-" + turn).start(() -> workOff(turn, queue));
    }

    private void workOff(Address turn, Turn queue) {
        for (Runnable task = next(turn, queue); task != null; task = next(turn, queue)) {
            parallel.acquireUninterruptibly();
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // The turn goes on: those behind it are not to blame.
                Log.error("turn.task_failed", e, "turn", turn);
            } finally {
                parallel.release();
            }
        }
    }

    /** The next task, or null when the turn is over. */
    private Runnable next(Address turn, Turn queue) {
        lock.lock();
        try {
            Runnable task = queue.tasks.poll();
            if (task != null) {
                waiting--;
                return task;
            }
            turns.remove(turn);
            idle.signalAll();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no new tasks. */
    void refuseNew() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no task is left; false when the deadline comes first. */
    boolean awaitIdle(Deadline deadline) throws InterruptedException {
        lock.lock();
        try {
            while (!turns.isEmpty()) {
                long left = deadline.remaining().toNanos();
                if (left <= 0 || !idle.await(left, TimeUnit.NANOSECONDS) && deadline.expired()) return turns.isEmpty();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts what runs, so that everything ends soon. */
    void interrupt() {
        lock.lock();
        try {
            turns.values().forEach(turn -> turn.worker.interrupt());
        } finally {
            lock.unlock();
        }
    }

    int active() {
        lock.lock();
        try {
            return turns.size();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
