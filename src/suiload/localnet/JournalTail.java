package suiload.localnet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import suiload.metrics.Log;

/** What a journal has behind its last whole record: torn by a crash, which is kept, or damaged, which is left to a person. */
final class JournalTail {
    private static final int SEARCH_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel file;
    private final long start;
    private final long end;

    /** @param start end of the last whole record */
    JournalTail(Path path, FileChannel file, long start) throws IOException {
        this.path = path;
        this.file = file;
        this.start = start;
        end = file.size();
    }

    /**
     * Copies the tail to a file of its own, so that it can be cut off. Of a journal that has no marks, from before there were any or from
     * a ledger that the disk never confirms, it may hold what was answered.
     *
     * @throws LedgerException when it is damage, or cannot be copied
     */
    void keep() throws IOException {
        if (hasBatch()) {
            throw new LedgerException(path + " is damaged at byte " + start + ", with " + (end - start)
                    + " bytes of confirmed transactions from there on: put back an undamaged copy of the file, or give up what follows with"
                    + " 'truncate -s " + start + " " + path + "', or delete the embedded network's folder (make reset) to begin again");
        }
        Path kept = freshName();
        try {
            copy(kept);
        } catch (IOException e) {
            // Half a copy would hold room that the next try needs.
            Files.deleteIfExists(kept);
            throw new LedgerException(path + " has " + (end - start) + " bytes behind its last whole record, and they cannot be kept in "
                    + kept + ": " + e.getMessage() + "; make room on the disk and start again", e);
        }
        Log.warn("ledger.journal.cut", "at", start, "bytes", end - start, "kept", kept);
    }

    /** A batch was begun when everything before it had been confirmed: a crash tears nothing that is followed by one. */
    private boolean hasBatch() throws IOException {
        int least = Journal.BATCH_RECORD_MIN;
        for (long from = start + 1; from + least <= end; from += SEARCH_BYTES) {
            ByteBuffer window = Journal.readFully(file, from, (int) Math.min(SEARCH_BYTES + least, end - from));
            for (int i = 0; i < SEARCH_BYTES && i + least <= window.limit(); i++) {
                if (Journal.beginsBatch(window, i, file, from + i)) return true;
            }
        }
        return false;
    }

    private Path freshName() {
        for (int number = 1; ; number++) {
            Path name = path.resolveSibling(path.getFileName() + ".cut-" + number);
            if (Files.notExists(name)) return name;
        }
    }

    /** It is on the disk before it is gone from the journal. */
    private void copy(Path kept) throws IOException {
        try (FileChannel to = FileChannel.open(kept, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = start; at < end; ) at += file.transferTo(at, end - at, to);
            to.force(true);
        }
        try (FileChannel folder = FileChannel.open(kept.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
