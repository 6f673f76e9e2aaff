package suiload.messaging;

import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.Owner;
import suiload.sui.ObjectView;

/** What never changes of a channel. Sends name {@code initialVersion}, message ids follow from {@code messagesTable}. */
record ChannelRef(Address id, long initialVersion, Address messagesTable) {
    /** Empty unless {@code view} is a shared channel of this contract. */
    static Optional<ChannelRef> of(ObjectView view, Channel channel) {
        if (!(view.owner() instanceof Owner.Shared(long initialVersion))) return Optional.empty();
        return Optional.of(new ChannelRef(channel.id(), initialVersion, channel.messagesTable()));
    }
}
