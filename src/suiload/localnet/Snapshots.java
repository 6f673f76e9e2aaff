package suiload.localnet;

import java.io.IOException;
import suiload.metrics.Log;

/**
 * Decides when the state is written beside the running ledger, and whether whole or as an increment. An increment costs what has changed,
 * so one comes often, and a process that is killed starts again with a short replay; the whole comes when increments have
 * become as large as it, so that all writing together costs a constant share.
 */
final class Snapshots {
    private static final long LEAST_TRANSACTIONS = 500;
    static final long LEAST_WHEN_IDLE = 200;
    private static final long LEAST_OBJECTS = 20_000;

    private final Snapshot snapshot;
    private final Increments increments;
    /** Objects in the last whole one; 0 when there is none that can be continued. */
    private volatile long wholeObjects;
    /** Transactions in the last one that was written. */
    private volatile long covered;
    /** Transactions when one was last begun: on a full disk not every checkpoint is to try again. */
    private long tried;
    private Thread writer;

    /** Takes what a snapshot needs; under the ledger's lock. Each takes all that has changed since the last. */
    interface Captures {
        Snapshot.Capture whole();

        Increments.Capture changed();
    }

    /** One that was captured, to be written without the lock. */
    private interface Writing {
        void run() throws IOException;
    }

    /** @param wholeObjects in the snapshot that was read; 0 when there was none */
    Snapshots(Snapshot snapshot, Increments increments, long wholeObjects) {
        this.snapshot = snapshot;
        this.increments = increments;
        this.wholeObjects = wholeObjects;
    }

    /** @param transactions in what was read */
    void covers(long transactions) {
        covered = transactions;
        tried = transactions;
    }

    /** Called after each checkpoint, under the ledger's lock; the capture is taken at once, the writing is done elsewhere. */
    void considerAfter(Checkpoint checkpoint, Captures captures, Journal journal) {
        long total = checkpoint.totalTransactions();
        boolean busy = writer != null && writer.isAlive();
        long due = checkpoint.transactions().isEmpty() ? LEAST_WHEN_IDLE : LEAST_TRANSACTIONS;
        if (busy || total - covered < due || total - tried < LEAST_WHEN_IDLE) return;
        tried = total;
        long end = journal.end();
        Writing writing = capture(captures);
        writer = Thread.ofPlatform().name("ledger-snapshot").daemon(true).start(() -> write(writing, total, journal, end));
    }

    private Writing capture(Captures captures) {
        if (wholeObjects > 0 && increments.objects() <= Math.max(LEAST_OBJECTS, wholeObjects)) {
            Increments.Capture changed = captures.changed();
            return () -> increments.append(changed);
        }
        Snapshot.Capture whole = captures.whole();
        return () -> {
            snapshot.write(whole);
            increments.continues(whole.journalEnd());
            wholeObjects = whole.objects().length;
        };
    }

    private void write(Writing writing, long total, Journal journal, long end) {
        try {
            journal.awaitDurable(end);
            journal.force();
            writing.run();
            covered = total;
        } catch (IOException | LedgerException e) {
            // What is on the disk stays good, and the next start replays more of the journal, which has everything. But what was captured
            // is in no later increment.
            wholeObjects = 0;
            Log.error("ledger.snapshot.failed", e);
        } catch (InterruptedException e) {
            wholeObjects = 0;
            Thread.currentThread().interrupt();
        }
    }

    /** A last one at closing, if there is anything new. */
    void writeLast(Checkpoint latest, Captures captures, Journal journal) {
        try {
            if (writer != null) writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (latest.totalTransactions() > covered) write(capture(captures), latest.totalTransactions(), journal, journal.end());
    }
}
