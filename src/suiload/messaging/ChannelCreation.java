package suiload.messaging;

import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.Argument.NestedResult;
import suiload.chain.Argument.Result;
import suiload.chain.CallArg;
import suiload.transactions.Plan;

/**
 * A channel made, filled with members, given its key and shared in one transaction (facts: messaging-contract.md section 3.2).
 * Without a key nobody can send to it; that form is what the contract's SDK begins with.
 *
 * @param members those besides the creator
 */
record ChannelCreation(Contract contract, Address creator, List<Address> members, Optional<Bytes> key) {
    ChannelCreation {
        members = List.copyOf(members);
    }

    Plan plan() {
        return Plan.of(this::budget, inputs -> program());
    }

    /** The order of inputs and commands is the SDK's, so that its golden transactions pin ours. */
    Plan.Program program() {
        var draft = new Draft();
        Argument clock = draft.input(CallArg.clock());
        int config = draft.command(contract.call("config", "none"));
        int made = draft.command(contract.call("channel", "new", new Result(config), clock));
        var channel = new NestedResult(made, 0);
        var creatorCap = new NestedResult(made, 1);
        var memberCap = new NestedResult(made, 2);

        Optional<Integer> added = addMembers(draft, channel, memberCap, clock);
        key.ifPresent(bytes -> draft.command(contract.call("channel", "add_encrypted_key", channel, memberCap,
                draft.input(CallArg.pure(new BcsWriter().bytes(bytes))))));
        draft.command(contract.call("channel", "share", channel, creatorCap));
        draft.command(contract.call("member_cap", "transfer_to_recipient", memberCap, creatorCap, draft.input(pure(creator))));
        added.ifPresent(caps -> draft.command(contract.call("member_cap", "transfer_member_caps",
                draft.input(CallArg.pure(new BcsWriter().vector(members, (w, member) -> member.write(w)))), new Result(caps), creatorCap)));
        draft.command(contract.call("creator_cap", "transfer_to_sender", creatorCap));
        return draft.program();
    }

    private Optional<Integer> addMembers(Draft draft, Argument channel, Argument memberCap, Argument clock) {
        if (members.isEmpty()) return Optional.empty();
        Argument count = draft.input(CallArg.pure(new BcsWriter(8).u64(members.size())));
        return Optional.of(draft.command(contract.call("channel", "add_members", channel, memberCap, count, clock)));
    }

    private long budget(long gasPrice) {
        int caps = Gas.CREATOR_CAP + Gas.MEMBER_CAP * (members.size() + 1);
        return Gas.budget(gasPrice, Gas.channel(members.size()) + caps + Gas.CONFIG + Gas.COIN, 0);
    }

    private static CallArg pure(Address address) {
        var out = new BcsWriter(32);
        address.write(out);
        return CallArg.pure(out);
    }
}
