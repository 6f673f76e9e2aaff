package suiload.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
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
    private final Flights<Address> flights = new Flights<>();

    MessageReads(Contract contract, Node node, ChannelReads channels, MessageCache cache) {
        this.contract = contract;
        this.node = node.because(Cause.POLL);
        this.channels = channels;
        this.cache = cache;
    }

    /** At most {@code limit} messages by index, the newest first, of those below {@code before}. */
    TreeMap<Long, Message> latest(ChannelRef channel, int limit, OptionalLong before) {
        long count = channels.count(channel);
        long end = before.isPresent() ? Math.min(before.getAsLong(), count) : count;
        long begin = Math.max(0, end - limit);
        TreeMap<Long, Message> found = cache.range(channel.id(), begin, end);
        Deadline deadline = ChannelReads.deadline();
        while (found.size() < end - begin) {
            // Whoever reads takes what it read; the others look into the cache again.
            TreeMap<Long, Message> have = found;
            flights.bring(List.of(channel.id()), List::of, deadline,
                    key -> have.putAll(fetch(channel, missing(have, begin, end), deadline)));
            if (found.size() < end - begin) found = cache.range(channel.id(), begin, end);
        }
        return found;
    }

    private static List<Long> missing(TreeMap<Long, Message> found, long begin, long end) {
        List<Long> missing = new ArrayList<>();
        for (long index = begin; index < end; index++) if (!found.containsKey(index)) missing.add(index);
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
