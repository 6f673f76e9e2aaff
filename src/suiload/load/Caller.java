package suiload.load;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import suiload.report.Accounting;

/** Performs operations: attempts, retries within the budget, and the account of every attempt. */
final class Caller {
    private final Wire wire;
    private final RetryPolicy policy;
    private final RetryBudget budget;
    private final Measurements measurements;
    private final ErrorTable errors;
    private final LongAdder started = new LongAdder();
    private final LongAdder ok = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder interrupted = new LongAdder();

    /** A user's own way to the service, and its randomness. */
    record Line(Connections.Way way, RandomGenerator random) {}

    Caller(Wire wire, RetryPolicy policy, RetryBudget budget, Measurements measurements, ErrorTable errors) {
        this.wire = wire;
        this.policy = policy;
        this.budget = budget;
        this.measurements = measurements;
        this.errors = errors;
    }

    /**
     * Blocks until the operation has its last outcome.
     *
     * @param plannedNanos when it was to begin: what a user feels is counted from there
     */
    Outcome call(Line line, Call call, long plannedNanos) {
        return call(line, call, plannedNanos, outcome -> { });
    }

    /** @param each is shown the outcome of every attempt, the last one's included */
    Outcome call(Line line, Call call, long plannedNanos, Consumer<Outcome> each) {
        budget.request();
        for (int attempt = 1; ; attempt++) {
            // Who is stopped while waiting for a connection has sent nothing.
            if (!place(line.way())) return ended(call, new Outcome.Interrupted(), plannedNanos);
            Outcome outcome = attempt(line.way(), call);
            each.accept(outcome);
            if (!policy.again(outcome, attempt) || !budget.tryRetry()) return ended(call, outcome, plannedNanos);
            // Not the user's own randomness: that must not depend on how the service answers.
            Duration delay = policy.delay(outcome, attempt, ThreadLocalRandom.current());
            if (!pause(delay.toNanos())) return ended(call, new Outcome.Interrupted(), plannedNanos);
            measurements.count(MetricName.HTTP_REQ_RETRIES, 1);
        }
    }

    /** A response of status 200 whose body is not what the route promises. */
    void unreadable(Call call, RuntimeException why) {
        errors.add(new ErrorTable.Cause("http", "200 unreadable"), why.getMessage() + " (" + call + ")");
    }

    Accounting accounting() {
        return new Accounting(started.sum(), ok.sum(), failed.sum(), interrupted.sum());
    }

    private Outcome ended(Call call, Outcome outcome, long plannedNanos) {
        if (outcome instanceof Outcome.Interrupted) return outcome;
        boolean good = Outcome.ok(outcome);
        measurements.share(MetricName.OPERATIONS_FAILED, !good);
        if (good) {
            long took = System.nanoTime() - plannedNanos;
            measurements.time(MetricName.HTTP_REQ_E2E, took);
            call.operation().steps().ifPresent(steps -> measurements.time(steps.planned(), took));
        }
        return outcome;
    }

    /** Waits for a connection. @return false when interrupted */
    private boolean place(Connections.Way way) {
        long wanted = System.nanoTime();
        try {
            way.places().acquire();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
        measurements.time(MetricName.HTTP_REQ_BLOCKED, System.nanoTime() - wanted);
        return true;
    }

    private Outcome attempt(Connections.Way way, Call call) {
        started.increment();
        long begin = System.nanoTime();
        Outcome outcome = wire.exchange(way, call);
        long took = System.nanoTime() - begin;
        switch (outcome) {
            case Outcome.Interrupted stopped -> interrupted.increment();
            case Outcome.Answer answer when answer.ok() -> succeeded(call, answer);
            case Outcome.Answer answer -> {
                failed(call, answer.tookNanos());
                errors.add(cause(answer), Replies.explained(answer) + " (" + call + ")");
            }
            case Outcome.Broken broken -> {
                failed(call, took);
                errors.add(new ErrorTable.Cause("socket", broken.fault().text()), broken.text());
                if (broken.fault().reset()) measurements.count(MetricName.CONNECTION_RESETS, 1);
            }
        }
        return outcome;
    }

    private void succeeded(Call call, Outcome.Answer answer) {
        ok.increment();
        measurements.count(MetricName.HTTP_REQS, 1);
        measurements.share(MetricName.HTTP_REQ_FAILED, false);
        measurements.time(MetricName.HTTP_REQ_DURATION, answer.tookNanos());
        measurements.time(MetricName.HTTP_REQ_WAITING, answer.waitingNanos());
        Operation operation = call.operation();
        operation.errors().ifPresent(name -> measurements.share(name, answer.status() != 200));
        Headers.Times times = Headers.times(answer.headers());
        times.service().ifPresent(millis -> millis(MetricName.HTTP_REQ_SERVER_TIME, millis));
        operation.latency().ifPresent(name -> millis(name, times.latencyMillis(answer.tookNanos())));
        operation.steps().ifPresent(steps -> {
            measurements.time(steps.request(), answer.tookNanos());
            times.service().ifPresent(millis -> millis(steps.service(), millis));
        });
        operation.gas().ifPresent(name -> Headers.gas(answer.headers()).ifPresent(mist -> measurements.level(name, mist)));
    }

    private void millis(MetricName name, long millis) {
        measurements.time(name, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void failed(Call call, long took) {
        failed.increment();
        measurements.count(MetricName.HTTP_REQS, 1);
        measurements.share(MetricName.HTTP_REQ_FAILED, true);
        measurements.time(MetricName.HTTP_REQ_DURATION_FAILED, took);
        call.operation().errors().ifPresent(name -> measurements.share(name, true));
    }

    /** The service names a code in its error body; a proxy in between may not. */
    private static ErrorTable.Cause cause(Outcome.Answer answer) {
        String layer = switch (answer.status()) {
            case 422 -> "contract";
            case 429, 502 -> "node";
            default -> "http";
        };
        return new ErrorTable.Cause(layer, (answer.status() + " " + Replies.field(answer, "code").orElse("")).strip());
    }

    /** @return false when interrupted */
    private static boolean pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
