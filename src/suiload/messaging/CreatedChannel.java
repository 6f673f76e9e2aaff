package suiload.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Owner;
import suiload.chain.TypeTag;
import suiload.sui.CheckpointView.Written;

/**
 * What a creation transaction made. Ids follow from its digest alone, in the order in which the contract takes them
 * (facts: messaging-contract.md section 1.3), so nothing has to be read back.
 *
 * @param members cap and owner of each member, the creator first
 */
record CreatedChannel(ChannelRef ref, Address creatorCap, List<Membership> members) {
    private static final int CHANNEL = 0;
    private static final int CREATOR_CAP = 1;
    private static final int CREATOR_MEMBER_CAP = 2;
    private static final int CONFIG = 3;
    private static final int MESSAGES_TABLE = 4;
    private static final int FIRST_ADDED_CAP = 6;
    /** A {@code Versioned} keeps its value under its version, which is 1 here. */
    private static final byte[] CONFIG_KEY = new BcsWriter(8).u64(1).toByteArray();

    CreatedChannel {
        members = List.copyOf(members);
    }

    /** As {@link #in(Digest, List)}, for a transaction of our own. */
    static Optional<CreatedChannel> in(Effects effects) {
        return in(effects.transaction(), written(effects));
    }

    /**
     * Recognises the creation of one channel by anybody, in our form or the SDK's: the channel's configuration is a dynamic field whose
     * id no other transaction can have. Caps are given to whom the effects say.
     */
    static Optional<CreatedChannel> in(Digest transaction, List<Written> written) {
        Address versioned = Address.created(transaction, CONFIG);
        if (owner(written, Address.dynamicField(versioned, TypeTag.U64, CONFIG_KEY)).isEmpty()) return Optional.empty();
        Address channel = Address.created(transaction, CHANNEL);
        if (!(owner(written, channel).orElse(null) instanceof Owner.Shared(long initialVersion))) return Optional.empty();
        var ref = new ChannelRef(channel, initialVersion, Address.created(transaction, MESSAGES_TABLE));
        return Optional.of(new CreatedChannel(ref, Address.created(transaction, CREATOR_CAP), members(transaction, written, channel)));
    }

    private static List<Membership> members(Digest transaction, List<Written> written, Address channel) {
        List<Membership> members = new ArrayList<>();
        membership(transaction, CREATOR_MEMBER_CAP, written, channel).ifPresent(members::add);
        Optional<Membership> added = membership(transaction, FIRST_ADDED_CAP, written, channel);
        for (int counter = FIRST_ADDED_CAP; added.isPresent(); added = membership(transaction, ++counter, written, channel)) {
            members.add(added.get());
        }
        return members;
    }

    private static Optional<Membership> membership(Digest transaction, int counter, List<Written> written, Address channel) {
        Address cap = Address.created(transaction, counter);
        // A transaction that adds no member may make something else next.
        boolean another = written.stream().filter(each -> each.id().equals(cap)).flatMap(each -> each.type().stream())
                .anyMatch(type -> !(type.module().equals("member_cap") && type.name().equals("MemberCap")));
        if (another) return Optional.empty();
        return owner(written, cap).filter(Owner.AddressOwner.class::isInstance)
                .map(owner -> new Membership(((Owner.AddressOwner) owner).address(), new MemberCap(cap, channel)));
    }

    private static Optional<Owner> owner(List<Written> written, Address created) {
        return written.stream().filter(each -> each.created() && each.id().equals(created)).map(Written::owner).findFirst();
    }

    private static List<Written> written(Effects effects) {
        List<Written> written = new ArrayList<>();
        for (ChangedObject change : effects.changedObjects()) {
            if (change.output() instanceof ChangedObject.Output.ObjectWrite(Digest digest, Owner owner)) {
                boolean created = change.operation() == ChangedObject.IdOperation.CREATED;
                written.add(new Written(change.id(), created, owner, Optional.empty()));
            }
        }
        return written;
    }
}
