package suiload.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import suiload.metrics.RequestContext;

/**
 * One piece of work in the database, done by a virtual thread of its own while the caller waits. A caller that is interrupted or out
 * of time cancels the statement; interrupting JDBC itself would close the connection and leave the statement running in the server.
 * Only a server that does not answer to the cancellation loses the connection.
 */
final class Call<T> {
    /** What the work does with its connection. */
    interface Work<T> {
        T on(Connection connection, Call<T> call) throws SQLException;
    }

    /** Where the connection comes from; waits no longer than its own bound. */
    interface Source {
        Connection connection() throws SQLException;
    }

    /** How long a cancelled statement may take to end before its connection is cut. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Thread worker;
    private Connection connection;
    private Statement statement;
    private boolean stopped;
    private boolean committing;

    /** Starts the work; {@code afterwards} runs when it has really ended, however it ends. */
    void start(Source source, Work<T> work, Runnable afterwards) {
        Optional<RequestContext> context = RequestContext.current();
        Runnable task = () -> settle(source, work, afterwards);
        worker = Thread.ofVirtual().name("database").unstarted(
                context.isEmpty() ? task : () -> ScopedValue.where(RequestContext.CURRENT, context.get()).run(task));
        worker.start();
    }

    private void settle(Source source, Work<T> work, Runnable afterwards) {
        try {
            result.complete(perform(source, work));
        } catch (SQLException e) {
            result.completeExceptionally(DatabaseException.of(e));
        } catch (Throwable e) {
            result.completeExceptionally(e);
        } finally {
            afterwards.run();
        }
    }

    private T perform(Source source, Work<T> work) throws SQLException {
        try (Connection open = source.connection()) {
            locked(() -> {
                refuseIfStopped();
                connection = open;
            });
            return work.on(open, this);
        } finally {
            locked(() -> connection = null);
        }
    }

    /**
     * The work's value.
     *
     * @throws DatabaseUnavailable after {@code bound}, or when the caller is interrupted (its flag stays set)
     */
    T await(Duration bound) {
        try {
            return result.get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (TimeoutException e) {
            return stop(new DatabaseUnavailable("the database took too long", e));
        } catch (InterruptedException e) {
            try {
                return stop(new DatabaseUnavailable("interrupted while waiting for the database", e));
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Cancels, waits a moment, cuts the connection; a value that came after all (a commit under way) is still the truth. */
    private T stop(DatabaseUnavailable reason) {
        locked(() -> {
            stopped = true;
            if (connection == null) worker.interrupt();
        });
        Thread.ofVirtual().name("database-cancel").start(this::cancelStatement);
        try {
            return result.get(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            reason.addSuppressed(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            cut();
        }
        throw reason;
    }

    private void cancelStatement() {
        Statement running = locked(() -> committing ? null : statement);
        if (running == null) return;
        try {
            running.cancel();
        } catch (SQLException e) {
            cut();
        }
    }

    private void cut() {
        Connection open = locked(() -> connection);
        if (open == null) return;
        try {
            open.abort(Runnable::run);
        } catch (SQLException e) {
            result.completeExceptionally(DatabaseException.of(e));
        }
    }

    /** @throws DatabaseUnavailable instead of beginning a statement after the call was stopped */
    void running(Statement next) {
        locked(() -> {
            refuseIfStopped();
            statement = next;
        });
    }

    void idle() {
        locked(() -> statement = null);
    }

    /** From here on the work is left to finish: whether it counts is the server's to say. */
    void committing() {
        locked(() -> {
            refuseIfStopped();
            committing = true;
        });
    }

    private void refuseIfStopped() {
        if (stopped) throw new DatabaseUnavailable("the call was given up");
    }

    private static RuntimeException rethrown(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }

    private void locked(Runnable action) {
        locked(() -> {
            action.run();
            return null;
        });
    }

    private <V> V locked(Supplier<V> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
