package suiload.http;

import java.util.concurrent.Callable;
import java.util.concurrent.StructuredTaskScope;
import suiload.metrics.Deadline;

/**
 * Runs work under a deadline. The only user of structured concurrency, whose API is a preview and changes with every JDK.
 *
 * <p>The work runs in a subtask that inherits scoped values. The calling thread owns the exchange and does all its I/O: a subtask
 * interrupted in the middle of socket I/O would kill the socket, and the client would get no answer at all.
 */
@SuppressWarnings("preview")
final class DeadlineScope {
    private DeadlineScope() {}

    /** How the work ended. */
    sealed interface Outcome<T> {
        record Done<T>(T value) implements Outcome<T> {}

        record Failed<T>(Throwable fault) implements Outcome<T> {}

        /** The deadline passed: {@code onExpiry} has run. */
        record Expired<T>() implements Outcome<T> {}
    }

    /**
     * Returns when the work has really ended, even where it ignores interruption.
     *
     * @param onExpiry run by the calling thread as soon as the deadline has passed, before the work has ended
     */
    static <T> Outcome<T> run(Deadline deadline, Callable<T> work, Runnable onExpiry) throws InterruptedException {
        if (deadline.expired()) {
            onExpiry.run();
            return new Outcome.Expired<>();
        }
        StructuredTaskScope.Joiner<T, Void> joiner = StructuredTaskScope.Joiner.awaitAll();
        try (var scope = StructuredTaskScope.open(joiner, config -> config.withTimeout(deadline.remaining()))) {
            StructuredTaskScope.Subtask<T> subtask = scope.fork(work);
            try {
                scope.join();
            } catch (StructuredTaskScope.TimeoutException expired) {
                onExpiry.run();
                return new Outcome.Expired<>();
            }
            return switch (subtask.state()) {
                case SUCCESS -> new Outcome.Done<>(subtask.get());
                case FAILED -> new Outcome.Failed<>(subtask.exception());
                case UNAVAILABLE -> throw new IllegalStateException("joined, yet not ended");
            };
        }
    }
}
