package suiload.localnet;

import java.io.IOException;
import java.util.function.Supplier;
import suiload.metrics.Log;

/**
 * Decides when a snapshot is due and writes it beside the running ledger. The interval grows with the ledger, so that all
 * snapshots together cost a constant share of the writing, and a replay at start is a small share of the whole history. When nothing is
 * being sent, far fewer transactions are reason enough: a process that is killed after its work starts again without a replay.
 */
final class Snapshots {
    private static final long LEAST_TRANSACTIONS = 2_000;
    private static final long SHARE_OF_TOTAL = 20;
    static final long LEAST_WHEN_IDLE = 200;
    private static final long SHARE_OF_TOTAL_WHEN_IDLE = 200;

    private final Snapshot snapshot;
    /** Transactions in the last snapshot that was written whole. */
    private volatile long covered;
    /** Transactions when one was last begun: on a full disk not every checkpoint is to try again. */
    private long tried;
    private Thread writer;

    /** @param covered transactions in the snapshot that was read */
    Snapshots(Snapshot snapshot, long covered) {
        this.snapshot = snapshot;
        this.covered = covered;
        this.tried = covered;
    }

    /** Called after each checkpoint, under the ledger's lock; the capture is taken at once, the writing is done elsewhere. */
    void considerAfter(Checkpoint checkpoint, Supplier<Snapshot.Capture> state, Journal journal) {
        long total = checkpoint.totalTransactions();
        boolean busy = writer != null && writer.isAlive();
        boolean idle = checkpoint.transactions().isEmpty();
        long due = idle ? Math.max(LEAST_WHEN_IDLE, total / SHARE_OF_TOTAL_WHEN_IDLE)
                : Math.max(LEAST_TRANSACTIONS, total / SHARE_OF_TOTAL);
        if (busy || total - covered < due || total - tried < LEAST_WHEN_IDLE) return;
        tried = total;
        Snapshot.Capture capture = state.get();
        writer = Thread.ofPlatform().name("ledger-snapshot").daemon(true).start(() -> write(capture, total, journal));
    }

    private void write(Snapshot.Capture capture, long total, Journal journal) {
        try {
            journal.awaitDurable(capture.journalEnd());
            journal.force();
            snapshot.write(capture);
            covered = total;
        } catch (IOException | LedgerException e) {
            // The former one stays; the next start replays more of the journal, which has everything.
            Log.error("ledger.snapshot.failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A last one at closing, if there is anything new. */
    void writeLast(Checkpoint latest, Supplier<Snapshot.Capture> state, Journal journal) {
        try {
            if (writer != null) writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (latest.totalTransactions() > covered) write(state.get(), latest.totalTransactions(), journal);
    }
}
