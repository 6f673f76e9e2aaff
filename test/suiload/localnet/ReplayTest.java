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
        Path copy = copy(network.directory, "copy", withSnapshot);
        shorten(copy.resolve("journal"), missingBytes);
        return open(copy);
    }

    private Path copy(Path folder, String name, boolean withSnapshot) throws IOException {
        Path copy = Files.createDirectories(network.directory.resolve(name));
        for (String file : List.of("genesis", "journal", "snapshot", "increments")) {
            Path from = folder.resolve(file);
            Files.deleteIfExists(copy.resolve(file));
            if (Files.exists(from) && (withSnapshot || file.equals("genesis") || file.equals("journal"))) Files.copy(from, copy.resolve(file));
        }
        return copy;
    }

    private static void shorten(Path file, int missingBytes) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - missingBytes));
    }

    private static Ledger open(Path copy) {
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

    /** Goal: the type of an object is read again, deeper though it is than a client's type may be. Method: a coin of the deepest. */
    @Test
    void anObjectOfTheDeepestTypeIsRead() throws IOException {
        TypeTag deepest = TypeTag.U64;
        for (int i = 0; i < TypeTag.MAX_DEPTH; i++) deepest = TypeTag.of(StructTag.of(Address.MOVE_STDLIB, "option", "Option", deepest));
        var ptb = new TestNetwork.Ptb();
        Address owner = TestNetwork.address(TestNetwork.key(1));
        ptb.transfer(owner, ptb.generic(Address.SUI_FRAMEWORK, "coin", "zero", List.of(deepest)));
        TestNetwork.require(network.run(network.funder(), ptb));
        Address coin = ids(network.ledger, owner).getFirst();
        network.reopen();
        assertTrue(network.ledger.object(coin).isPresent());
        // Were the snapshot not read, it could not miss the journal.
        Path copy = copy(network.directory, "copy", true);
        Files.writeString(copy.resolve("journal"), "");
        assertThrows(LedgerException.class, () -> open(copy));
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

    /** A snapshot, and two increments on top of it. */
    private Digest incremented() throws IOException {
        var workload = new Workload(network, 7);
        for (int i = 0; i < 3; i++) {
            workload.run(60);
            network.reopen();
        }
        return network.ledger.stateHash();
    }

    @Test
    void incrementsAreTheSameState() throws IOException {
        Digest hash = incremented();
        Path increments = network.directory.resolve("increments");
        assertTrue(Files.exists(increments));
        Path copy = copy(network.directory, "copy", true);
        try (Ledger again = open(copy)) {
            assertEquals(hash, again.stateHash());
            Address owner = TestNetwork.address(TestNetwork.key(1));
            assertEquals(network.ledger.balances(owner), again.balances(owner));
            assertEquals(ids(network.ledger, owner), ids(again, owner));
            Digest first = network.ledger.latestCheckpoint().digest();
            assertEquals(first, again.latestCheckpoint().digest());
        }
        // Were the increments not read, the snapshot alone would lack the journal's end.
        Files.writeString(copy.resolve("journal"), "");
        assertThrows(LedgerException.class, () -> open(copy));
        new Workload(network, 8).run(20);
        Digest after = network.ledger.stateHash();
        try (Ledger again = openCopy(true, 0)) {
            assertEquals(after, again.stateHash());
        }
    }

    @Test
    void aTornIncrementIsReplacedByTheNext() throws IOException {
        Digest hash = incremented();
        Path copy = copy(network.directory, "copy", true);
        int whole = Math.toIntExact(Files.size(copy.resolve("increments")));
        for (int missing : new int[] {1, whole / 4, whole * 3 / 4, whole - 5, whole}) {
            copy(network.directory, "copy", true);
            shorten(copy.resolve("increments"), missing);
            try (Ledger again = open(copy)) {
                assertEquals(hash, again.stateHash(), missing + " bytes missing");
            }
            assertTrue(Files.size(copy.resolve("increments")) > whole / 2, "closing wrote what was missing");
            try (Ledger again = open(copy); Ledger replayed = open(copy(copy, "replayed", false))) {
                assertEquals(replayed.stateHash(), again.stateHash());
            }
        }
    }

    @Test
    void aDamagedIncrementIsAsGoodAsNone() throws IOException {
        Digest hash = incremented();
        byte[] bytes = Files.readAllBytes(network.directory.resolve("increments"));
        for (int at : new int[] {2, 9, 14, 18, bytes.length / 3, bytes.length - 3}) {
            Path copy = copy(network.directory, "copy", true);
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x11;
            Files.write(copy.resolve("increments"), damaged);
            try (Ledger again = open(copy)) {
                assertEquals(hash, again.stateHash(), "byte " + at);
            }
        }
    }

    /** As a crash leaves it between a new snapshot and its first increment. */
    @Test
    void incrementsOfAFormerSnapshotAreIgnored() throws IOException {
        incremented();
        byte[] former = Files.readAllBytes(network.directory.resolve("increments"));
        Files.delete(network.directory.resolve("snapshot"));
        network.reopen();
        new Workload(network, 9).run(5);
        network.reopen();
        Digest hash = network.ledger.stateHash();
        Path copy = copy(network.directory, "copy", true);
        Files.write(copy.resolve("increments"), former);
        try (Ledger again = open(copy)) {
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
