package suiload.localnet;

import suiload.chain.Digest;
import suiload.grpcweb.proto.CheckpointContents;
import suiload.grpcweb.proto.CheckpointSummary;
import suiload.grpcweb.proto.CheckpointedTransactionInfo;

/** Checkpoints as messages (facts: sui-grpc.md section 5.7). */
final class CheckpointProto {
    static final Mask DEFAULT = Mask.of("sequence_number", "digest");

    private final EffectsProto transactions;
    private final Ledger ledger;

    CheckpointProto(EffectsProto transactions, Ledger ledger) {
        this.transactions = transactions;
        this.ledger = ledger;
    }

    suiload.grpcweb.proto.Checkpoint checkpoint(Checkpoint checkpoint, Mask mask) {
        var proto = suiload.grpcweb.proto.Checkpoint.newBuilder();
        if (mask.has("sequence_number")) proto.setSequenceNumber(checkpoint.sequence());
        if (mask.has("digest")) proto.setDigest(checkpoint.digest().toString());
        if (mask.has("summary")) proto.setSummary(summary(checkpoint, mask.sub("summary")));
        if (mask.has("contents")) proto.setContents(contents(checkpoint, mask.sub("contents")));
        if (mask.has("transactions")) {
            Mask inside = mask.sub("transactions");
            checkpoint.transactions().forEach(executed -> proto.addTransactions(transactions.transaction(executed, inside)));
        }
        if (mask.has("objects")) proto.setObjects(transactions.objectSet(checkpoint.transactions(), mask.sub("objects").sub("objects")));
        return proto.build();
    }

    private CheckpointSummary summary(Checkpoint checkpoint, Mask mask) {
        var proto = CheckpointSummary.newBuilder();
        if (mask.has("bcs")) proto.setBcs(ObjectProto.bcs("CheckpointSummary", checkpoint.summary()));
        if (mask.has("digest")) proto.setDigest(checkpoint.digest().toString());
        if (mask.has("epoch")) proto.setEpoch(ledger.epoch());
        if (mask.has("sequence_number")) proto.setSequenceNumber(checkpoint.sequence());
        if (mask.has("total_network_transactions")) proto.setTotalNetworkTransactions(checkpoint.totalTransactions());
        if (mask.has("content_digest")) proto.setContentDigest(checkpoint.contentDigest().toString());
        if (mask.has("previous_digest")) checkpoint.previous().map(Digest::toString).ifPresent(proto::setPreviousDigest);
        if (mask.has("epoch_rolling_gas_cost_summary")) proto.setEpochRollingGasCostSummary(EffectsProto.gasUsed(checkpoint.epochGas()));
        if (mask.has("timestamp")) proto.setTimestamp(TransactionProto.timestamp(checkpoint.timestampMs()));
        return proto.build();
    }

    private static CheckpointContents contents(Checkpoint checkpoint, Mask mask) {
        var proto = CheckpointContents.newBuilder();
        if (mask.has("bcs")) proto.setBcs(ObjectProto.bcs("CheckpointContents", checkpoint.contents()));
        if (mask.has("digest")) proto.setDigest(checkpoint.contentDigest().toString());
        if (mask.has("version")) proto.setVersion(1);
        if (mask.has("transactions")) {
            checkpoint.transactions().forEach(executed -> proto.addTransactions(CheckpointedTransactionInfo.newBuilder()
                    .setTransaction(executed.digest().toString()).setEffects(executed.effects().digest().toString())
                    .addAllSignatures(executed.signatures().stream().map(TransactionProto::signature).toList())));
        }
        return proto.build();
    }
}
