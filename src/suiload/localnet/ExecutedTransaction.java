package suiload.localnet;

import java.util.List;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Event;
import suiload.chain.TransactionData;

/**
 * A transaction that ran, whether it succeeded or failed, with all it did.
 *
 * @param transaction encoded TransactionData
 * @param signatures as submitted; empty in a simulation
 * @param before objects that it changed or read by reference, in the version it saw, by id; empty once out of memory
 * @param after objects that it wrote, in the version it made, by id; empty once out of memory
 * @param checkpoint where it was included; empty until the next checkpoint
 */
public record ExecutedTransaction(Digest digest, Bytes transaction, List<Bytes> signatures, Effects effects, List<Event> events,
        List<LedgerObject> before, List<LedgerObject> after, List<BalanceChange> balanceChanges, Optional<Inclusion> checkpoint) {

    /** A place in a checkpoint; the time is that of the checkpoint, ms since 1970. */
    public record Inclusion(long sequence, int index, long timestampMs) {}

    public ExecutedTransaction {
        signatures = List.copyOf(signatures);
        events = List.copyOf(events);
        before = List.copyOf(before);
        after = List.copyOf(after);
        balanceChanges = List.copyOf(balanceChanges);
    }

    public TransactionData data() {
        return TransactionData.decode(transaction.toArray());
    }

    ExecutedTransaction in(Inclusion inclusion) {
        return new ExecutedTransaction(digest, transaction, signatures, effects, events, before, after, balanceChanges,
                Optional.of(inclusion));
    }
}
