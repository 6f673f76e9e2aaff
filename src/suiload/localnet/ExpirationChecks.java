package suiload.localnet;

import java.util.Optional;
import suiload.chain.Digest;
import suiload.chain.Expiration;

/** Whether a transaction may still, or already, run. */
final class ExpirationChecks {
    private ExpirationChecks() {}

    /** @throws Rejection when it may not, or when its bounds make no sense to a node */
    static void check(Expiration expiration, long epoch, Digest chain) {
        switch (expiration) {
            case Expiration.None none -> { }
            case Expiration.Epoch(long last) -> {
                if (Long.compareUnsigned(epoch, last) > 0) throw Rejection.invalid("Transaction Expired");
            }
            case Expiration.ValidDuring(Expiration.Window window) -> checkWindow(window, epoch, chain);
            case Expiration.Validity(Expiration.Window window, Optional<Expiration.Proposers> proposers) -> {
                if (proposers.isPresent()) throw Rejection.invalid("Feature is not supported: transactions bound to proposers");
                checkWindow(window, epoch, chain);
            }
        }
    }

    private static void checkWindow(Expiration.Window window, long epoch, Digest chain) {
        if (!window.chain().equals(chain)) throw Rejection.invalid("Invalid expiration: the chain is " + chain);
        if (window.minTimestamp().isPresent() || window.maxTimestamp().isPresent()) {
            throw Rejection.invalid("Feature is not supported: timestamps in a transaction's expiration");
        }
        if (window.minEpoch().isEmpty() || window.maxEpoch().isEmpty()) {
            throw Rejection.invalid("Invalid expiration: both min_epoch and max_epoch are required");
        }
        long min = window.minEpoch().get();
        long max = window.maxEpoch().get();
        if (Long.compareUnsigned(max, min) < 0 || Long.compareUnsigned(max - min, 1) > 0) {
            throw Rejection.invalid("Invalid expiration: max_epoch must be min_epoch or the epoch after it");
        }
        if (Long.compareUnsigned(epoch, min) < 0 || Long.compareUnsigned(epoch, max) > 0) throw Rejection.invalid("Transaction Expired");
    }
}
