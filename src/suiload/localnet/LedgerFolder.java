package suiload.localnet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import suiload.bcs.BcsException;

/** A ledger's files: {@code lock}, {@code genesis} (secret), {@code journal} and what was cut off it ({@code journal.cut-1}…),
 * {@code snapshot} and its {@code increments}; one process at a time. */
final class LedgerFolder implements AutoCloseable {
    private final Path directory;
    private final FileChannel lock;

    private LedgerFolder(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** @throws LedgerException when somebody else has it */
    static LedgerFolder lock(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new LedgerException("the embedded network's folder " + directory + " is in use by another process");
            }
            return new LedgerFolder(directory, channel);
        } catch (FileSystemException e) {
            throw new LedgerException("cannot use the folder " + directory + ": " + e, e);
        } catch (IOException e) {
            throw new LedgerException("cannot use the folder " + directory + ": " + e.getMessage(), e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // The same process has it.
            return false;
        }
    }

    Path journal() {
        return directory.resolve("journal");
    }

    Path snapshot() {
        return directory.resolve("snapshot");
    }

    Path increments() {
        return directory.resolve("increments");
    }

    /** The genesis of this folder, made now when it has none. */
    Genesis genesis(LedgerConfig config) {
        Path path = directory.resolve("genesis");
        try {
            if (Files.exists(path)) return Genesis.decode(Files.readAllBytes(path));
            if (Files.exists(journal())) {
                throw new LedgerException(directory + " has a journal but no genesis: delete the folder to begin again");
            }
            Genesis genesis = Genesis.create(config.random(), config.clock().instant().toEpochMilli());
            Path draft = directory.resolve("genesis.new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(draft, genesis.encode());
            // The journal is on the disk transaction by transaction: without this it could be there after a power cut, and not its seed.
            try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            return genesis;
        } catch (BcsException | IOException e) {
            throw new LedgerException("cannot use " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LedgerException("cannot unlock " + directory + ": " + e.getMessage(), e);
        }
    }
}
