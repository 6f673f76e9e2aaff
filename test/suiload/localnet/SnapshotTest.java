package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import suiload.chain.Digest;

/** Goal: a snapshot that cannot be written costs nothing. Method: a place over which no file can be moved. */
class SnapshotTest {
    @TempDir
    private Path folder;

    @Test
    void aRefusedSnapshotLeavesNothingBehind() throws IOException {
        Path path = folder.resolve("snapshot");
        Files.createDirectories(path.resolve("in the way"));
        var snapshot = new Snapshot(path, new ObjectTypes(MoveTypes.known()));
        var chain = new CheckpointChain(CheckpointRecord.genesis(0, Digest.ZERO));
        var capture = new Snapshot.Capture(0, chain, new DigestIndex(0), new byte[40], new LedgerObject[0]);
        assertThrows(IOException.class, () -> snapshot.write(capture));
        assertFalse(Files.exists(folder.resolve("snapshot.new")));
    }
}
