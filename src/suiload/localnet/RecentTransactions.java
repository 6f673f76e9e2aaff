package suiload.localnet;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import suiload.chain.Digest;

/** The newest transactions with their objects; older ones are read from the journal. Guarded by the ledger's lock. */
final class RecentTransactions {
    /** With their objects some 10 KiB each. */
    static final int CAPACITY = 4_096;

    private final Map<Digest, LedgerStore.Stored> byDigest = new HashMap<>();
    private final Queue<Digest> order = new ArrayDeque<>();

    void add(LedgerStore.Stored stored) {
        byDigest.put(stored.transaction().digest(), stored);
        order.add(stored.transaction().digest());
        if (order.size() > CAPACITY) byDigest.remove(order.remove());
    }

    /** Null when it is not among them. */
    LedgerStore.Stored get(Digest digest) {
        return byDigest.get(digest);
    }

    /** Puts a later view of a transaction, durable from {@code end} on, in the place of the earlier one, if that is still here. */
    void replace(ExecutedTransaction transaction, long end) {
        byDigest.computeIfPresent(transaction.digest(), (digest, stored) -> new LedgerStore.Stored(transaction, end));
    }
}
