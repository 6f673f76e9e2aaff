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
    /** An idle ledger closes one a second, and a start replays all since the last snapshot. */
    private static final long LEAST_CHECKPOINTS = 5_000;
    private static final long LEAST_CHECKPOINTS_AT_CLOSING = 500;

    private final Snapshot snapshot;
    private final Increments increments;
    /** Objects in the last whole one; 0 when there is none that can be continued. */
    private volatile long wholeObjects;
    /** Transactions in the last one that was written. */
    private volatile long covered;
    /** Transactions when one was last begun: on a full disk not every checkpoint is to try again. */
    private long tried;
    private volatile long coveredCheckpoint;
    private long triedCheckpoint;
    private Thread writer;

    /** Takes what a snapshot needs; under the ledger's lock. Each takes all that has changed since the last. */
    interface Captures {
        Snapshot.Capture whole();

        Increments.Capture changed();

        /** How many objects that would be. */
        long changedObjects();
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

    /** @param latest checkpoint of what was read */
    void covers(CheckpointRecord latest) {
        covered = latest.total();
        tried = covered;
        coveredCheckpoint = latest.sequence();
        triedCheckpoint = coveredCheckpoint;
    }

    /** Called after each checkpoint, under the ledger's lock; the capture is taken at once, the writing is done elsewhere. */
    void considerAfter(Checkpoint checkpoint, Captures captures, Journal journal) {
        long total = checkpoint.totalTransactions();
        boolean busy = writer != null && writer.isAlive();
        long due = checkpoint.transactions().isEmpty() ? LEAST_WHEN_IDLE : LEAST_TRANSACTIONS;
        boolean much = total - covered >= due && total - tried >= LEAST_WHEN_IDLE;
        long latest = checkpoint.sequence();
        boolean old = latest - coveredCheckpoint >= LEAST_CHECKPOINTS && latest - triedCheckpoint >= LEAST_CHECKPOINTS;
        if (busy || !much && !old) return;
        tried = total;
        long end = journal.end();
        triedCheckpoint = checkpoint.sequence();
        Writing writing = capture(captures);
        try {
            writer = Thread.ofPlatform().name("ledger-snapshot").daemon(true).start(() -> write(writing, checkpoint, journal, end));
        } catch (OutOfMemoryError noThread) {
            Log.error("ledger.snapshot.failed", noThread);
        }
    }

    private Writing capture(Captures captures) {
        long continued = wholeObjects;
        // Should anything go wrong from here on: what is captured now is in no later increment, so there must be none.
        wholeObjects = 0;
        long most = Math.max(LEAST_OBJECTS, continued);
        // An increment is built in memory, a whole snapshot is not.
        if (continued > 0 && captures.changedObjects() <= LEAST_OBJECTS && increments.objects() <= most) {
            Increments.Capture changed = captures.changed();
            return () -> {
                increments.append(changed);
                wholeObjects = continued;
            };
        }
        Snapshot.Capture whole = captures.whole();
        return () -> {
            snapshot.write(whole);
            increments.continues(whole.journalEnd());
            wholeObjects = whole.objects().length;
        };
    }

    private void write(Writing writing, Checkpoint checkpoint, Journal journal, long end) {
        try {
            journal.awaitDurable(end);
            journal.force();
            writing.run();
            covered = checkpoint.totalTransactions();
            coveredCheckpoint = checkpoint.sequence();
        } catch (IOException | LedgerException e) {
            // What is on the disk stays good, and the next start replays more of the journal, which has everything.
            Log.error("ledger.snapshot.failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A last one at closing, if there is anything new. */
    void writeLast(Checkpoint latest, Captures captures, Journal journal) {
        if (!ended()) return;
        boolean much = latest.totalTransactions() > covered;
        if (much || latest.sequence() - coveredCheckpoint >= LEAST_CHECKPOINTS_AT_CLOSING) {
            write(capture(captures), latest, journal, journal.end());
        }
    }

    /** Waits until nothing is being written; false when the wait was interrupted. */
    boolean ended() {
        try {
            if (writer != null) writer.join();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
