package suiload.localnet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import suiload.localnet.LedgerConfig.Durability;

/**
 * An append-only file of records: length (u32), CRC-32C (u32), payload, little-endian. Records are appended in memory,
 * one thread writes what has gathered and has the disk confirm it once for all: many transactions share one fsync.
 *
 * <p>In the first record of a batch a mark and the record's own place come before the payload: everything before that place
 * was on the disk by the time the record was written. So a torn tail, as a crash leaves it, which is cut off at opening, can be told
 * from damage to what the disk had confirmed, with which no ledger is opened.
 */
final class Journal implements AutoCloseable {
    private static final int HEADER = 8;
    /** Of a record that begins a batch, before its payload: {@link #MARK}, then its place in the file (u64). */
    private static final int MARK_LENGTH = 16;
    /** Its last byte is the first in the file, and no record of the ledger begins with that. */
    private static final long MARK = 0x53_4c_42_41_54_43_48_fbL;
    /** What a record that begins a batch has at least. */
    static final int BATCH_RECORD_MIN = HEADER + MARK_LENGTH;
    private static final int MAX_RECORD = 16 << 20;
    /** Bytes that may wait to be written; a producer that is further ahead waits. */
    private static final int MAX_PENDING = 64 << 20;
    /** How long records gather before the disk is asked, as long as they come several at a time: each asking costs CPU time. */
    private static final long GATHER_NANOS = 1_000_000;

    /** A record as it was found. */
    interface Visitor {
        /** @param end where the next record begins */
        void record(long place, long end, byte[] payload);
    }

    private final Path path;
    private final FileChannel file;
    private final Durability durability;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gathered = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Thread writer;
    private byte[] pending = new byte[1 << 16];
    private int pendingLength;
    private int pendingRecords;
    private long appended;
    private volatile long durable;
    private IOException failure;
    private boolean closed;

    private Journal(Path path, FileChannel file, Durability durability, long length) {
        this.path = path;
        this.file = file;
        this.durability = durability;
        appended = length;
        durable = length;
        writer = Thread.ofPlatform().name("ledger-journal").daemon(true).unstarted(this::write);
    }

    /**
     * Opens the file, shows {@code visitor} the records from {@code start} on, and cuts off what is no whole record.
     *
     * @throws LedgerException when it cannot be read, or is shorter than {@code start}
     */
    static Journal open(Path path, Durability durability, long start, Visitor visitor) {
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                return open(path, file, durability, start, visitor);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LedgerException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static Journal open(Path path, FileChannel file, Durability durability, long start, Visitor visitor) throws IOException {
        if (file.size() < start) {
            throw new LedgerException(path + " is shorter than its snapshot says: " + file.size() + " of " + start);
        }
        long end = new Replay(file).from(start, visitor);
        if (file.size() > end) new JournalTail(path, file, end).keep();
        file.truncate(end);
        // A process that was killed leaves records which the disk need not have yet; from here on all of them count as durable.
        if (durability == Durability.DISK) file.force(false);
        file.position(end);
        var journal = new Journal(path, file, durability, end);
        journal.writer.start();
        return journal;
    }

    /** Whether a whole record at {@code place} begins a batch; {@code bytes} has its beginning at {@code index}. */
    static boolean beginsBatch(ByteBuffer bytes, int index, FileChannel file, long place) throws IOException {
        if (bytes.getLong(index + HEADER) != MARK || bytes.getLong(index + HEADER + 8) != place) return false;
        int length = bytes.getInt(index);
        if (!isLength(length) || place + HEADER + length > file.size()) return false;
        return checksum(readFully(file, place + HEADER, length).array()) == bytes.getInt(index + 4);
    }

    private static boolean isLength(int length) {
        return length > 0 && length <= MAX_RECORD;
    }

    /** What a record at {@code place} holds, without the mark of a batch. */
    private static byte[] payload(byte[] record, long place) {
        if (record.length < MARK_LENGTH) return record;
        ByteBuffer bytes = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
        boolean marked = bytes.getLong(0) == MARK && bytes.getLong(8) == place;
        return marked ? Arrays.copyOfRange(record, MARK_LENGTH, record.length) : record;
    }

    /** Reads records one after another through a large buffer. */
    private static final class Replay {
        private final FileChannel file;
        private ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN).limit(0);
        private long place;

        Replay(FileChannel file) {
            this.file = file;
        }

        /** Where the first byte that belongs to no whole record is. */
        long from(long start, Visitor visitor) throws IOException {
            place = start;
            file.position(start);
            while (fill(HEADER)) {
                int length = buffer.getInt(buffer.position());
                int sum = buffer.getInt(buffer.position() + 4);
                if (!isLength(length) || !fill(HEADER + length)) return place;
                byte[] record = new byte[length];
                buffer.get(buffer.position() + HEADER, record);
                if (checksum(record) != sum) return place;
                buffer.position(buffer.position() + HEADER + length);
                visitor.record(place, place + HEADER + length, payload(record, place));
                place += HEADER + length;
            }
            return place;
        }

        /** Whether the buffer has {@code count} bytes now. */
        private boolean fill(int count) throws IOException {
            if (buffer.remaining() >= count) return true;
            if (count > buffer.capacity()) {
                buffer = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN).put(buffer);
            } else {
                buffer.compact();
            }
            while (buffer.position() < count && file.read(buffer) > 0) { }
            buffer.flip();
            return buffer.remaining() >= count;
        }
    }

    /** Where the next record will be. */
    long end() {
        lock.lock();
        try {
            return appended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Appends a record in memory.
     *
     * @return its end, for {@link #awaitDurable}
     * @throws LedgerException once the disk has refused a write
     */
    long append(byte[] payload) {
        lock.lock();
        try {
            while (pendingLength > MAX_PENDING && failure == null) written.awaitUninterruptibly();
            checkUsable();
            // Without the disk's confirmation a mark would say what nobody knows.
            boolean marked = pendingLength == 0 && durability == Durability.DISK;
            byte[] record = marked ? marked(payload, appended) : payload;
            int length = HEADER + record.length;
            int needed = pendingLength + length;
            if (needed > pending.length) pending = Arrays.copyOf(pending, Math.max(2 * pending.length, needed));
            ByteBuffer.wrap(pending).order(ByteOrder.LITTLE_ENDIAN).position(pendingLength)
                    .putInt(record.length).putInt(checksum(record)).put(record);
            pendingLength += length;
            pendingRecords++;
            appended += length;
            gathered.signal();
            return appended;
        } finally {
            lock.unlock();
        }
    }

    private static byte[] marked(byte[] payload, long place) {
        return ByteBuffer.allocate(MARK_LENGTH + payload.length).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MARK).putLong(place).put(payload).array();
    }

    /** Waits until everything before {@code end} is durable; closing the journal makes it so, too. */
    void awaitDurable(long end) throws InterruptedException {
        if (durable >= end) return;
        lock.lock();
        try {
            while (durable < end) {
                checkDisk();
                written.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A record that was read by its place, and where the next one is. */
    record Found(byte[] payload, long next) {}

    /** Any thread may read, each with a reader of its own: a thread that is interrupted closes the file that it reads from. */
    Reader reader() {
        try {
            return new Reader(FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    private static LedgerException cannotRead(IOException e) {
        return new LedgerException("cannot read the journal: " + e.getMessage(), e);
    }

    /** Reads records by their places, for one thread. */
    final class Reader implements AutoCloseable {
        private final FileChannel channel;

        private Reader(FileChannel channel) {
            this.channel = channel;
        }

        Found read(long place) {
            try {
                awaitDurable(place + 1);
                ByteBuffer header = readFully(channel, place, HEADER);
                int length = header.getInt(0);
                if (!isLength(length)) throw new LedgerException("the journal is damaged at byte " + place);
                byte[] record = readFully(channel, place + HEADER, length).array();
                if (checksum(record) != header.getInt(4)) throw new LedgerException("the journal is damaged at byte " + place);
                return new Found(payload(record, place), place + HEADER + length);
            } catch (IOException e) {
                throw cannotRead(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LedgerException("interrupted while reading the journal", e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw cannotRead(e);
            }
        }
    }

    /** Has the disk confirm what is written, whatever the durability. */
    void force() throws IOException {
        try (FileChannel same = FileChannel.open(path, StandardOpenOption.WRITE)) {
            same.force(false);
        }
    }

    static ByteBuffer readFully(FileChannel file, long place, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, place + buffer.position()) < 0) {
                throw new LedgerException("the journal ends before byte " + (place + length));
            }
        }
        return buffer;
    }

    private void checkDisk() {
        if (failure != null) throw new LedgerException("the journal cannot be written: " + failure.getMessage(), failure);
    }

    private void checkUsable() {
        checkDisk();
        if (closed) throw new LedgerException("the ledger is closed");
    }

    /** The writer's life: a platform thread of its own, for a write that is interrupted would close the file. */
    private void write() {
        byte[] batch = new byte[0];
        boolean crowded = false;
        while (awaitPending()) {
            if (crowded) LockSupport.parkNanos(GATHER_NANOS);
            int length;
            lock.lock();
            try {
                byte[] gatheredBytes = pending;
                pending = batch.length == 0 ? new byte[1 << 16] : batch;
                batch = gatheredBytes;
                length = pendingLength;
                pendingLength = 0;
                crowded = pendingRecords > 1 && durability == Durability.DISK;
                pendingRecords = 0;
            } finally {
                lock.unlock();
            }
            if (!store(batch, length)) return;
        }
    }

    /** False once the journal is closed and all is written. */
    private boolean awaitPending() {
        lock.lock();
        try {
            while (pendingLength == 0 && !closed) gathered.awaitUninterruptibly();
            return pendingLength > 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean store(byte[] batch, int length) {
        IOException refused = null;
        try {
            ByteBuffer bytes = ByteBuffer.wrap(batch, 0, length);
            while (bytes.hasRemaining()) file.write(bytes);
            if (durability == Durability.DISK) file.force(false);
        } catch (IOException e) {
            refused = e;
        }
        lock.lock();
        try {
            if (refused == null) durable += length;
            failure = refused;
            written.signalAll();
            return refused == null;
        } finally {
            lock.unlock();
        }
    }

    private static int checksum(byte[] payload) {
        var crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }

    /** Writes what has gathered, then closes the file. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            gathered.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new LedgerException("cannot close the journal: " + e.getMessage(), e);
        }
    }
}
