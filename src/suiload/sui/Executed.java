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

    public boolean success() {
        return effects.status().success();
    }

    /** Computation + storage − rebate, in MIST; may be negative. */
    public long gasCost() {
        return effects.gasUsed().net();
    }
}
