package suiload.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import suiload.metrics.Metrics;

/** The one place that knows HikariCP and the driver's settings. */
final class Pool implements AutoCloseable {
    /** An idle connection is probed before use when it has rested this long, and once a minute in between. */
    private static final Duration KEEPALIVE = Duration.ofMinutes(1);
    private static final Duration VALIDATION = Duration.ofSeconds(1);
    private static final int IDLE_CONNECTIONS = 4;

    private final HikariPool hikari;

    Pool(DatabaseConfig config, Metrics metrics) {
        var settings = new HikariConfig();
        settings.setPoolName("database");
        settings.setDataSource(source(config));
        settings.setMaximumPoolSize(config.connections());
        settings.setMinimumIdle(Math.min(IDLE_CONNECTIONS, config.connections()));
        settings.setConnectionTimeout(config.connectWait().toMillis());
        settings.setValidationTimeout(Math.min(VALIDATION.toMillis(), config.connectWait().toMillis()));
        settings.setKeepaliveTime(KEEPALIVE.toMillis());
        settings.setConnectionInitSql(sessionTimeouts(config));
        // The database may be away when we start, and come back later: calls fail one by one until then.
        settings.setInitializationFailTimeout(-1);
        hikari = new HikariPool(settings);
        metrics.gauge("suiload_database_connections", "Pooled connections.", hikari::getActiveConnections, "state", "active");
        metrics.gauge("suiload_database_connections", "Pooled connections.", hikari::getIdleConnections, "state", "idle");
    }

    private static PGSimpleDataSource source(DatabaseConfig config) {
        var source = new PGSimpleDataSource();
        source.setUrl(config.url());
        source.setUser(config.user());
        source.setPassword(config.password());
        source.setApplicationName("suiload");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(seconds(config.connectWait()));
        // Longer than any statement may take: it only notices a server or a network that has died silently.
        source.setSocketTimeout(seconds(config.statementTimeout()) + 5);
        source.setCancelSignalTimeout(1);
        source.setReWriteBatchedInserts(true);
        // The server's detail quotes values of rows.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /** The server's own bounds, should we die or hang with a statement or a transaction open. */
    private static String sessionTimeouts(DatabaseConfig config) {
        long statement = config.statementTimeout().toMillis();
        return "SET statement_timeout = " + statement + "; SET lock_timeout = " + statement / 2
                + "; SET idle_in_transaction_session_timeout = " + statement;
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }

    /** A live connection within {@code wait}. */
    Connection connection(Duration wait) throws SQLException {
        return hikari.getConnection(Math.max(1, wait.toMillis()));
    }

    /** Ends idle connections at once and those in use when they come back. */
    @Override
    public void close() {
        try {
            hikari.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
