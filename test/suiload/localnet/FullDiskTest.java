package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.SignedTransaction;

/** Goal: nobody is told of what the next start will not know. Method: a journal on a device that is always full. */
class FullDiskTest {
    private TestNetwork network;
    private Path journal;

    @BeforeEach
    void open() throws IOException {
        network = TestNetwork.create();
        network.ledger.close();
        journal = network.directory.resolve("journal");
        Files.delete(journal);
        Files.createSymbolicLink(journal, Path.of("/dev/full"));
        network.open();
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    @Test
    void whatIsNotOnTheDiskIsNotFound() throws IOException {
        var ptb = new TestNetwork.Ptb();
        ptb.transfer(TestNetwork.address(TestNetwork.key(1)), ptb.split(new Argument.GasCoin(), 1));
        SignedTransaction signed = SignedTransaction.sign(network.data(network.funder(), ptb), network.funder());
        assertThrows(LedgerException.class, () -> network.ledger.execute(signed.transaction(), signed.signatures()));
        assertThrows(LedgerException.class, () -> network.ledger.transaction(signed.digest()));
        Address sender = TestNetwork.address(network.funder());
        assertThrows(LedgerException.class, () -> network.ledger.object(signed.data().gas().payment().getFirst().id()));
        assertThrows(LedgerException.class, () -> network.ledger.owned(sender, Optional.empty(), Optional.empty(), 1000));
        assertThrows(LedgerException.class, () -> network.ledger.balances(sender));
        assertTrue(network.ledger.object(Address.CLOCK).isPresent(), "what was there before is");
        assertThrows(LedgerException.class, () -> network.ledger.close());
        Files.delete(journal);
        network.open();
        assertEquals(Optional.empty(), network.ledger.transaction(signed.digest()));
    }

    @Test
    void aCheckpointThatIsNotOnTheDiskIsNotTold() {
        List<Checkpoint> heard = new ArrayList<>();
        try (var _ = network.ledger.subscribe(heard::add)) {
            assertThrows(LedgerException.class, () -> network.ledger.checkpointNow());
        }
        assertEquals(List.of(), heard);
        assertEquals(0, network.ledger.latestCheckpoint().sequence());
        assertThrows(LedgerException.class, () -> network.ledger.checkpoint(1));
    }
}
