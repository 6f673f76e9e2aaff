package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import suiload.chain.Digest;

/**
 * Transactions and checkpoints that are in the journal only, without their objects. Any thread reads, and without the ledger's lock: a
 * checkpoint may have thousands of records.
 */
final class JournalReads {
    /** Where the record of a checkpoint is; that of genesis is in no journal. */
    record CheckpointPlace(long sequence, long place) {}

    /** Where a transaction may be, and the checkpoint that it is in, if there is one yet. */
    record TransactionPlace(long place, Optional<CheckpointPlace> checkpoint) {}

    private final Journal journal;
    private final CheckpointRecord genesis;

    JournalReads(Journal journal, CheckpointRecord genesis) {
        this.journal = journal;
        this.genesis = genesis;
    }

    /** @param candidates places of transactions whose digests begin alike */
    Optional<ExecutedTransaction> transaction(Digest digest, List<TransactionPlace> candidates) {
        if (candidates.isEmpty()) return Optional.empty();
        try (Journal.Reader reader = journal.reader()) {
            for (TransactionPlace candidate : candidates) {
                ExecutedTransaction found = TransactionRecord.decode(reader.read(candidate.place).payload());
                if (found.digest().equals(digest)) return Optional.of(included(reader, found, candidate));
            }
        }
        return Optional.empty();
    }

    private ExecutedTransaction included(Journal.Reader reader, ExecutedTransaction transaction, TransactionPlace where) {
        if (where.checkpoint.isEmpty()) return transaction;
        CheckpointRecord record = record(reader, where.checkpoint.get());
        int index = 0;
        for (long at = record.first(); at < where.place; at = reader.read(at).next()) index++;
        return transaction.in(new ExecutedTransaction.Inclusion(record.sequence(), index, record.timestampMs()));
    }

    private CheckpointRecord record(Journal.Reader reader, CheckpointPlace where) {
        return where.sequence == 0 ? genesis : CheckpointRecord.decode(reader.read(where.place).payload());
    }

    Checkpoint checkpoint(CheckpointPlace where) {
        try (Journal.Reader reader = journal.reader()) {
            CheckpointRecord record = record(reader, where);
            List<ExecutedTransaction> included = new ArrayList<>();
            long place = record.first();
            for (int index = 0; index < record.count(); index++) {
                Journal.Found found = reader.read(place);
                included.add(TransactionRecord.decode(found.payload())
                        .in(new ExecutedTransaction.Inclusion(record.sequence(), index, record.timestampMs())));
                place = found.next();
            }
            return record.with(included);
        }
    }

    /** Of all transactions by the end of that checkpoint. */
    long total(CheckpointPlace where) {
        try (Journal.Reader reader = journal.reader()) {
            return record(reader, where).total();
        }
    }
}
