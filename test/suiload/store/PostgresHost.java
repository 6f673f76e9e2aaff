package suiload.store;

import java.io.IOException;
import java.nio.file.Path;

/** A program that runs an embedded PostgreSQL until it is killed: prints one line, {@code <port> <pid of the server>}. */
public final class PostgresHost {
    private PostgresHost() {
    }

    /** @param args where the binaries are, and the folder */
    public static void main(String[] args) throws IOException {
        try (var postgres = EmbeddedPostgres.start(Path.of(args[0]), Path.of(args[1]))) {
            System.out.println(postgres.port() + " " + postgres.process().orElseThrow().pid());
            while (System.in.read() >= 0) continue;
        } catch (CannotStart e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
