package suiload.localnet;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.SuiObject;

/**
 * The state after a checkpoint in one file, so that a start need not replay the journal from its beginning: a head, then
 * every live object by id, then a CRC-32C. It replaces its predecessor whole or not at all; one that cannot be read is as
 * good as none, for the journal has everything.
 */
final class Snapshot {
    private static final int FORMAT = 0x534c5331;
    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final ObjectTypes objectTypes;

    Snapshot(Path path, ObjectTypes objectTypes) {
        this.path = path;
        this.objectTypes = objectTypes;
    }

    /**
     * What goes into a snapshot, taken under the ledger's lock.
     *
     * @param journalEnd everything before it is in the snapshot
     * @param stateHash encoded {@link StateHash}
     */
    record Capture(long journalEnd, CheckpointChain checkpoints, DigestIndex transactions, byte[] stateHash, LedgerObject[] objects) {}

    /** @throws IOException when the disk refuses; the former snapshot stays */
    void write(Capture capture) throws IOException {
        Path draft = path.resolveSibling(path.getFileName() + ".new");
        LedgerObject[] objects = capture.objects;
        // By id, so that each parent's fields come back in order: sorted trees fill fastest that way.
        Arrays.sort(objects, (a, b) -> a.id().compareTo(b.id()));
        var crc = new CRC32C();
        try (var out = new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(draft), BUFFER), crc))) {
            out.writeInt(FORMAT);
            writeFramed(out, head(capture));
            out.writeInt(objects.length);
            Map<ObjectType, Integer> types = new HashMap<>();
            for (LedgerObject object : objects) writeFramed(out, encode(object, types));
            out.writeInt((int) crc.getValue());
        }
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void writeFramed(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] head(Capture capture) {
        var out = new BcsWriter(1 << 16).u64(capture.journalEnd).fixed(capture.stateHash);
        capture.checkpoints.write(out);
        capture.transactions.write(out);
        return out.toByteArray();
    }

    /** A type is written with its first object and named by its number after that; 0 is a package. */
    private static byte[] encode(LedgerObject object, Map<ObjectType, Integer> types) {
        var out = new BcsWriter(object.rawContents().length + 256);
        if (object.isPackage()) return out.uleb(0).fixed(object.rawContents()).toByteArray();
        Integer known = types.get(object.objectType());
        if (known == null) {
            types.put(object.objectType(), types.size() + 1);
            object.type().write(out.uleb(types.size()));
        } else {
            out.uleb(known);
        }
        object.id().write(out);
        object.owner().write(out);
        return out.u64(object.version()).u64(object.storageRebate()).fixed(object.previous().bytes()).fixed(object.rawContents()).toByteArray();
    }

    /** The parts of a read snapshot. */
    record Content(long journalEnd, LedgerState state, DigestIndex transactions) {}

    /**
     * Reads the file into {@code checkpoints} and a new state.
     *
     * @return null when there is none that can be used
     */
    Content read(CheckpointChain checkpoints) {
        if (!Files.exists(path)) return null;
        var crc = new CRC32C();
        try (InputStream file = Files.newInputStream(path);
                var in = new DataInputStream(new CheckedInputStream(new BufferedInputStream(file, BUFFER), crc))) {
            if (in.readInt() != FORMAT) return null;
            var head = new BcsReader(readFramed(in));
            long journalEnd = head.u64();
            var hash = new StateHash();
            hash.read(head);
            checkpoints.read(head);
            DigestIndex transactions = DigestIndex.read(head);
            head.end();
            LedgerState state = readObjects(in, hash);
            int sum = (int) crc.getValue();
            return in.readInt() == sum ? new Content(journalEnd, state, transactions) : null;
        } catch (EOFException | BcsException e) {
            return null;
        } catch (IOException e) {
            throw new LedgerException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private LedgerState readObjects(DataInputStream in, StateHash hash) throws IOException {
        int count = in.readInt();
        var state = new LedgerState(count, hash);
        List<ObjectType> types = new ArrayList<>();
        for (int i = 0; i < count; i++) state.insert(decode(readFramed(in), types));
        return state;
    }

    private LedgerObject decode(byte[] bytes, List<ObjectType> types) {
        var in = new BcsReader(bytes);
        int number = (int) in.uleb();
        if (number == 0) return LedgerObject.ofPackage(SuiObject.read(in));
        if (number > types.size()) types.add(objectTypes.of(StructTag.read(in)));
        Address id = Address.read(in);
        Owner owner = Owner.read(in);
        return new LedgerObject(id, types.get(number - 1), owner, in.u64(), in.u64(), Digest.of(in.fixed(32)), in.fixed(in.remaining()));
    }

    private static byte[] readFramed(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) throw new EOFException("negative length");
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException();
        return bytes;
    }
}
