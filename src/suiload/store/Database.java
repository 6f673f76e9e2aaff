package suiload.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import suiload.metrics.Counter;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.metrics.Timer;

/**
 * PostgreSQL for virtual threads. A gate of as many permits as there are connections stands in front of the pool, because the pool's
 * own queue knows neither our deadline nor a bound (and its thread-local shortcut never hits with a thread per request).
 *
 * <p>Every call ends within what is left of its deadline (the request's, or the one given, or the statement timeout) and is cancelled
 * in the server when its caller is interrupted. Failures are {@link DatabaseUnavailable} (may pass) or {@link DatabaseError} (will not).
 */
public final class Database implements AutoCloseable {
    private final DatabaseConfig config;
    private final Pool pool;
    private final Semaphore gate;
    private final Timer calls;
    private final Counter refused;

    private Database(DatabaseConfig config, Metrics metrics) {
        this.config = config;
        pool = new Pool(config, metrics);
        gate = new Semaphore(config.connections(), true);
        calls = metrics.timer("suiload_database_call_seconds", "Time of calls to the database, waiting for a permit included.");
        refused = metrics.counter("suiload_database_refused_total", "Calls that got no permit in time.");
        metrics.gauge("suiload_database_permits_free", "Calls that could enter now.", gate::availablePermits);
        metrics.gauge("suiload_database_waiting", "Calls waiting for a permit.", gate::getQueueLength);
    }

    /** Does not wait for the database to be there: calls fail one by one until it is. */
    public static Database open(DatabaseConfig config, Metrics metrics) {
        return new Database(config, metrics);
    }

    /** All rows of one statement, mapped. */
    public <T> List<T> query(String sql, Row.Mapper<T> mapper, Object... parameters) {
        return single(session -> session.query(sql, mapper, parameters));
    }

    /** The first row of one statement, mapped, if there is one. */
    public <T> Optional<T> first(String sql, Row.Mapper<T> mapper, Object... parameters) {
        return single(session -> session.first(sql, mapper, parameters));
    }

    /** One INSERT, UPDATE or DELETE, committed by itself; the number of rows it touched. */
    public int update(String sql, Object... parameters) {
        return single(session -> session.update(sql, parameters));
    }

    /**
     * Runs {@code work} in one transaction (read committed): committed when it returns, rolled back when it throws. It must not wait
     * for anything but the database. After {@link DatabaseUnavailable} the transaction may or may not have been committed.
     */
    public <T> T transaction(Function<Session, T> work) {
        return transaction(callDeadline(), work);
    }

    /** The same under a deadline of the caller's: for work outside requests. */
    public <T> T transaction(Deadline deadline, Function<Session, T> work) {
        return call(deadline, (connection, call) -> {
            // The socket's own bound is made for statements within the statement timeout; a migration may take longer.
            if (deadline.remaining().compareTo(config.statementTimeout()) > 0) {
                connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, deadline.remainingMillis()));
            }
            connection.setAutoCommit(false);
            T value = work.apply(new Session(connection, call));
            call.committing();
            connection.commit();
            return value;
        });
    }

    /** @throws DatabaseException unless the database answers */
    public void ping() {
        query("SELECT 1 AS one", row -> row.longValue("one"));
    }

    /** What each call waits at most when nothing else bounds it. */
    public Duration bound() {
        return config.statementTimeout();
    }

    @Override
    public void close() {
        pool.close();
    }

    private <T> T single(Function<Session, T> work) {
        return call(callDeadline(), (connection, call) -> work.apply(new Session(connection, call)));
    }

    private Deadline callDeadline() {
        Deadline own = Deadline.after(config.statementTimeout());
        return RequestContext.current().map(context -> context.deadline().min(config.statementTimeout())).orElse(own);
    }

    private <T> T call(Deadline deadline, Call.Work<T> work) {
        long began = System.nanoTime();
        enter(deadline);
        var call = new Call<T>();
        try {
            call.start(() -> pool.connection(shorter(config.connectWait(), deadline)), work, gate::release);
            return call.await(deadline.remaining());
        } finally {
            calls.recordNanos(System.nanoTime() - began);
        }
    }

    private void enter(Deadline deadline) {
        try {
            if (gate.tryAcquire(shorter(config.permitWait(), deadline).toNanos(), TimeUnit.NANOSECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("interrupted while waiting for the database", e);
        }
        refused.increment();
        throw new DatabaseUnavailable("the database is busy: no permit within the wait");
    }

    private static Duration shorter(Duration wait, Deadline deadline) {
        Duration left = deadline.remaining();
        return left.compareTo(wait) < 0 ? left : wait;
    }
}
