package suiload.users;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import suiload.metrics.Metrics;
import suiload.store.CannotStart;
import suiload.store.DataFolder;
import suiload.store.Database;
import suiload.store.DatabaseConfig;
import suiload.store.DatabaseException;
import suiload.store.EmbeddedPostgres;
import suiload.store.Schema;

/** The command {@code rotate-keys}: with the service running, in its database; without, in the one it would start. */
public final class RotateKeysMain {
    private static final int CONNECTIONS = 2;

    private RotateKeysMain() {
    }

    /**
     * Where everything is.
     *
     * @param data     the service's data folder
     * @param database its database where that is not the embedded one
     * @param home     where {@code build/postgres} and {@code conf/schema} are
     */
    public record Places(Path data, Optional<DatabaseConfig> database, Path home) {}

    /** @return the exit code: 0, or 1 after one line on {@code complaints} */
    public static int run(Places places, PrintStream out, PrintStream complaints) {
        try {
            if (!Files.exists(places.data().resolve("master.key"))) {
                throw new CannotStart("there is no " + places.data().resolve("master.key") + ": nothing to rotate");
            }
            // One at a time: two would each make a key of the same number.
            DataFolder alone = DataFolder.open(places.data().resolve("rotation"), "suiload rotate-keys");
            try {
                rotate(places, out);
                return 0;
            } finally {
                alone.close();
            }
        } catch (CannotStart | DatabaseException e) {
            complaints.println("suiload rotate-keys: " + e.getMessage());
            return 1;
        }
    }

    private static void rotate(Places places, PrintStream out) {
        Optional<DataFolder> offline = lock(places.data());
        try {
            if (places.database().isPresent()) {
                rotate(places, places.database().get(), offline.isPresent(), out);
            } else if (offline.isPresent()) {
                try (var postgres = EmbeddedPostgres.start(places.home().resolve("build/postgres"), places.data().resolve("postgres"))) {
                    rotate(places, postgres.config(), true, out);
                }
            } else {
                DatabaseConfig running = EmbeddedPostgres.running(places.data().resolve("postgres"))
                        .orElseThrow(() -> new CannotStart("a service uses " + places.data() + ", but its database does not run (yet)"));
                rotate(places, running, false, out);
            }
        } finally {
            offline.ifPresent(DataFolder::close);
        }
    }

    /** Empty while a service runs. */
    private static Optional<DataFolder> lock(Path data) {
        try {
            return Optional.of(DataFolder.open(data, "suiload rotate-keys"));
        } catch (CannotStart inUse) {
            return Optional.empty();
        }
    }

    private static void rotate(Places places, DatabaseConfig config, boolean offline, PrintStream out) {
        var random = new SecureRandom();
        long began = System.nanoTime();
        try (Database database = Database.open(config.withConnections(CONNECTIONS), new Metrics())) {
            if (offline) Schema.migrate(database, places.home().resolve("conf/schema"));
            var store = new UserStore(database);
            var rotation = new KeyRotation(store, MasterKeyFile.open(places.data().resolve("master.key"), store, random), random);
            KeyRotation.Result result = rotation.run();
            out.println((result.resumed() ? "finished a rotation that was cut off: " : "") + result.resealed()
                    + " users' keys resealed under master key " + result.masterKey() + " in "
                    + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
            if (offline) out.println(rotation.dropOld() + " older master key(s) dropped");
            else out.println("older master keys stay in the file: run it again while the service is stopped to drop them");
        }
    }
}
