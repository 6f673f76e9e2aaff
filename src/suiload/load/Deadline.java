package suiload.load;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Interrupts the thread that made it when the time is up, unless that ended it before. */
final class Deadline {
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread = Thread.currentThread();
    private final Future<?> expiry;
    private boolean passed;
    private boolean over;

    private Deadline(Duration time, ScheduledExecutorService timer) {
        expiry = timer.schedule(this::pass, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    static Deadline in(Duration time, ScheduledExecutorService timer) {
        return new Deadline(time, timer);
    }

    private void pass() {
        lock.lock();
        try {
            if (over) return;
            passed = true;
            thread.interrupt();
        } finally {
            lock.unlock();
        }
    }

    /**
     * No interrupt comes from it any more, and none of its own is left behind. Another's that came together with it counts as its own:
     * who wanted the thread to stop waits until its next deadline.
     *
     * @return whether the time was up
     */
    boolean end() {
        expiry.cancel(false);
        lock.lock();
        try {
            over = true;
            if (passed) Thread.interrupted();
            return passed;
        } finally {
            lock.unlock();
        }
    }
}
