package suiload.sui;

import java.util.List;
import java.util.Optional;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Event;

/**
 * A transaction that ran, successfully or not: {@link Effects#status} tells.
 *
 * @param checkpoint the checkpoint it is in; not known yet right after execution
 */
public record Executed(Digest digest, Effects effects, List<Event> events, Optional<Long> checkpoint) {
    public Executed {
        events = List.copyOf(events);
    }

    /**
     * Itself, if it is about the transaction that was asked for, by name and by effects.
     *
     * @throws IllegalArgumentException when the node speaks of another one
     */
    Executed about(Digest asked) {
        if (digest.equals(asked) && effects.transaction().equals(asked)) return this;
        throw new IllegalArgumentException("the node speaks of transaction " + digest + " instead of " + asked);
    }

    public boolean success() {
        return effects.status().success();
    }

    /** Computation + storage − rebate, in MIST; may be negative. */
    public long gasCost() {
        return effects.gasUsed().net();
    }
}
