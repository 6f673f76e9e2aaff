package suiload.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that holds everything the service keeps, and the proof that we are alone in it: an operating-system lock on its file
 * {@code lock}, which ends with the process however it dies.
 */
public final class DataFolder implements AutoCloseable {
    /** A database that fills its disk stops in the middle of work; better not to start. */
    private static final long FREE_BYTES_MIN = 128L << 20;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Creates the folder where it is missing and takes its lock.
     *
     * @param holder what to tell the next one who tries, for example {@code suiload serve on port 4321}
     * @throws CannotStart if another process holds the lock, the folder cannot be used or its disk is full
     */
    public static DataFolder open(Path folder, String holder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < FREE_BYTES_MIN) {
                throw new CannotStart("the disk of " + path + " is full: " + (free >> 20) + " MiB free, at least "
                        + (FREE_BYTES_MIN >> 20) + " MiB needed; free some or set DATA_DIR");
            }
            return lock(path, holder);
        } catch (IOException e) {
            throw new CannotStart("cannot use the data folder " + path + ": " + reason(e) + "; set DATA_DIR to a folder of yours", e);
        }
    }

    private static DataFolder lock(Path path, String holder) throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) throw new CannotStart("the data folder " + path + " is in use by " + read(channel));
            write(channel, "process " + ProcessHandle.current().pid() + " (" + holder + ")\n");
            return new DataFolder(path, channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(200);
        channel.read(text, 0);
        String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
        return holder.isEmpty() ? "another process" : holder;
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** What is wrong, in a few words: an I/O exception's message is often just the file's name. */
    static String reason(IOException failure) {
        return switch (failure) {
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.FileAlreadyExistsException e -> e.getFile() + " is not a folder";
            case java.nio.file.FileSystemException e when e.getReason() != null -> e.getReason();
            default -> failure.getMessage();
        };
    }

    /** Absolute. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
        } catch (IOException e) {
            throw new CannotStart("cannot give up the lock of " + path, e);
        }
    }
}
