package suiload.messaging;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How much the feed can be trusted: since when it has seen every checkpoint, and whether it is up to date. What was known at
 * some moment since then, and is followed, is known still. Thread-safe.
 */
final class Coverage {
    /** A feed that was silent for so long is behind. Nodes make several checkpoints a second. */
    static final Duration SILENCE = Duration.ofSeconds(5);
    /** How far a node that answers a read may lag behind the one that feeds us. */
    static final Duration LAG = Duration.ofSeconds(10);

    /** @param remembered since when memory has followed: what an earlier life took in is in the records only */
    private record State(Instant since, Instant remembered, Optional<Instant> heard) {}

    private final InstantSource clock;
    private volatile State state = new State(Instant.MAX, Instant.MAX, Optional.empty());

    Coverage(InstantSource clock) {
        this.clock = clock;
    }

    /** Every checkpoint since {@code since} has been or will be seen; the feed itself must still say that it is up to date. */
    void resume(Instant since) {
        state = new State(since, clock.instant(), Optional.empty());
    }

    /** The newest checkpoint has just been seen. */
    void upToDate() {
        state = new State(state.since, state.remembered, Optional.of(clock.instant()));
    }

    /** There is a gap to close first. */
    void behind() {
        state = new State(state.since, state.remembered, Optional.empty());
    }

    /** Whether what was certain at {@code moment}, and is in the records, is certain now: they outlive this process. */
    boolean holds(Instant moment) {
        State now = state;
        return fresh(now) && !moment.isBefore(now.since);
    }

    /** The same of what is in memory only: it knows nothing of what came before this process followed. */
    boolean holdsInMemory(Instant moment) {
        State now = state;
        return fresh(now) && !moment.isBefore(now.remembered);
    }

    boolean fresh() {
        return fresh(state);
    }

    /** Since when nothing was missed; {@link Instant#MAX} before the feed has begun. */
    Instant since() {
        return state.since;
    }

    /** Time since the feed was last up to date. */
    Optional<Duration> silence() {
        return state.heard.map(heard -> Duration.between(heard, clock.instant()));
    }

    private boolean fresh(State now) {
        return now.heard.isPresent() && now.heard.get().plus(SILENCE).isAfter(clock.instant());
    }
}
