package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** Goal: a ledger that is opened again is the ledger that was. Method: a seeded mixture of transactions, then every way to come back. */
class ReplayTest {
    private static final int TRANSACTIONS = 400;

    private TestNetwork network;

    @BeforeEach
    void open() throws IOException {
        network = TestNetwork.create();
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    /** What has been written so far, as {@code kill -9} leaves it, opened in another place. */
    private Ledger openCopy(boolean withSnapshot, int missingBytes) throws IOException {
        Path copy = Files.createDirectories(network.directory.resolve("copy"));
        for (String name : List.of("genesis", "journal", "snapshot")) {
            Path from = network.directory.resolve(name);
            Files.deleteIfExists(copy.resolve(name));
            if (Files.exists(from) && (withSnapshot || !name.equals("snapshot"))) Files.copy(from, copy.resolve(name));
        }
        byte[] journal = Files.readAllBytes(copy.resolve("journal"));
        Files.write(copy.resolve("journal"), java.util.Arrays.copyOf(journal, journal.length - missingBytes));
        return Ledger.open(new LedgerConfig(copy, java.time.InstantSource.system(), new java.security.SecureRandom(),
                java.time.Duration.ZERO,
                LedgerConfig.Durability.PROCESS));
    }

    @Test
    void aReplayMeetsTheSameState() throws IOException {
        var workload = new Workload(network, 1);
        workload.run(TRANSACTIONS);
        Digest hash = network.ledger.stateHash();
        Checkpoint latest = network.ledger.latestCheckpoint();
        try (Ledger again = openCopy(false, 0)) {
            assertEquals(hash, again.stateHash());
            assertEquals(latest.digest(), again.latestCheckpoint().digest());
            assertEquals(network.ledger.chainId(), again.chainId());
            assertEquals(network.ledger.fundedKey(), again.fundedKey());
        }
    }

    @Test
    void aSnapshotIsTheSameState() throws IOException {
        var workload = new Workload(network, 2);
        workload.run(TRANSACTIONS);
        network.reopen();
        assertTrue(Files.exists(network.directory.resolve("snapshot")));
        Digest fromSnapshot = network.ledger.stateHash();
        try (Ledger replayed = openCopy(false, 0)) {
            assertEquals(replayed.stateHash(), fromSnapshot);
            Address owner = TestNetwork.address(TestNetwork.key(1));
            assertEquals(replayed.balances(owner), network.ledger.balances(owner));
            assertEquals(ids(replayed, owner), ids(network.ledger, owner));
        }
        workload.run(50);
        Digest after = network.ledger.stateHash();
        assertNotEquals(fromSnapshot, after);
        try (Ledger snapshotAndTail = openCopy(true, 0); ) {
            assertEquals(after, snapshotAndTail.stateHash());
        }
    }

    /** Goal: whoever is killed after its work starts from a snapshot. Method: a busy checkpoint writes none yet, an empty one does. */
    @Test
    void restIsUsedForASnapshot() throws Exception {
        new Workload(network, 6).run(2 * (int) Snapshots.LEAST_WHEN_IDLE);
        network.ledger.checkpointNow();
        Path snapshot = network.directory.resolve("snapshot");
        assertFalse(Files.exists(snapshot), "not while there is work");
        network.ledger.checkpointNow();
        long end = System.nanoTime() + java.time.Duration.ofSeconds(30).toNanos();
        while (!Files.exists(snapshot) && System.nanoTime() < end) Thread.sleep(10);
        assertTrue(Files.exists(snapshot));
        Digest hash = network.ledger.stateHash();
        try (Ledger again = openCopy(true, 0)) {
            assertEquals(hash, again.stateHash());
        }
    }

    private static List<Address> ids(Ledger ledger, Address owner) {
        return ledger.owned(owner, Optional.empty(), Optional.empty(), 1000).items().stream().map(LedgerObject::id).toList();
    }

    @Test
    void aTornRecordLosesOnlyItself() throws IOException {
        new Workload(network, 3).run(20);
        var transaction = new TestNetwork.Ptb();
        transaction.call("config", "none");
        Digest before = network.ledger.stateHash();
        network.run(TestNetwork.key(1), transaction);
        try (Ledger again = openCopy(false, 1)) {
            assertEquals(before, again.stateHash());
        }
    }

    @Test
    void aDamagedSnapshotIsAsGoodAsNone() throws IOException {
        new Workload(network, 4).run(30);
        network.reopen();
        Digest hash = network.ledger.stateHash();
        Path snapshot = network.directory.resolve("snapshot");
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);
        try (Ledger again = openCopy(true, 0)) {
            assertEquals(hash, again.stateHash());
        }
    }

    @Test
    void sumsAreKept() {
        new Workload(network, 5).run(100);
        long coins = 0;
        for (int i = 0; i < 9; i++) {
            Address owner = TestNetwork.address(i == 0 ? network.funder() : TestNetwork.key(i));
            coins += network.ledger.balances(owner).getOrDefault(TypeTag.of(StructTag.SUI), 0L);
        }
        network.ledger.checkpointNow();
        long spent = 1_600_000_000_000_000_000L - coins;
        assertEquals(network.ledger.latestCheckpoint().epochGas().net(), spent, "what is gone from the coins is what gas took");
    }

    @Test
    void oneProcessAtATime() {
        assertThrows(LedgerException.class, network::open);
    }
}
