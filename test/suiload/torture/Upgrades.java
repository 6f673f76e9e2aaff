package suiload.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.DatabaseConfig;
import suiload.store.EmbeddedPostgres;
import suiload.store.Schema;

/** G2: a database of every schema version there ever was, with a user in it, migrates to the newest and keeps the user. */
final class Upgrades implements Promise {
    private static final Path SCHEMA = WholeService.HOME.resolve("conf/schema");

    @Override
    public String id() {
        return "G2";
    }

    @Override
    public String promised() {
        return "the schema of every version migrates, with data";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var findings = new Measured.Findings();
        try (var files = Files.list(SCHEMA);
                var postgres = EmbeddedPostgres.start(WholeService.HOME.resolve("build/postgres"), WholeService.newFolder().resolve("postgres"))) {
            List<Path> all = files.sorted().toList();
            for (int version = 1; version <= all.size(); version++) findings.add(migrates(postgres, all, version), "from %03d", version);
        }
        return findings.measured();
    }

    private static boolean migrates(EmbeddedPostgres postgres, List<Path> all, int version) throws IOException {
        Path old = WholeService.newFolder();
        for (Path file : all.subList(0, version)) Files.copy(file, old.resolve(file.getFileName()));
        String name = "version_" + version;
        try (Database admin = Database.open(postgres.config().withConnections(1), new Metrics())) {
            admin.update("CREATE DATABASE " + name);
        }
        DatabaseConfig config = postgres.config(name).withConnections(1);
        try (Database database = Database.open(config, new Metrics())) {
            Schema.migrate(database, old);
            database.update("INSERT INTO users (address, variant, sealed_secret) VALUES (decode(repeat('ab', 32), 'hex'), 'active', '\\x01')");
            return Schema.migrate(database, SCHEMA) == all.size() - version
                    && database.first("SELECT 1 AS one FROM users WHERE variant = 'active'", row -> true).isPresent();
        }
    }
}
