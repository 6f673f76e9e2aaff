package suiload.messaging;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import suiload.bcs.BcsException;
import suiload.chain.Address;
import suiload.http.HttpError;
import suiload.metrics.Counter;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.RequestContext;
import suiload.sui.Cause;
import suiload.sui.Node;
import suiload.sui.NodeException;
import suiload.sui.ObjectView;

/**
 * Channels as they are now, asking the node only when neither our own sends nor the feed can vouch for what is known. Then one read brings
 * up to {@link Node#BATCH_MAX} channels that are due, however many users wait for them.
 */
final class ChannelReads {
    /** For reads that no request waits for. */
    static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    /** A channel that was made a moment ago may be unknown to the node that is asked. */
    private static final int LAG_RETRIES = 5;
    private static final Duration LAG_WAIT = Duration.ofMillis(150);

    private final MessagingConfig config;
    private final Node node;
    private final ChannelRecords records;
    private final KnownChannels known;
    private final Coverage coverage;
    private final InstantSource clock;
    private final Flights<Address> flights = new Flights<>();
    private final Counter current;
    private final Counter read;
    private final Counter stale;

    ChannelReads(MessagingConfig config, Node node, ChannelRecords records, ReadState state, Metrics metrics) {
        this.config = config;
        this.node = node;
        this.records = records;
        known = state.known();
        coverage = state.coverage();
        clock = state.clock();
        current = metrics.counter("suiload_channel_cache_hits_total", "Channels answered for without asking the node.");
        read = metrics.counter("suiload_channel_cache_misses_total", "Channels that had to be read, or whose running read was waited for.");
        stale = metrics.counter("suiload_channel_stale_total", "Channels answered for from an older read because the node did not answer.");
    }

    /** @throws HttpError 404 unless there is such a channel on chain */
    Channel channel(Address id) {
        return Optional.ofNullable(channels(List.of(id), Cause.POLL).get(id)).orElseThrow(() -> noSuchChannel(id));
    }

    /** Those of {@code ids} that are on chain, in their order. */
    Map<Address, Channel> channels(Collection<Address> ids, Cause cause) {
        bring(ids, cause, this::isCurrent, now -> now.channel().isPresent());
        Map<Address, Channel> found = new LinkedHashMap<>();
        for (Address id : ids) known.peek(id).current().ifPresent(channel -> found.put(id, channel));
        return found;
    }

    /** How many messages a channel has. */
    long count(ChannelRef channel) {
        bring(List.of(channel.id()), Cause.POLL, this::countIsCurrent, now -> true);
        return known.peek(channel.id()).count();
    }

    /** What never changes of a channel: from memory, the database or, once, the node. */
    ChannelRef ref(Address id) {
        Optional<ChannelRef> ref = known.ask(id).ref().or(() -> records.channel(id).map(this::remember));
        if (ref.isPresent()) return ref.get();
        bring(List.of(id), Cause.POLL, this::isCurrent, now -> now.channel().isPresent());
        return known.peek(id).ref().orElseThrow(() -> noSuchChannel(id));
    }

    /** The channel that a messages table belongs to, if it was ever made or read here. */
    ChannelRef refOfTable(Address messagesTable) {
        return known.byTable(messagesTable).flatMap(id -> known.ask(id).ref())
                .or(() -> records.channelOfTable(messagesTable).map(this::remember))
                .orElseThrow(() -> HttpError.notFound("Messages table", messagesTable
                        + " is not a messages table that this service has seen. Read its channel first: GET /contract/channel/{id}"));
    }

    private ChannelRef remember(ChannelRef ref) {
        known.update(ref.id(), now -> now.of(ref));
        return ref;
    }

    private boolean isCurrent(Knowledge now) {
        return now.isCurrent(coverage, config.cacheInterval(), MessagingConfig.METADATA_MAX_AGE, clock.instant());
    }

    private boolean countIsCurrent(Knowledge now) {
        return now.countIsCurrent(coverage, config.cacheInterval(), clock.instant());
    }

    /** @param usable what may stand in, while it is not too old, when the node does not answer */
    private void bring(Collection<Address> ids, Cause cause, Predicate<Knowledge> good, Predicate<Knowledge> usable) {
        List<Address> lacking = ids.stream().filter(id -> !good.test(known.ask(id))).toList();
        current.add(ids.size() - lacking.size());
        if (lacking.isEmpty()) return;
        read.add(lacking.size());
        Instant oldest = clock.instant().minus(MessagingConfig.STALE_MAX);
        boolean fallback = lacking.stream().map(known::peek).allMatch(now -> now.confirmed().isAfter(oldest) && usable.test(now));
        Deadline deadline = fallback ? deadline().min(MessagingConfig.PATIENCE) : deadline();
        try {
            flights.bring(lacking, id -> !good.test(known.peek(id)),
                    () -> known.pick(other -> !good.test(other), Node.BATCH_MAX - lacking.size()), deadline,
                    all -> readAll(all, Set.copyOf(lacking), cause, deadline));
        } catch (NodeException | HttpError failure) {
            if (!fallback) throw failure;
            stale.add(lacking.size());
        }
    }

    /** Reads {@code all}; of those that are known to exist, {@code wanted} ones that the node does not show yet are asked for again. */
    private void readAll(Set<Address> all, Set<Address> wanted, Cause cause, Deadline deadline) {
        Collection<Address> missing = all;
        var lag = new Lag(LAG_RETRIES, LAG_WAIT);
        do {
            Instant asked = clock.instant();
            Map<Address, ObjectView> found = node.because(cause).objects(missing, deadline);
            found.values().forEach(view -> learn(view, asked));
            missing = wanted.stream().filter(id -> known.peek(id).ref().isPresent() && known.peek(id).channel().isEmpty()).toList();
        } while (!missing.isEmpty() && lag.again(deadline));
        if (missing.isEmpty()) return;
        throw HttpError.badGateway("node_behind",
                "The node does not show yet " + missing.size() + " channels that exist. Please try again.");
    }

    private void learn(ObjectView view, Instant asked) {
        if (!view.type().equals(config.contract().channelType())) return;
        Channel channel = decode(view);
        ChannelRef.of(view, channel).ifPresent(ref -> {
            if (known.peek(ref.id()).ref().isEmpty()) records.add(ref);
            known.update(ref.id(), before -> before.read(ref, channel, asked, clock.instant()));
        });
    }

    private static Channel decode(ObjectView view) {
        try {
            return Channel.decode(view.contents());
        } catch (BcsException e) {
            throw new NodeException.Nonsense("channel " + view.ref().id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Deadline deadline() {
        return RequestContext.current().map(RequestContext::deadline).orElseGet(() -> Deadline.after(READ_TIMEOUT));
    }

    private static HttpError noSuchChannel(Address id) {
        return HttpError.notFound("Channel", "There is no channel " + id + " on chain.");
    }
}
