package suiload.sui;

import java.util.List;
import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Event;
import suiload.chain.Owner;
import suiload.chain.StructTag;

/** A checkpoint: what ran, in order. */
public record CheckpointView(long sequence, List<Entry> transactions) {
    public CheckpointView {
        transactions = List.copyOf(transactions);
    }

    /** One transaction of a checkpoint: as much as a feed needs to know. */
    public record Entry(Digest digest, boolean success, List<Event> events, List<Written> written) {
        public Entry {
            events = List.copyOf(events);
            written = List.copyOf(written);
        }
    }

    /**
     * An object that a transaction wrote.
     *
     * @param created false for one that existed before
     * @param type where the node says so; nodes leave it out for packages
     */
    public record Written(Address id, boolean created, Owner owner, Optional<StructTag> type) {}
}
