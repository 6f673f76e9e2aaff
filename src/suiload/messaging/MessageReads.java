package suiload.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import suiload.bcs.BcsException;
import suiload.chain.Address;
import suiload.http.HttpError;
import suiload.metrics.Deadline;
import suiload.sui.Cause;
import suiload.sui.Node;
import suiload.sui.NodeException;
import suiload.sui.ObjectView;

/**
 * The latest messages of a channel. Their ids follow from the table and their index, counted down from the end: the size of the channel
 * does not matter, and nothing is ever listed.
 */
final class MessageReads {
    private static final int LAG_RETRIES = 5;
    private static final Duration LAG_WAIT = Duration.ofMillis(100);

    private final Contract contract;
    private final Node node;
    private final ChannelReads channels;
    private final MessageCache cache;
    private final Flights<MessageCache.Stretch> flights = new Flights<>();

    MessageReads(Contract contract, Node node, ChannelReads channels, MessageCache cache) {
        this.contract = contract;
        this.node = node.because(Cause.POLL);
        this.channels = channels;
        this.cache = cache;
    }

    /** Where the latest {@code limit} messages lie, or the latest of those below {@code before}. */
    MessageCache.Stretch latest(ChannelRef channel, int limit, OptionalLong before) {
        long count = channels.count(channel);
        long end = before.isPresent() ? Math.min(before.getAsLong(), count) : count;
        return new MessageCache.Stretch(channel.id(), Math.max(0, end - limit), end);
    }

    /**
     * The messages of a stretch as an answer's body, not to be changed: what many poll is written once.
     *
     * @param writer of messages by index, the newest first
     */
    byte[] page(ChannelRef channel, MessageCache.Stretch stretch, Function<SortedMap<Long, Message>, byte[]> writer) {
        return cache.page(stretch).orElseGet(() -> {
            byte[] page = writer.apply(messages(channel, stretch));
            cache.putPage(stretch, page);
            return page;
        });
    }

    /** The messages of a stretch by index, the newest first. */
    TreeMap<Long, Message> messages(ChannelRef channel, MessageCache.Stretch stretch) {
        TreeMap<Long, Message> found = cache.range(stretch);
        Deadline deadline = ChannelReads.deadline();
        while (found.size() < stretch.length()) {
            // Whoever reads takes what it read; the others look into the cache again.
            TreeMap<Long, Message> have = found;
            flights.bring(List.of(stretch), wanted -> !cache.holds(wanted), List::of, deadline,
                    key -> have.putAll(fetch(channel, missing(have, stretch), deadline)));
            if (found.size() < stretch.length()) found = cache.range(stretch);
        }
        return found;
    }

    private static List<Long> missing(TreeMap<Long, Message> found, MessageCache.Stretch stretch) {
        List<Long> missing = new ArrayList<>();
        for (long index = stretch.begin(); index < stretch.end(); index++) if (!found.containsKey(index)) missing.add(index);
        return missing;
    }

    private Map<Long, Message> fetch(ChannelRef channel, List<Long> indexes, Deadline deadline) {
        Map<Address, Long> wanted = new HashMap<>();
        indexes.forEach(index -> wanted.put(Address.tableEntry(channel.messagesTable(), index), index));
        Map<Long, Message> found = new HashMap<>();
        var lag = new Lag(LAG_RETRIES, LAG_WAIT);
        do {
            for (ObjectView view : node.objects(List.copyOf(wanted.keySet()), deadline).values()) {
                long index = wanted.remove(view.ref().id());
                Message message = decode(view, index);
                cache.put(channel.id(), index, message);
                found.put(index, message);
            }
        } while (!wanted.isEmpty() && lag.again(deadline));
        if (wanted.isEmpty()) return found;
        throw HttpError.badGateway("node_behind",
                "The node does not show yet " + wanted.size() + " messages that the channel counts. Please try again.");
    }

    private Message decode(ObjectView view, long index) {
        if (!view.type().equals(contract.messageFieldType())) {
            throw new NodeException.Nonsense("object " + view.ref().id() + " is a " + view.type() + ", not a message", null);
        }
        try {
            return Message.ofField(view.contents(), index);
        } catch (BcsException e) {
            throw new NodeException.Nonsense("message " + view.ref().id() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
