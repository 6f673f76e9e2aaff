package suiload.localnet;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import suiload.bcs.BcsException;

/** What snapshots are made of: length (u32), CRC-32C (u32), bytes, big-endian. */
final class Blocks {
    private static final int MAX_BYTES = 1 << 30;
    /** Blocks that are being decoded while earlier ones are used. */
    private static final int AHEAD = 8;

    private Blocks() {}

    /** A block as it was found. */
    record Block(byte[] bytes, int sum) {
        /** @throws BcsException when it is damaged */
        byte[] checked() {
            if (checksum(bytes) != sum) throw new BcsException("a snapshot's checksum does not match");
            return bytes;
        }
    }

    /** Where blocks come from. */
    interface Source {
        /** Null when there is no more. */
        Block next() throws IOException;
    }

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.writeInt(checksum(bytes));
        out.write(bytes);
    }

    /** @throws EOFException when no whole block is left */
    static Block read(DataInputStream in) throws IOException {
        int length = in.readInt();
        int sum = in.readInt();
        if (length < 0 || length > MAX_BYTES) throw new EOFException("no block");
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException();
        return new Block(bytes, sum);
    }

    /**
     * Decodes blocks on all processors and hands them on in order.
     *
     * @throws BcsException at the first that is damaged; those before it have been handed on
     */
    static <T> void inOrder(Source source, Function<byte[], T> decode, Consumer<T> use) throws IOException {
        Deque<Future<T>> ahead = new ArrayDeque<>();
        try (ExecutorService decoders = Executors.newWorkStealingPool()) {
            Block block = source.next();
            while (block != null || !ahead.isEmpty()) {
                if (block != null && ahead.size() < AHEAD) {
                    Block taken = block;
                    ahead.add(decoders.submit(() -> decode.apply(taken.checked())));
                    block = source.next();
                } else {
                    use.accept(decoded(ahead.remove()));
                }
            }
        }
    }

    private static <T> T decoded(Future<T> block) {
        try {
            return block.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BcsException bad) throw bad;
            throw new LedgerException("cannot decode a snapshot: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("interrupted while opening", e);
        }
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
