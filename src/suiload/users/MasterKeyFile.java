package suiload.users;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import suiload.crypto.MasterKey;
import suiload.store.CannotStart;

/**
 * The master keys, one a line: number, space, 64 hex digits. The highest number seals, all open. Only its owner may read the file;
 * whoever loses it loses every test user. It is read again when it changes, so keys rotate under a running service.
 */
public final class MasterKeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String HEADER = "# suiload's master keys: the last one seals the users' keys, all open them. Keep this file, keep it secret.\n";

    private final Path path;
    private final ReentrantLock lock = new ReentrantLock();
    private NavigableMap<Integer, MasterKey> keys = new TreeMap<>();
    private Optional<Stamp> read = Optional.empty();

    /** Tells one state of the file from another. Time alone does not: two writes may fall into one tick of the file system's clock. */
    private record Stamp(FileTime modified, Object inode, long size) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.fileKey(), attributes.size());
        }
    }

    private MasterKeyFile(Path path) {
        this.path = path;
    }

    /**
     * Opens the file; where nothing is sealed yet, makes it with one key.
     *
     * @throws CannotStart if it is not there though the store holds users, cannot be read, holds anything but keys, or others than its
     *     owner may touch it
     */
    public static MasterKeyFile open(Path path, UserStore store, SecureRandom random) {
        if (Files.exists(path) || store.isEmpty()) return open(path, random);
        throw new CannotStart("the database holds users, but the master key that their keys are sealed with is not in " + path
                + ": put that file back, or use a new database");
    }

    static MasterKeyFile open(Path path, SecureRandom random) {
        var file = new MasterKeyFile(path);
        if (!Files.exists(path)) file.write(Set.of(MasterKey.generate(1, random)));
        file.newest();
        return file;
    }

    /** The key to seal with. */
    public MasterKey newest() {
        return current().lastEntry().getValue();
    }

    /** @throws IllegalStateException if the file has no key of this number (any more) */
    public MasterKey key(int id) {
        MasterKey key = current().get(id);
        if (key == null) throw new IllegalStateException("master key " + id + " is not in " + path + ": was the file replaced?");
        return key;
    }

    /** All of them, oldest first. */
    public Collection<MasterKey> all() {
        return current().values();
    }

    /** Replaces the file as a whole and durably: a crash leaves the old one or the new one. */
    public void write(Collection<MasterKey> all) {
        String text = HEADER + all.stream().map(key -> key.id() + " " + key.hex() + "\n").collect(Collectors.joining());
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw new CannotStart("cannot write the master keys to " + path + ": " + e.getMessage(), e);
        }
    }

    private NavigableMap<Integer, MasterKey> current() {
        lock.lock();
        try {
            Optional<Stamp> now = Optional.of(Stamp.of(path));
            if (!now.equals(read)) {
                keys = read();
                read = now;
            }
            return keys;
        } catch (NoSuchFileException e) {
            throw new CannotStart("the master key file " + path + " is gone", e);
        } catch (IOException e) {
            throw new CannotStart("cannot read the master keys in " + path + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private NavigableMap<Integer, MasterKey> read() throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (!OWNER_ONLY.containsAll(mode)) {
            throw new CannotStart("the master key file " + path + " has mode " + PosixFilePermissions.toString(mode)
                    + ": only its owner may read it (chmod 600 " + path + ")");
        }
        NavigableMap<Integer, MasterKey> read = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(path)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) continue;
            MasterKey key = key(line, number);
            if (read.put(key.id(), key) != null) throw new CannotStart(path + " line " + number + ": key " + key.id() + " is there twice");
        }
        if (read.isEmpty()) throw new CannotStart("the master key file " + path + " holds no key");
        return read;
    }

    /** The line itself is secret: messages name its number only. */
    private MasterKey key(String line, int number) {
        String[] words = line.strip().split(" +");
        try {
            return MasterKey.ofHex(Integer.parseInt(words[0]), words[1]);
        } catch (RuntimeException e) {
            throw new CannotStart(path + " line " + number + ": a number, a space and 64 hex digits expected");
        }
    }
}
