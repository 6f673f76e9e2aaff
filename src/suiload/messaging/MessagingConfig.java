package suiload.messaging;

import java.time.Duration;

/**
 * How much the read side remembers.
 *
 * @param feed          follow the node's checkpoints; otherwise channels are read again each interval
 * @param cacheInterval how long a read is good for while no feed vouches for it
 * @param cacheBytes    bound of the messages in memory
 */
public record MessagingConfig(Contract contract, boolean feed, Duration cacheInterval, long cacheBytes) {
    /** Channels of which something is known in memory. */
    static final int CHANNELS_MAX = 20_000;
    /** A channel's members and key are read again after this, whatever the feed says: it cannot see every way of changing them. */
    static final Duration METADATA_MAX_AGE = Duration.ofMinutes(10);
    /** Without the node, polls are answered from what was read so recently. */
    static final Duration STALE_MAX = Duration.ofSeconds(30);
    /** How long the node is waited for where there is such an older answer. */
    static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Gap of the feed, in checkpoints, up to which it is closed: a minute's worth. A longer one means to read everything again. */
    static final int GAP_MAX = 256;

    public static MessagingConfig of(Contract contract) {
        return new MessagingConfig(contract, true, Duration.ofSeconds(1), 64L << 20);
    }
}
