package suiload.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import suiload.chain.Address;
import suiload.chain.Owner;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.metrics.Timer;
import suiload.sui.CheckpointView;
import suiload.sui.CheckpointView.Entry;
import suiload.sui.CheckpointView.Written;
import suiload.sui.Node;
import suiload.sui.NodeException;
import suiload.sui.ObjectView;

/** What a checkpoint means for channels: messages added, channels made, caps given out, members or keys changed. Twice does no harm. */
final class Intake {
    private final Contract contract;
    private final Node node;
    private final ChannelRecords records;
    private final ReadState state;
    private final Timer delay;

    Intake(Contract contract, Node node, ChannelRecords records, ReadState state, Metrics metrics) {
        this.contract = contract;
        this.node = node;
        this.records = records;
        this.state = state;
        delay = metrics.timer("suiload_feed_delay_seconds", "From a message's time on chain to its arrival through the feed.");
    }

    void take(CheckpointView checkpoint) {
        for (Entry transaction : checkpoint.transactions()) if (transaction.success()) take(transaction);
    }

    private void take(Entry transaction) {
        List<MessageAdded> messages = MessageAdded.among(transaction.events(), contract);
        messages.forEach(this::take);
        Optional<CreatedChannel> created = CreatedChannel.in(transaction.digest(), transaction.written())
                .filter(made -> ofOurs(made, transaction));
        Set<Address> explained = new HashSet<>();
        messages.forEach(message -> explained.add(message.channel()));
        created.ifPresent(channel -> {
            records.add(channel);
            explained.add(channel.ref().id());
            channel.members().forEach(member -> explained.add(member.cap().id()));
        });
        takeRest(transaction.written(), explained);
    }

    /** The ids of what a transaction makes tell its order only: another package's channels have the same. */
    private boolean ofOurs(CreatedChannel made, Entry transaction) {
        return transaction.written().stream().anyMatch(each -> each.id().equals(made.ref().id()) && is(each, "channel", "Channel"));
    }

    private void take(MessageAdded message) {
        state.added(message);
        Duration age = Duration.between(Instant.ofEpochMilli(message.createdAtMs()), state.clock().instant());
        delay.record(age.isNegative() ? Duration.ZERO : age);
    }

    /** Caps and channels that neither a message nor a plain creation accounts for. */
    private void takeRest(List<Written> written, Set<Address> explained) {
        List<Written> caps = new ArrayList<>();
        Set<Address> channels = new HashSet<>();
        for (Written each : written) {
            boolean cap = each.created() && is(each, "member_cap", "MemberCap");
            if (is(each, "channel", "Channel")) channels.add(each.id());
            if (cap && !explained.contains(each.id())) caps.add(each);
        }
        Instant now = state.clock().instant();
        channels.stream().filter(channel -> !explained.contains(channel) || !caps.isEmpty())
                .forEach(channel -> state.known().changed(channel, now));
        if (!caps.isEmpty()) records.add(memberships(caps, channels));
    }

    /** One channel written by the transaction must be that of its caps; of several, the caps themselves must say. */
    private List<Membership> memberships(List<Written> caps, Set<Address> channels) {
        List<Membership> memberships = new ArrayList<>();
        Map<Address, ObjectView> views = channels.size() == 1 ? Map.of()
                : node.objects(caps.stream().map(Written::id).toList(), Deadline.after(ChannelReads.READ_TIMEOUT));
        for (Written cap : caps) {
            if (!(cap.owner() instanceof Owner.AddressOwner(Address owner))) continue;
            MemberCap whole = channels.size() == 1 ? new MemberCap(cap.id(), channels.iterator().next())
                    : MemberCap.decode(shown(views, cap.id()).contents());
            memberships.add(new Membership(owner, whole));
        }
        return memberships;
    }

    private static ObjectView shown(Map<Address, ObjectView> views, Address cap) {
        return Optional.ofNullable(views.get(cap))
                .orElseThrow(() -> new NodeException.Unavailable("the node does not show member cap " + cap + " yet", null));
    }

    private boolean is(Written written, String module, String name) {
        return written.type().filter(type -> type.is(contract.typesId(), module, name)).isPresent();
    }
}
