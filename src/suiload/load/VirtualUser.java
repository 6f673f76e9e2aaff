package suiload.load;

import java.util.concurrent.locks.LockSupport;

/**
 * Runs a user's iterations on a virtual thread of its own. An iteration is planned for the end of the one before plus the
 * pause; how late it begins is measured, and latency counts from the plan.
 */
final class VirtualUser {
    private final String name;
    private final Behaviour behaviour;
    private final Measurements measurements;
    private volatile boolean wanted;
    private volatile Thread thread;

    VirtualUser(String name, Behaviour behaviour, Measurements measurements) {
        this.name = name;
        this.behaviour = behaviour;
        this.measurements = measurements;
    }

    /** Begins, or goes on after {@link #finish}. Called by one thread, as {@link #finish}. */
    void start(long plannedNanos) {
        wanted = true;
        if (running()) return;
        thread = Thread.ofVirtual().name("user-" + name).start(() -> run(plannedNanos));
    }

    /** No further iteration; one under way may end. */
    void finish() {
        wanted = false;
        LockSupport.unpark(thread);
    }

    /** Gives up what is under way as well. */
    void interrupt() {
        finish();
        if (running()) thread.interrupt();
    }

    boolean running() {
        return thread != null && thread.isAlive();
    }

    private void run(long plannedNanos) {
        long planned = plannedNanos;
        while (sleptUntil(planned)) {
            long begin = System.nanoTime();
            measurements.time(MetricName.SCHEDULE_DELAY, Math.max(0, begin - planned));
            behaviour.iterate(planned);
            if (Thread.currentThread().isInterrupted()) return;
            planned = System.nanoTime() + behaviour.pauseNanos();
            boolean goesOn = sleptUntil(planned);
            measurements.count(MetricName.ITERATIONS, 1);
            measurements.time(MetricName.ITERATION_DURATION, System.nanoTime() - begin);
            if (!goesOn) return;
        }
    }

    /** @return false when the user is to stop */
    private boolean sleptUntil(long nanos) {
        while (wanted && !Thread.currentThread().isInterrupted()) {
            long left = nanos - System.nanoTime();
            if (left <= 0) return true;
            LockSupport.parkNanos(this, left);
        }
        return false;
    }
}
