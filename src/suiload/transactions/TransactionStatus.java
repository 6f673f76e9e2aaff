package suiload.transactions;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import suiload.chain.Digest;

/**
 * What a client that got 408 wants to know.
 *
 * @param digest of the transaction whose state this is: the rebuilt one where the one asked for was replaced
 * @param gasCost in MIST, once it ran
 * @param error why it failed
 */
public record TransactionStatus(Digest digest, State state, OptionalLong gasCost, Optional<String> error) {
    public enum State {
        PENDING, EXECUTED, FAILED, UNKNOWN;

        /** As the API spells it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
