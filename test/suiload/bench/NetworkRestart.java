package suiload.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import suiload.chain.Digest;
import suiload.localnet.Ledger;
import suiload.localnet.LedgerConfig;

/**
 * How soon the embedded network is there again after {@code kill -9}, and whether with the same state. It is filled through its real
 * front, killed, and started again, to so many transactions as each argument says, one after another. The state that it starts from, a
 * snapshot and the journal after it, must be the one that the journal gives by itself from the first transaction on.
 *
 * <p>{@code NetworkRestart [TRANSACTIONS…]}, 100,000 and 1,000,000 unless told.
 */
public final class NetworkRestart {
    private static final int SENDERS = 32;
    private static final int ROUNDS = 3;

    private NetworkRestart() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Integer> sizes = arguments.length == 0 ? List.of(100_000, 1_000_000) : Stream.of(arguments).map(Integer::parseInt).toList();
        orderlyLife();
        Path data = NetworkProcess.newFolder();
        try {
            int sent = 0;
            for (int size : sizes) {
                fillAndKill(data, size - sent);
                sent = size;
                restart(data);
            }
        } finally {
            NetworkProcess.delete(data);
        }
    }

    /** The first one after a build writes the class archive, which no process that is killed can. */
    private static void orderlyLife() throws IOException {
        Path data = NetworkProcess.newFolder();
        NetworkProcess.start(data, false).close();
        NetworkProcess.delete(data);
    }

    private static void fillAndKill(Path data, int count) throws IOException, InterruptedException {
        try (NetworkProcess network = NetworkProcess.start(data, false)) {
            NetworkSends.fill(network, count, SENDERS);
            network.kill();
        }
    }

    private static void restart(Path data) throws IOException, InterruptedException {
        Path copy = copy(data, "snapshot", "increments", "journal", "genesis");
        Path journal = copy(data, "journal", "genesis");
        try {
            for (int i = 0; i < ROUNDS; i++) {
                try (NetworkProcess network = NetworkProcess.start(data, false)) {
                    System.out.printf("after kill -9: ready %.2f s after the command, resident %,d MB%n",
                            network.readyAfter().toMillis() / 1e3, network.residentMb());
                    network.kill();
                }
            }
            long bytes = Files.size(journal.resolve("journal"));
            State snapshotAndTail = state(copy);
            State journalAlone = state(journal);
            System.out.printf("%,d transactions, journal %,d MB; state of snapshot and tail %s, of the journal alone %s%n",
                    snapshotAndTail.transactions, bytes / 1_000_000, snapshotAndTail.hash, journalAlone.hash);
            if (!snapshotAndTail.equals(journalAlone)) throw new IllegalStateException("the snapshot and the journal do not agree");
        } finally {
            NetworkProcess.delete(copy);
            NetworkProcess.delete(journal);
        }
    }

    private static Path copy(Path data, String... files) throws IOException {
        Path copy = NetworkProcess.newFolder();
        for (String file : files) {
            Path from = data.resolve("ledger").resolve(file);
            if (Files.exists(from)) Files.copy(from, copy.resolve(file));
        }
        return copy;
    }

    private record State(long transactions, Digest hash) {}

    /** As it was left. Closing adds a checkpoint, so no folder can be asked twice. */
    private static State state(Path folder) {
        try (Ledger ledger = Ledger.open(new LedgerConfig(folder, InstantSource.system(), new SecureRandom(), Duration.ZERO,
                LedgerConfig.Durability.PROCESS))) {
            return new State(ledger.latestCheckpoint().totalTransactions(), ledger.stateHash());
        }
    }
}
