package suiload.localnet;

import java.util.List;
import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Digest;
import suiload.chain.GasUsed;

/**
 * A checkpoint: the transactions since the one before, in order.
 *
 * @param timestampMs ms since 1970; never decreases, and is what the clock shows to the transactions of the next one
 * @param summary BCS of the checkpoint summary, whose digest this is
 */
public record Checkpoint(long sequence, Digest digest, long timestampMs, long totalTransactions, Optional<Digest> previous,
        Digest contentDigest, GasUsed epochGas, Bytes summary, List<ExecutedTransaction> transactions) {
    public Checkpoint {
        transactions = List.copyOf(transactions);
    }

    /** BCS of the checkpoint contents. */
    public Bytes contents() {
        return Bytes.of(CheckpointRecord.contents(transactions));
    }
}
