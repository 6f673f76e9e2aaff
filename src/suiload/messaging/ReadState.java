package suiload.messaging;

import java.time.InstantSource;
import suiload.metrics.Metrics;

/** What the read side, the feed and our own sends share. */
record ReadState(KnownChannels known, MessageCache messages, Coverage coverage, InstantSource clock) {
    static ReadState of(MessagingConfig config, InstantSource clock, Metrics metrics) {
        return new ReadState(new KnownChannels(MessagingConfig.CHANNELS_MAX), new MessageCache(config.cacheBytes(), metrics),
                new Coverage(clock), clock);
    }

    /** Takes in what a send appended, of ours or anybody's. Messages of channels that nobody here asked for are counted only. */
    void added(MessageAdded added) {
        Knowledge now = known.update(added.channel(), before -> before.after(added.index(), added.message()));
        added.message().filter(message -> now.followed()).ifPresent(message -> messages.put(added.channel(), added.index(), message));
    }
}
