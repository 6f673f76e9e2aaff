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
final class Life implements AutoCloseable {
    final Metrics metrics = new Metrics();
    final Transfers transfers = new Transfers();
    final Database database;
    final Node node;
    final Transactions transactions;

    Life(DatabaseConfig config, URI node) {
        this(config, node, transfers -> { });
    }

    Life(DatabaseConfig config, URI address, java.util.function.Consumer<Transfers> setUp) {
        setUp.accept(transfers);
        database = Database.open(config, metrics);
        node = GrpcNode.open(NodeConfig.of(List.of(address)), metrics);
        transactions = Transactions.open(database, node, List.of(transfers), metrics);
    }

    /** Sends under a key, as a request with this deadline would. */
    Reply send(String key, Intent intent, Duration patience) {
        var context = new RequestContext("test", Deadline.after(patience));
        return ScopedValue.where(RequestContext.CURRENT, context).call(() ->
                transactions.idempotency().run(Optional.of(key(key, intent.parameters())), claim -> transactions.send(intent, claim)));
    }

    static IdempotencyKey key(String key, String body) {
        return IdempotencyKey.of("POST", "/test", key, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Outcome send(Intent intent, Duration patience) {
        var context = new RequestContext("test", Deadline.after(patience));
        return ScopedValue.where(RequestContext.CURRENT, context).call(() -> transactions.send(intent));
    }

    long count(String name, String... labels) {
        return metrics.counter(name, "", labels).value();
    }

    /** As near to kill -9 as one JVM comes: nothing more is written or sent, whatever was under way. */
    void kill() {
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
