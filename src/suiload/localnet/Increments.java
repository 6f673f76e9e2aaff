package suiload.localnet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.StructTag;

/**
 * What has changed since the last whole snapshot, in a file that grows: which snapshot it continues, then a block for each increment.
 * So the newest state is always near, and nothing is written again and again. A torn or damaged block ends it: the journal has the rest.
 */
final class Increments {
    private static final int FORMAT = 0x534c4931;
    private static final int HEAD = 12;
    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final ObjectTypes objectTypes;
    /** The end in the journal of the snapshot that is continued. */
    private long base;
    /** Where the next one goes; 0: the file is begun anew. */
    private long end;
    private long objects;

    Increments(Path path, ObjectTypes objectTypes) {
        this.path = path;
        this.objectTypes = objectTypes;
    }

    /**
     * One increment, taken under the ledger's lock.
     *
     * @param journalEnd everything before it is in here, in the snapshot or in an earlier one
     * @param stateHash encoded {@link StateHash}
     * @param checkpoints new ones in order: key in a {@link DigestIndex} and place in the journal, u64 each
     * @param transactions new ones, likewise
     */
    record Capture(long journalEnd, CheckpointRecord latest, byte[] stateHash, byte[] checkpoints, byte[] transactions,
            List<Address> deleted, LedgerObject[] objects) {}

    /** How many objects are in it, each as often as it was written. */
    long objects() {
        return objects;
    }

    /** From now on another snapshot is continued, whose end in the journal this is. */
    void continues(long journalEnd) {
        base = journalEnd;
        end = 0;
        objects = 0;
    }

    /** @throws IOException when the disk refuses; the former ones stay */
    void append(Capture capture) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        if (end == 0) {
            out.writeInt(FORMAT);
            out.writeLong(base);
        }
        Blocks.write(out, encode(capture));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Behind a torn one, or over the increments of a former snapshot.
            file.truncate(end).position(end);
            write(file, ByteBuffer.wrap(bytes.toByteArray()));
        }
        end += bytes.size();
        objects += capture.objects.length;
    }

    private void write(FileChannel file, ByteBuffer rest) throws IOException {
        try {
            while (rest.hasRemaining()) file.write(rest);
            file.force(false);
        } catch (IOException e) {
            // On a full disk half an increment would hold the room that the journal needs to go on.
            file.truncate(end);
            throw e;
        }
    }

    private static byte[] encode(Capture capture) {
        Map<ObjectType, Integer> types = Snapshot.numbered(capture.objects);
        var out = new BcsWriter(1 << 16).u64(capture.journalEnd).fixed(capture.stateHash).fixed(capture.latest.encode())
                .bytes(capture.checkpoints).bytes(capture.transactions)
                .vector(capture.deleted, (w, id) -> id.write(w))
                .vector(types.keySet(), (w, type) -> type.tag().write(w)).u32(capture.objects.length);
        for (LedgerObject object : capture.objects) Snapshot.write(out, object, types);
        return out.toByteArray();
    }

    /** Reads the file on top of the snapshot that was just read, and is ready to continue it. */
    Snapshot.Content read(Snapshot.Content snapshot, CheckpointChain checkpoints) {
        continues(snapshot.journalEnd());
        if (!Files.exists(path)) return snapshot;
        var reading = new Reading(snapshot, checkpoints);
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
            if (in.readInt() != FORMAT || in.readLong() != base) return snapshot;
            end = HEAD;
            Blocks.inOrder(() -> next(in), this::decode, reading::use);
        } catch (EOFException | BcsException e) {
            // As far as it was whole.
            return reading.content;
        } catch (IOException e) {
            throw new LedgerException("cannot read " + path + ": " + e.getMessage(), e);
        }
        return reading.content;
    }

    private static Blocks.Block next(DataInputStream in) throws IOException {
        try {
            return Blocks.read(in);
        } catch (EOFException e) {
            return null;
        }
    }

    private record Decoded(int bytes, long journalEnd, StateHash hash, CheckpointRecord latest, byte[] checkpoints, byte[] transactions,
            List<Address> deleted, LedgerObject[] objects) {}

    private Decoded decode(byte[] bytes) {
        var in = new BcsReader(bytes);
        long journalEnd = in.u64();
        var hash = new StateHash();
        hash.read(in);
        CheckpointRecord latest = CheckpointRecord.read(in);
        byte[] checkpoints = in.bytes();
        byte[] transactions = in.bytes();
        List<Address> deleted = in.vector(Address::read);
        List<ObjectType> types = in.vector(StructTag::read).stream().map(objectTypes::of).toList();
        var objects = new LedgerObject[(int) in.u32()];
        for (int i = 0; i < objects.length; i++) objects[i] = Snapshot.readObject(in, types);
        in.end();
        return new Decoded(bytes.length, journalEnd, hash, latest, checkpoints, transactions, deleted, objects);
    }

    /** Puts increments on top, one after another. */
    private final class Reading {
        private final CheckpointChain checkpoints;
        private Snapshot.Content content;

        Reading(Snapshot.Content content, CheckpointChain checkpoints) {
            this.content = content;
            this.checkpoints = checkpoints;
        }

        void use(Decoded increment) {
            content.state().replace(increment.deleted, increment.objects, increment.hash);
            var transactions = new BcsReader(increment.transactions);
            while (transactions.remaining() > 0) content.transactions().put(transactions.u64(), transactions.u64());
            checkpoints.add(increment.latest, new BcsReader(increment.checkpoints));
            content = new Snapshot.Content(increment.journalEnd, content.state(), content.transactions());
            end += Integer.BYTES * 2 + increment.bytes;
            objects += increment.objects.length;
        }
    }
}
