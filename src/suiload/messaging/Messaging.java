package suiload.messaging;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.sui.Cause;
import suiload.sui.Node;
import suiload.transactions.Purpose;
import suiload.users.UserVault;

/**
 * Channels and messages: what is known of them, how it is kept current, and what sends are for. Made before
 * {@link suiload.transactions.Transactions}, which has to know {@link #purposes()} at its start.
 */
public final class Messaging implements AutoCloseable {
    private final MessagingConfig config;
    private final SendMessage sendMessage;
    private final CreateChannel createChannel;
    private final ChannelReads channels;
    private final MessageReads messages;
    private final Memberships memberships;
    /** Absent where the node cannot be followed. */
    private final Optional<Feed> feed;

    private Messaging(MessagingConfig config, Node node, Database database, UserVault users, ReadState state, RandomGenerator random,
            Metrics metrics) {
        this.config = config;
        var records = new ChannelRecords(database);
        sendMessage = new SendMessage(config.contract(), state, users::secret);
        createChannel = new CreateChannel(config.contract(), state, users::secret);
        channels = new ChannelReads(config, node, records, state, metrics);
        messages = new MessageReads(config.contract(), node, channels, state.messages());
        memberships = new Memberships(config, node, records, users::created, state, metrics);
        Node followed = node.because(Cause.FEED);
        feed = followed.checkpoints().map(source -> new Feed(config.contract(), followed, source, records, state, random, metrics));
        metrics.gauge("suiload_channels_known", "Channels of which something is known in memory.", state.known()::size);
    }

    /** Nothing runs before {@link #start()}. */
    public static Messaging open(MessagingConfig config, Node node, Database database, UserVault users, InstantSource clock,
            RandomGenerator random, Metrics metrics) {
        return new Messaging(config, node, database, users, ReadState.of(config, clock, metrics), random, metrics);
    }

    /** What messaging transactions are for: whoever opens the transactions must name them. */
    public List<Purpose> purposes() {
        return List.of(sendMessage, createChannel);
    }

    /** Begins to follow the chain, where that is wanted. */
    public void start() {
        if (config.feed()) feed.ifPresent(Feed::start);
    }

    /** Ends the feed, noting where it stood. */
    @Override
    public void close() {
        feed.ifPresent(Feed::close);
    }

    Contract contract() {
        return config.contract();
    }

    SendMessage sendMessage() {
        return sendMessage;
    }

    CreateChannel createChannel() {
        return createChannel;
    }

    ChannelReads channels() {
        return channels;
    }

    MessageReads messages() {
        return messages;
    }

    Memberships memberships() {
        return memberships;
    }
}
