package suiload.transactions;

import java.time.Duration;
import suiload.metrics.Log;
import suiload.store.DatabaseException;

/** Looks after the journal now and then: takes up what is open and in nobody's hand, and removes what is past its term. */
final class Sweeper implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Journal journal;
    private final Runnable takeUp;
    private final Thread thread;

    Sweeper(Journal journal, Runnable takeUp) {
        this.journal = journal;
        this.takeUp = takeUp;
        thread = Thread.ofVirtual().name("sweeper").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            takeUp.run();
            int removed = 0;
            for (int some = journal.removeOld(); some > 0; some = journal.removeOld()) removed += some;
            if (removed > 0) Log.info("journal.swept", "removed", removed);
        } catch (DatabaseException e) {
            Log.warn("journal.not_swept", "why", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
