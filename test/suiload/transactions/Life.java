package suiload.transactions;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.store.Database;
import suiload.store.DatabaseConfig;
import suiload.sui.GrpcNode;
import suiload.sui.Node;
import suiload.sui.NodeConfig;

/** One life of the service's writing half: it ends in order, or as if killed, and another begins on the same database. */
public final class Life implements AutoCloseable {
    public final Metrics metrics = new Metrics();
    public final Transfers transfers = new Transfers();
    public final Database database;
    public final Node node;
    public final Transactions transactions;

    public Life(DatabaseConfig config, URI node) {
        this(config, node, transfers -> { });
    }

    Life(DatabaseConfig config, URI address, java.util.function.Consumer<Transfers> setUp) {
        setUp.accept(transfers);
        database = Database.open(config, metrics);
        node = GrpcNode.open(NodeConfig.of(List.of(address)), metrics);
        transactions = Transactions.open(database, node, List.of(transfers), metrics);
    }

    /** Sends under a key, as a request with this deadline would. */
    public Reply send(String key, Intent intent, Duration patience) {
        var context = new RequestContext("test", Deadline.after(patience));
        return ScopedValue.where(RequestContext.CURRENT, context).call(() ->
                transactions.idempotency().run(Optional.of(key(key, intent.parameters())), claim -> transactions.send(intent, claim)));
    }

    static IdempotencyKey key(String key, String body) {
        return IdempotencyKey.of("POST", "/test", key, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public Outcome send(Intent intent, Duration patience) {
        var context = new RequestContext("test", Deadline.after(patience));
        return ScopedValue.where(RequestContext.CURRENT, context).call(() -> transactions.send(intent));
    }

    public long count(String name, String... labels) {
        return metrics.counter(name, "", labels).value();
    }

    /** As near to kill -9 as one JVM comes: nothing more is written or sent, whatever was under way. */
    public void kill() {
        database.close();
        node.close();
        // One who has no time left to close does not wait for what runs.
        Thread.currentThread().interrupt();
        transactions.close();
        Thread.interrupted();
    }

    @Override
    public void close() {
        transactions.close();
        node.close();
        database.close();
    }
}
