package suiload.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one channel. Immutable.
 *
 * @param followed  somebody here asked for it or made it; others are only counted
 * @param ref       what never changes, once known
 * @param channel   as last read, if it was
 * @param count     messages, as far as anybody told
 * @param last      message {@code count − 1}, if somebody told it
 * @param certain   moment at which all of this was true; followed by the feed it stays true
 * @param confirmed moment at which it was last read or made
 * @param changed   moment at which it was last seen to change in a way that nothing told of: members, key, or messages sent without event
 */
record Knowledge(boolean followed, Optional<ChannelRef> ref, Optional<Channel> channel, long count, Optional<Message> last,
        Instant certain, Instant confirmed, Instant changed) {

    static final Knowledge NONE =
            new Knowledge(false, Optional.empty(), Optional.empty(), 0, Optional.empty(), Instant.MIN, Instant.MIN, Instant.MIN);

    /** We have just made it: all is known but the chain's time of its creation. The feed may have been faster to tell of messages. */
    Knowledge made(ChannelRef is, Instant now) {
        return new Knowledge(true, Optional.of(is), channel, count, last, later(certain, now), later(confirmed, now), changed);
    }

    Knowledge asked() {
        return followed ? this : new Knowledge(true, ref, channel, count, last, certain, confirmed, changed);
    }

    /** Somebody asked; {@code is} was recorded before. */
    Knowledge of(ChannelRef is) {
        return new Knowledge(true, Optional.of(is), channel, count, last, certain, confirmed, changed);
    }

    /** The feed or a send of ours told of message {@code index}; {@code message} is empty if it has attachments. */
    Knowledge after(long index, Optional<Message> message) {
        if (index < count) return this;
        return new Knowledge(followed, ref, channel, index + 1, message, certain, confirmed, changed);
    }

    /** Something happened that nobody could tell. */
    Knowledge doubted() {
        return new Knowledge(true, ref, channel, count, last, Instant.MIN, Instant.MIN, changed);
    }

    /** Members or key changed. */
    Knowledge changed(Instant now) {
        return new Knowledge(followed, ref, channel, count, last, certain, confirmed, now);
    }

    /** A read that was asked for at {@code asked} shows this; the node that answered may have lagged by {@link Coverage#LAG}. */
    Knowledge read(ChannelRef is, Channel read, Instant asked, Instant now) {
        boolean newer = read.messagesCount() >= count;
        return new Knowledge(true, Optional.of(is), Optional.of(read), newer ? read.messagesCount() : count,
                newer ? read.lastMessage() : last, later(certain, asked.minus(Coverage.LAG)), now, changed);
    }

    /** Whether {@code count} can be trusted without asking the node. */
    boolean countIsCurrent(Coverage coverage, Duration interval, Instant now) {
        return unchanged(coverage) || confirmed.isAfter(now.minus(interval)) && confirmed.isAfter(changed);
    }

    /** Whether members and key can be trusted, too. */
    boolean isCurrent(Coverage coverage, Duration interval, Duration oldest, Instant now) {
        if (channel.isEmpty() || !confirmed.isAfter(now.minus(oldest)) || count > 0 && last.isEmpty()) return false;
        return unchanged(coverage) || confirmed.isAfter(now.minus(interval)) && confirmed.isAfter(changed);
    }

    private boolean unchanged(Coverage coverage) {
        return coverage.holdsInMemory(certain) && !certain.isBefore(changed);
    }

    /** The channel with the messages that came since it was read. */
    Optional<Channel> current() {
        if (last.isEmpty()) return channel;
        return channel.map(read -> read.after(count - 1, last.get()));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
