package suiload.localnet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The newest checkpoints with all their objects: as many as hold a bounded number of transactions, and the newest in any case. */
final class RecentCheckpoints {
    private static final int MAX_TRANSACTIONS = RecentTransactions.CAPACITY;
    private static final int MAX_CHECKPOINTS = 1_024;

    private final Deque<Checkpoint> checkpoints = new ArrayDeque<>();
    private int transactions;

    void add(Checkpoint checkpoint) {
        checkpoints.addLast(checkpoint);
        transactions += checkpoint.transactions().size();
        while (checkpoints.size() > 1 && (transactions > MAX_TRANSACTIONS || checkpoints.size() > MAX_CHECKPOINTS)) {
            transactions -= checkpoints.removeFirst().transactions().size();
        }
    }

    Optional<Checkpoint> get(long sequence) {
        if (checkpoints.isEmpty() || sequence < checkpoints.getFirst().sequence()) return Optional.empty();
        return checkpoints.stream().filter(checkpoint -> checkpoint.sequence() == sequence).findFirst();
    }
}
