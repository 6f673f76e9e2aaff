package suiload.messaging;

import java.time.Duration;
import suiload.metrics.Deadline;
import suiload.sui.NodeException;

/** Patience with a node that does not show yet what another one has: a few waits, each twice the last. */
final class Lag {
    private final int retries;
    private Duration wait;
    private int used;

    Lag(int retries, Duration firstWait) {
        this.retries = retries;
        wait = firstWait;
    }

    /** Waits, and says whether to ask again: not if patience or the deadline would be exceeded. */
    boolean again(Deadline deadline) {
        if (used++ == retries || deadline.remaining().compareTo(wait) <= 0) return false;
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException.TimedOut("interrupted while waiting for the node to catch up", e);
        }
        wait = wait.multipliedBy(2);
        return true;
    }
}
