package suiload.sui;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import suiload.metrics.Deadline;
import suiload.metrics.RequestContext;

/**
 * Calls within bounds: so many in flight, so many attempts, so many retries for all, none past the deadline. Waiting for the
 * chain, in whatever queue, counts as the request's time on chain.
 */
final class Calls {
    static final int ATTEMPTS_MAX = 4;
    static final Duration WAIT_FIRST = Duration.ofMillis(100);
    static final Duration WAIT_MAX = Duration.ofSeconds(2);

    private final NodeConfig config;
    private final Endpoints endpoints;
    private final Semaphore permits;
    private final RetryBudget budget;
    private final Backoff backoff;
    private final CallCounts counts;

    Calls(NodeConfig config, CallCounts counts, RandomGenerator random, LongSupplier nanoTime) {
        this.config = config;
        this.counts = counts;
        endpoints = new Endpoints(config.endpoints(), nanoTime);
        permits = new Semaphore(config.callsInFlight(), true);
        budget = new RetryBudget(nanoTime);
        backoff = new Backoff(WAIT_FIRST, WAIT_MAX, random);
        counts.watch(() -> config.callsInFlight() - permits.availablePermits(), permits::getQueueLength, endpoints::well);
    }

    /** A call, its cause, and how long its caller waits. */
    record Call(Method method, Cause cause, Deadline deadline) {}

    /** One attempt at a call. */
    interface Attempt<T> {
        /** @param limit for the whole answer: past it the attempt must have ended */
        T make(Endpoint endpoint, Duration limit) throws CallFailure, InterruptedException;
    }

    /** A read: repeated while that may help and is allowed. */
    <T> T read(Call call, Attempt<T> attempt) throws CallFailure {
        try (var _ = RequestContext.chainWait()) {
            return repeat(call, attempt);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A submission: one attempt. */
    <T> T submit(Call call, Attempt<T> attempt) throws CallFailure {
        try (var _ = RequestContext.chainWait()) {
            return attempt(call, attempt, endpoints.choose(Optional.empty(), call.deadline()), false);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A stream, once it has begun; takes no permit, since it lasts. */
    <T> T stream(Call call, Attempt<T> attempt) throws CallFailure {
        try {
            Endpoint endpoint = endpoints.choose(Optional.empty(), call.deadline());
            counts.attempt(call.method(), call.cause());
            return judged(endpoint, call, attempt);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private <T> T repeat(Call call, Attempt<T> attempt) throws CallFailure, InterruptedException {
        Optional<Endpoint> failed = Optional.empty();
        for (int number = 1;; number++) {
            Endpoint endpoint = endpoints.choose(failed, call.deadline());
            try {
                return attempt(call, attempt, endpoint, number == 1);
            } catch (CallFailure failure) {
                waitBeforeNext(number, failure, call);
                failed = Optional.of(endpoint);
            }
        }
    }

    /** Returns when another attempt may be made, else throws the failure. */
    private void waitBeforeNext(int number, CallFailure failure, Call call) throws CallFailure, InterruptedException {
        Duration wait = backoff.wait(number);
        boolean repeatable = Failures.readAgain(failure) && number < ATTEMPTS_MAX && wait.compareTo(call.deadline().remaining()) < 0;
        if (!repeatable || !budget.retry()) throw failure;
        counts.retry(call.method());
        // What the endpoint asked for itself is waited for where the next endpoint is chosen.
        Thread.sleep(wait);
    }

    /** @param first whether it earns retries: only a call that is really made does */
    private <T> T attempt(Call call, Attempt<T> attempt, Endpoint endpoint, boolean first) throws CallFailure, InterruptedException {
        if (call.deadline().expired()) throw CallFailure.of(CallFailure.Kind.NOT_SENT, "the deadline has passed", null);
        if (!permits.tryAcquire(call.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS)) {
            throw CallFailure.of(CallFailure.Kind.NOT_SENT, "no place for another call to the node in time", null);
        }
        try {
            if (first) budget.first();
            counts.attempt(call.method(), call.cause());
            return judged(endpoint, call, attempt);
        } finally {
            permits.release();
        }
    }

    /** Makes the attempt and draws conclusions about the endpoint. */
    private <T> T judged(Endpoint endpoint, Call call, Attempt<T> attempt) throws CallFailure, InterruptedException {
        long began = System.nanoTime();
        Duration limit = limit(call, endpoint);
        try {
            T answer = attempt.make(endpoint, limit);
            endpoint.succeeded();
            return answer;
        } catch (CallFailure failure) {
            // Who left it less than a third of the time that a connection may take says nothing about it by running out of that.
            boolean ownHaste = failure.kind() == CallFailure.Kind.TIMED_OUT && limit.compareTo(config.connectTimeout().dividedBy(3)) < 0;
            if (!ownHaste) endpoint.failed(failure);
            counts.failure(call.method(), failure.kind());
            throw failure;
        } finally {
            counts.time(call.method(), System.nanoTime() - began);
        }
    }

    private Duration limit(Call call, Endpoint endpoint) {
        if (call.method().submits()) return call.deadline().remaining();
        // Of a read half the time is left for another endpoint, where one is well.
        Duration left = call.deadline().remaining();
        Duration own = endpoints.anotherIsWell(endpoint) ? left.dividedBy(2) : left;
        return own.compareTo(config.attemptTimeout()) < 0 ? own : config.attemptTimeout();
    }

    /** An interrupted caller is one whose time is up. */
    private static CallFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return CallFailure.of(CallFailure.Kind.TIMED_OUT, "interrupted", e);
    }
}
