package suiload.localnet;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.SuiObject;

/**
 * The state after a checkpoint in one file, so that a start need not replay the journal from its beginning: blocks, each
 * with length and CRC-32C; first a head, then every live object by id. It replaces its predecessor whole or not at all;
 * one that cannot be read is as good as none, for the journal has everything.
 */
final class Snapshot {
    private static final int FORMAT = 0x534c5332;
    private static final int BUFFER = 1 << 20;
    private static final int OBJECTS_PER_BLOCK = 1_000;

    /** Room that a snapshot leaves to the journal, and what it takes at most for each thing. */
    private static final long SPARE_BYTES = 64L << 20;
    private static final long BYTES_PER_ENTRY = 24;
    private static final long BYTES_BESIDE_CONTENTS = 160;

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
        Path draft = draft();
        requireRoom(capture);
        try {
            writeTo(draft, capture);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // On a full disk half a snapshot would hold the room that the journal needs to go on.
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /** A draft that filled the disk would take the journal's last block, and a journal that was refused once is over. */
    private void requireRoom(Capture capture) throws IOException {
        long needed = SPARE_BYTES + BYTES_PER_ENTRY * (capture.transactions.size() + capture.checkpoints.latest().sequence());
        for (LedgerObject object : capture.objects) needed += BYTES_BESIDE_CONTENTS + object.rawContents().length;
        long free = Files.getFileStore(path.toAbsolutePath().getParent()).getUsableSpace();
        if (free < needed) throw new IOException("a snapshot needs about " + needed + " bytes, and " + free + " are free");
    }

    private static void writeTo(Path draft, Capture capture) throws IOException {
        LedgerObject[] objects = capture.objects;
        // By id, so that each parent's fields come back in order: sorted trees fill fastest that way.
        Arrays.sort(objects, (a, b) -> a.id().compareTo(b.id()));
        Map<ObjectType, Integer> types = numbered(objects);
        var buffer = new BcsWriter(1 << 19);
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft), BUFFER))) {
            out.writeInt(FORMAT);
            Blocks.write(out, head(capture, types));
            for (int from = 0; from < objects.length; from += OBJECTS_PER_BLOCK) {
                Blocks.write(out, block(buffer, objects, from, types));
            }
        }
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Numbers from 1 on; 0 is a package. */
    static Map<ObjectType, Integer> numbered(LedgerObject[] objects) {
        Map<ObjectType, Integer> types = new LinkedHashMap<>();
        for (LedgerObject object : objects) if (!object.isPackage()) types.putIfAbsent(object.objectType(), types.size() + 1);
        return types;
    }

    private static byte[] head(Capture capture, Map<ObjectType, Integer> types) {
        var out = new BcsWriter(1 << 16).u64(capture.journalEnd).fixed(capture.stateHash);
        capture.checkpoints.write(out);
        capture.transactions.write(out);
        return out.vector(types.keySet(), (w, type) -> type.tag().write(w)).u32(capture.objects.length).toByteArray();
    }

    private static byte[] block(BcsWriter buffer, LedgerObject[] objects, int from, Map<ObjectType, Integer> types) {
        int to = Math.min(objects.length, from + OBJECTS_PER_BLOCK);
        BcsWriter out = buffer.clear().u32(to - from);
        for (int i = from; i < to; i++) write(out, objects[i], types);
        return out.toByteArray();
    }

    static void write(BcsWriter out, LedgerObject object, Map<ObjectType, Integer> types) {
        if (object.isPackage()) {
            out.uleb(0).bytes(object.rawContents());
            return;
        }
        object.id().write(out.uleb(types.get(object.objectType())));
        object.owner().write(out);
        object.previous().write(out.u64(object.version()).u64(object.storageRebate()));
        out.bytes(object.rawContents());
    }

    /** The parts of a read snapshot. */
    record Content(long journalEnd, LedgerState state, DigestIndex transactions) {}

    /**
     * Reads the file into {@code checkpoints} and a new state.
     *
     * @return null when there is none that can be used
     */
    Content read(CheckpointChain checkpoints) {
        discardDraft();
        if (!Files.exists(path)) return null;
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), BUFFER))) {
            return in.readInt() == FORMAT ? content(in, checkpoints) : null;
        } catch (EOFException | BcsException e) {
            return null;
        } catch (IOException e) {
            throw new LedgerException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Of a process that was killed while it wrote: the journal can use the room. */
    private void discardDraft() {
        try {
            Files.deleteIfExists(draft());
        } catch (IOException e) {
            throw new LedgerException("cannot use " + path + ": " + e.getMessage(), e);
        }
    }

    private Path draft() {
        return path.resolveSibling(path.getFileName() + ".new");
    }

    private Content content(DataInputStream in, CheckpointChain checkpoints) throws IOException {
        var head = new BcsReader(Blocks.read(in).checked());
        long journalEnd = head.u64();
        var hash = new StateHash();
        hash.read(head);
        checkpoints.read(head);
        DigestIndex transactions = DigestIndex.read(head);
        List<ObjectType> types = head.vector(StructTag::read).stream().map(objectTypes::of).toList();
        int count = (int) head.u32();
        head.end();
        var state = new LedgerState(count, hash);
        var left = new AtomicInteger((count + OBJECTS_PER_BLOCK - 1) / OBJECTS_PER_BLOCK);
        Blocks.inOrder(() -> left.getAndDecrement() > 0 ? Blocks.read(in) : null, bytes -> decode(bytes, types), objects -> {
            for (LedgerObject object : objects) state.insert(object);
        });
        return new Content(journalEnd, state, transactions);
    }

    private static LedgerObject[] decode(byte[] bytes, List<ObjectType> types) {
        var in = new BcsReader(bytes);
        var objects = new LedgerObject[(int) in.u32()];
        for (int i = 0; i < objects.length; i++) objects[i] = readObject(in, types);
        in.end();
        return objects;
    }

    static LedgerObject readObject(BcsReader in, List<ObjectType> types) {
        int number = (int) in.uleb();
        if (number == 0) return LedgerObject.ofPackage(SuiObject.read(new BcsReader(in.bytes())));
        Address id = Address.read(in);
        Owner owner = Owner.read(in);
        return new LedgerObject(id, types.get(number - 1), owner, in.u64(), in.u64(), Digest.of(in.fixed(32)), in.bytes());
    }
}
