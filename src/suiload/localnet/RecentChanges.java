package suiload.localnet;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.LongSupplier;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Digest;

/** The transactions of the last seconds with what they changed: enough to show the state of a moment ago. */
final class RecentChanges {
    /** Beyond this many a lagging view is less old than asked for. */
    private static final int TRANSACTIONS_MAX = 20_000;

    private record Executed(long nanos, ExecutedTransaction transaction) {}

    private final ConcurrentLinkedDeque<Executed> window = new ConcurrentLinkedDeque<>();
    private int size;
    private final LongSupplier nanoTime;

    RecentChanges(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Called under the ledger's lock, in the order in which transactions run.
     *
     * @param keep how long it is remembered; zero forgets everything
     */
    void record(ExecutedTransaction transaction, Duration keep) {
        long now = nanoTime.getAsLong();
        if (keep.isPositive()) {
            window.addLast(new Executed(now, transaction));
            size++;
        }
        for (Executed oldest = window.peekFirst();
                oldest != null && (now - oldest.nanos > keep.toNanos() || size > TRANSACTIONS_MAX);
                oldest = window.peekFirst()) {
            window.removeFirst();
            size--;
        }
    }

    /** The state as it was {@code lag} ago, as far as it is remembered. */
    Replica replica(Ledger ledger, Duration lag) {
        long since = nanoTime.getAsLong() - lag.toNanos();
        Map<Address, Optional<LedgerObject>> past = new HashMap<>();
        Set<Digest> unknown = new HashSet<>();
        for (Executed executed : window) {
            if (executed.nanos - since < 0) continue;
            unknown.add(executed.transaction.digest());
            executed.transaction.before().forEach(object -> past.putIfAbsent(object.id(), Optional.of(object)));
            for (ChangedObject change : executed.transaction.effects().changedObjects()) past.putIfAbsent(change.id(), Optional.empty());
        }
        return Replica.lagging(ledger, past, unknown);
    }
}
