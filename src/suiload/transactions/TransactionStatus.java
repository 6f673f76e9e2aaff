package suiload.transactions;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import suiload.chain.Digest;
import suiload.sui.Executed;

/**
 * What a client that got 408 wants to know.
 *
 * @param digest of the transaction whose state this is: the rebuilt one where the one asked for was replaced
 * @param gasCost in MIST, once it ran
 * @param error why it failed
 */
public record TransactionStatus(Digest digest, State state, OptionalLong gasCost, Optional<String> error) {
    static TransactionStatus of(Journal.Entry entry) {
        State state = switch (entry.state()) {
            case "open" -> State.PENDING;
            case "executed" -> State.EXECUTED;
            default -> State.FAILED;
        };
        return new TransactionStatus(entry.digest(), state, entry.gasCost(), entry.error());
    }

    static TransactionStatus of(Digest digest, Optional<Executed> executed) {
        return executed.map(ran -> switch (Outcome.of(ran)) {
            case Outcome.Failed(var _, var failure) ->
                    new TransactionStatus(digest, State.FAILED, OptionalLong.of(ran.gasCost()), Optional.of(FailureText.of(failure)));
            case Outcome.Succeeded _, Outcome.Refused _ ->
                    new TransactionStatus(digest, State.EXECUTED, OptionalLong.of(ran.gasCost()), Optional.empty());
        }).orElseGet(() -> new TransactionStatus(digest, State.UNKNOWN, OptionalLong.empty(), Optional.empty()));
    }

    public enum State {
        PENDING, EXECUTED, FAILED, UNKNOWN;

        /** As the API spells it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
