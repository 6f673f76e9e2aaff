package suiload.transactions;

import suiload.metrics.Counter;
import suiload.metrics.Metrics;

/** What became of transactions, in numbers. */
record Counts(Metrics metrics, Counter resubmitted, Counter lookedUp, Counter rebuilt, Counter recovered) {
    static Counts in(Metrics metrics) {
        return new Counts(metrics,
                metrics.counter("suiload_transactions_resubmitted_total", "Submissions of bytes that were submitted before."),
                metrics.counter("suiload_transactions_looked_up_total", "Look-ups of a digest whose answer was lost."),
                metrics.counter("suiload_transactions_rebuilt_total", "Transactions built anew after a definite refusal."),
                metrics.counter("suiload_transactions_recovered_total", "Transactions of an earlier life that this one settled."));
    }

    void ended(String purpose, Outcome outcome) {
        String how = switch (outcome) {
            case Outcome.Succeeded _ -> "succeeded";
            case Outcome.Failed _ -> "failed";
            case Outcome.Refused _ -> "refused";
        };
        metrics.counter("suiload_transactions_total", "Transactions with a final outcome.", "purpose", purpose, "outcome", how).increment();
    }
}
