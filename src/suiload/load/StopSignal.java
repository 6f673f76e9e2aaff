package suiload.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Ctrl-C or SIGTERM: the run is told to end, and the JVM lives on until its reports are written. */
final class StopSignal {
    /** A run that was told to end drains, settles, writes and stops its service within this. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread runner;
    private volatile boolean requested;
    private volatile int exitCode;

    /** @param runner the thread that runs, to be interrupted where it waits */
    StopSignal(Thread runner) {
        this.runner = runner;
    }

    /** From now on the JVM's end waits for {@link #finished}. */
    void install() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stopAndWait));
    }

    boolean requested() {
        return requested;
    }

    void request() {
        lock.lock();
        try {
            requested = true;
            runner.interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #requested}, for the thread that runs: what it does from then on is not interrupted any more. */
    boolean heard() {
        lock.lock();
        try {
            if (requested) Thread.interrupted();
            return requested;
        } finally {
            lock.unlock();
        }
    }

    /** The run has ended; what the program exits with. */
    void finished(int code) {
        exitCode = code;
        finished.countDown();
    }

    /** Halts with the run's own exit code: without this the JVM would end with that of the signal. */
    private void stopAndWait() {
        if (finished.getCount() == 0) return;
        request();
        try {
            if (finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) Runtime.getRuntime().halt(exitCode);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
