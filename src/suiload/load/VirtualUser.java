package suiload.load;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs a user's iterations, each on a virtual thread of its own. An iteration is planned for the end of the one before plus the
 * pause; how late it begins is measured, and latency counts from the plan.
 *
 * <p>While a user pauses there is a timer and no thread: a parked one's stack is made anew at every pause, and each collection, in which
 * every user is late, would copy those of ten thousand users.
 */
final class VirtualUser {
    private final String name;
    private final Behaviour behaviour;
    private final Measurements measurements;
    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean wanted;
    private State state = State.IDLE;
    private ScheduledFuture<?> pause;
    private Thread thread;
    /** When the last iteration began, as long as it is not counted: its pause belongs to it. */
    private long begun;
    private boolean counted = true;

    private enum State { IDLE, PAUSING, ITERATING }

    VirtualUser(String name, Behaviour behaviour, Measurements measurements, ScheduledExecutorService timer) {
        this.name = "user-" + name;
        this.behaviour = behaviour;
        this.measurements = measurements;
        this.timer = timer;
    }

    /** Begins, or goes on after {@link #finish}. */
    void start(long plannedNanos) {
        lock.lock();
        try {
            wanted = true;
            if (state == State.IDLE) pauseUntil(plannedNanos);
        } finally {
            lock.unlock();
        }
    }

    /** No further iteration; one under way may end. */
    void finish() {
        lock.lock();
        try {
            wanted = false;
            // Where it cannot be cancelled, its task waits for the lock and will see.
            if (state == State.PAUSING && pause.cancel(false)) end();
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what is under way as well. */
    void interrupt() {
        finish();
        lock.lock();
        try {
            if (state == State.ITERATING) thread.interrupt();
        } finally {
            lock.unlock();
        }
    }

    boolean running() {
        lock.lock();
        try {
            return state != State.IDLE;
        } finally {
            lock.unlock();
        }
    }

    private void pauseUntil(long planned) {
        state = State.PAUSING;
        pause = timer.schedule(() -> wake(planned), planned - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void wake(long planned) {
        lock.lock();
        try {
            if (!wanted) {
                end();
                return;
            }
            count();
            state = State.ITERATING;
            thread = Thread.ofVirtual().name(name).start(() -> iterate(planned));
        } finally {
            lock.unlock();
        }
    }

    private void iterate(long planned) {
        long begin = System.nanoTime();
        measurements.time(MetricName.SCHEDULE_DELAY, Math.max(0, begin - planned));
        boolean complete = false;
        try {
            behaviour.iterate(planned);
            complete = !Thread.currentThread().isInterrupted();
        } finally {
            iterated(begin, complete);
        }
    }

    private void iterated(long begin, boolean complete) {
        lock.lock();
        try {
            thread = null;
            begun = begin;
            counted = !complete;
            if (complete && wanted) {
                pauseUntil(System.nanoTime() + behaviour.pauseNanos());
            } else {
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        count();
        state = State.IDLE;
    }

    private void count() {
        if (counted) return;
        counted = true;
        measurements.count(MetricName.ITERATIONS, 1);
        measurements.time(MetricName.ITERATION_DURATION, System.nanoTime() - begun);
    }
}
