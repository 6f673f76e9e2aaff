package suiload.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the embedded server is tuned: small, quiet, on this machine only, and never acknowledging what a crash could lose. */
final class PostgresSettings {
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            // The largest DATABASE_POOL, with room for a person's psql and for key rotation.
            "max_connections=224",
            "shared_buffers=32MB",
            "work_mem=4MB",
            "synchronous_commit=on",
            "max_wal_size=256MB",
            "min_wal_size=32MB",
            // Fewer processes: nothing here replicates, runs parallel plans or reads asynchronously.
            "max_wal_senders=0",
            "wal_level=minimal",
            "max_worker_processes=2",
            "max_parallel_workers=0",
            "max_parallel_workers_per_gather=0",
            "max_logical_replication_workers=0",
            "io_method=sync",
            "autovacuum_max_workers=2",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            // Errors reach the client, who logs them; statements may hold what a log must not.
            "log_min_messages=fatal",
            "log_min_error_statement=panic",
            "log_checkpoints=off");

    private PostgresSettings() {
    }

    static List<String> arguments(Path cluster, int port) {
        List<String> arguments = new ArrayList<>(List.of("-D", cluster.toString(), "-p", String.valueOf(port)));
        for (String setting : SETTINGS) arguments.addAll(List.of("-c", setting));
        return arguments;
    }
}
