package suiload.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import suiload.metrics.Deadline;

/** Stands between a service's requests and its handlers: permits and deadlines, and the bound on streams. */
final class Gate {
    private final Admission admission;
    private final Duration limit;
    private final Semaphore streams;
    private final int streamsMax;
    private final Lifecycle lifecycle;
    private final Set<Thread> streaming = ConcurrentHashMap.newKeySet();

    Gate(HttpConfig.Guard guard, Lifecycle lifecycle) {
        admission = new Admission(guard.permits(), guard.waiting(), guard.admissionWait());
        limit = guard.deadline();
        streamsMax = guard.streams();
        streams = new Semaphore(streamsMax);
        this.lifecycle = lifecycle;
    }

    /** The deadline of a request that has arrived now. */
    Deadline deadline(Policy policy) {
        return policy == Policy.STREAM ? Deadline.never() : Deadline.after(limit);
    }

    /**
     * Runs {@code work} with a permit, which is given back when the work has really ended.
     *
     * @param onExpiry see {@link DeadlineScope#run}
     * @throws HttpError when it does not get a permit
     */
    DeadlineScope.Outcome<Response> guarded(Deadline deadline, Callable<Response> work, Runnable onExpiry) throws InterruptedException {
        lifecycle.checkOpen();
        admission.acquire(deadline);
        try {
            return DeadlineScope.run(deadline, work, onExpiry);
        } finally {
            admission.release();
        }
    }

    /**
     * Runs a stream in this thread, as one of so many.
     *
     * @throws HttpError 503 when there are as many already
     */
    void stream(Watchdog.Io work) throws IOException {
        lifecycle.checkOpen();
        if (!streams.tryAcquire()) {
            throw HttpError.unavailable("too_many_streams", "The service keeps " + streamsMax + " streams at once. Try again in a moment.");
        }
        streaming.add(Thread.currentThread());
        try {
            work.run();
        } finally {
            streaming.remove(Thread.currentThread());
            streams.release();
        }
    }

    void endStreams() {
        streaming.forEach(Thread::interrupt);
    }

    Admission admission() {
        return admission;
    }

    int streaming() {
        return streamsMax - streams.availablePermits();
    }
}
