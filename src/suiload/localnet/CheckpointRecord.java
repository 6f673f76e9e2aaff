package suiload.localnet;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Digest;
import suiload.chain.GasUsed;

/**
 * The journal's form of a checkpoint; its transactions are the records before it.
 *
 * @param first place of its first transaction, or of itself
 * @param count of its transactions
 * @param total of all transactions up to it
 * @param epochGas of all transactions up to it
 */
record CheckpointRecord(long sequence, Digest digest, long timestampMs, long first, long count, long total, Optional<Digest> previous,
        Digest contentDigest, GasUsed epochGas) {
    static final int KIND = 2;
    private static final long EPOCH = 0;

    /** The next one after this. */
    CheckpointRecord next(long timestampMs, long first, List<ExecutedTransaction> transactions) {
        GasUsed gas = epochGas;
        for (ExecutedTransaction transaction : transactions) gas = sum(gas, transaction.effects().gasUsed());
        return of(new CheckpointRecord(sequence + 1, Digest.ZERO, timestampMs, first, transactions.size(), total + transactions.size(),
                Optional.of(digest), Digest.hash(Digest.Domain.CHECKPOINT_CONTENTS, contents(transactions)), gas));
    }

    static CheckpointRecord genesis(long timestampMs, Digest genesisTransaction) {
        byte[] contents = new BcsWriter(64).fixed(genesisTransaction.bytes()).toByteArray();
        return of(new CheckpointRecord(0, Digest.ZERO, timestampMs, 0, 0, 0, Optional.empty(),
                Digest.hash(Digest.Domain.CHECKPOINT_CONTENTS, contents), GasUsed.NONE));
    }

    /** With its digest, which is that of its summary. */
    private static CheckpointRecord of(CheckpointRecord record) {
        return new CheckpointRecord(record.sequence, Digest.hash(Digest.Domain.CHECKPOINT_SUMMARY, record.summary()), record.timestampMs,
                record.first, record.count, record.total, record.previous, record.contentDigest, record.epochGas);
    }

    private static GasUsed sum(GasUsed a, GasUsed b) {
        return new GasUsed(a.computation() + b.computation(), a.storage() + b.storage(), a.rebate() + b.rebate(),
                a.nonRefundableFee() + b.nonRefundableFee());
    }

    /** BCS of CheckpointSummary: no commitments, not the end of an epoch. */
    byte[] summary() {
        var out = new BcsWriter(256).u64(EPOCH).u64(sequence).u64(total);
        contentDigest.write(out);
        out.option(previous, (w, digest) -> digest.write(w));
        out.u64(epochGas.computation()).u64(epochGas.storage()).u64(epochGas.rebate()).u64(epochGas.nonRefundableFee());
        return out.u64(timestampMs).uleb(0).bool(false).uleb(0).toByteArray();
    }

    /** BCS of CheckpointContents V1: pairs of transaction and effects digest, then the signatures of each. */
    static byte[] contents(List<ExecutedTransaction> transactions) {
        var out = new BcsWriter(32 + 176 * transactions.size()).uleb(0);
        out.vector(transactions, (w, transaction) -> {
            transaction.digest().write(w);
            transaction.effects().digest().write(w);
        });
        out.vector(transactions, (w, transaction) -> w.vector(transaction.signatures(), BcsWriter::bytes));
        return out.toByteArray();
    }

    Checkpoint with(List<ExecutedTransaction> transactions) {
        return new Checkpoint(sequence, digest, timestampMs, total, previous, contentDigest, epochGas, Bytes.of(summary()), transactions);
    }

    byte[] encode() {
        var out = new BcsWriter(256).u8(KIND).u64(sequence);
        digest.write(out);
        out.u64(timestampMs).u64(first).u64(count).u64(total).option(previous, (w, d) -> d.write(w));
        contentDigest.write(out);
        out.u64(epochGas.computation()).u64(epochGas.storage()).u64(epochGas.rebate()).u64(epochGas.nonRefundableFee());
        return out.toByteArray();
    }

    static CheckpointRecord decode(byte[] payload) {
        return BcsReader.decode(payload, CheckpointRecord::read);
    }

    static CheckpointRecord read(BcsReader in) {
        if (in.u8() != KIND) throw in.bad("no checkpoint record");
        return new CheckpointRecord(in.u64(), Digest.read(in), in.u64(), in.u64(), in.u64(), in.u64(), in.option(Digest::read),
                Digest.read(in), new GasUsed(in.u64(), in.u64(), in.u64(), in.u64()));
    }
}
