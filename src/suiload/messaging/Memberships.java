package suiload.messaging;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import suiload.bcs.Bytes;
import suiload.bcs.BcsException;
import suiload.chain.Address;
import suiload.metrics.Counter;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.sui.Cause;
import suiload.sui.Node;
import suiload.sui.NodeException;
import suiload.sui.ObjectView;
import suiload.sui.Page;

/**
 * The MemberCaps of an address. What we made and what the feed saw is in the database already; the chain is asked once for an address
 * that may have had caps before that, and once per interval for any while no feed vouches for what is here.
 */
final class Memberships {
    private static final int PAGE = 1000;
    /** More caps than this of one address are not looked at. */
    private static final int CAPS_MAX = 20_000;

    private final MessagingConfig config;
    private final Node node;
    private final ChannelRecords records;
    private final Function<Address, Optional<Instant>> born;
    private final Coverage coverage;
    private final InstantSource clock;
    private final Flights<Address> flights = new Flights<>();
    private final Counter hits;
    private final Counter misses;

    /** @param born when the service generated an address, which nobody can have given a cap before */
    Memberships(MessagingConfig config, Node node, ChannelRecords records, Function<Address, Optional<Instant>> born,
            ReadState state, Metrics metrics) {
        this.config = config;
        this.node = node.because(Cause.MEMBERSHIP);
        this.records = records;
        this.born = born;
        coverage = state.coverage();
        clock = state.clock();
        hits = metrics.counter("suiload_membership_cache_hits_total", "Membership reads answered without asking the node.");
        misses = metrics.counter("suiload_membership_cache_misses_total", "Membership reads that asked the node, or waited for it.");
    }

    /** At most {@code limit} caps of an address by id, those after {@code after}; removed members' dead caps included. */
    List<MemberCap> of(Address owner, Optional<Address> after, int limit) {
        if (complete(owner)) hits.increment();
        else read(owner);
        return records.caps(owner, after, limit);
    }

    private boolean complete(Address owner) {
        if (coverage.fresh() && born.apply(owner).filter(coverage::holds).isPresent()) return true;
        Instant oldest = clock.instant().minus(config.cacheInterval());
        return records.listing(owner).filter(listing -> coverage.holds(listing.certain()) || listing.listed().isAfter(oldest)).isPresent();
    }

    private void read(Address owner) {
        misses.increment();
        boolean fallback = hasFallback(owner);
        Deadline deadline = fallback ? ChannelReads.deadline().min(MessagingConfig.PATIENCE) : ChannelReads.deadline();
        try {
            flights.bring(List.of(owner), address -> !complete(address), List::of, deadline, key -> list(owner, deadline));
        } catch (NodeException failure) {
            if (!fallback) throw failure;
        }
    }

    /** Whether what the records say is worth more than no answer: our own users' caps are made by us, as a rule, and so are in them. */
    private boolean hasFallback(Address owner) {
        Instant oldest = clock.instant().minus(MessagingConfig.STALE_MAX);
        return born.apply(owner).isPresent() || records.listing(owner).filter(listing -> listing.listed().isAfter(oldest)).isPresent();
    }

    private static MemberCap cap(ObjectView view) {
        try {
            return MemberCap.decode(view.contents());
        } catch (BcsException e) {
            throw new NodeException.Nonsense("member cap " + view.ref().id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void list(Address owner, Deadline deadline) {
        Instant asked = clock.instant();
        List<MemberCap> caps = new ArrayList<>();
        Optional<Bytes> cursor = Optional.empty();
        do {
            Page<ObjectView> page = node.owned(owner, config.contract().memberCapType(), cursor, PAGE, deadline);
            page.items().forEach(view -> caps.add(cap(view)));
            cursor = page.next();
        } while (cursor.isPresent() && caps.size() < CAPS_MAX);
        records.list(owner, caps, new ChannelRecords.Listing(asked.minus(Coverage.LAG), clock.instant()));
    }
}
