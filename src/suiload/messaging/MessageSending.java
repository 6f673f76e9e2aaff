package suiload.messaging;

import java.util.List;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Argument.Result;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.ObjectRef;
import suiload.transactions.Plan;

/** One message without attachments (facts: messaging-contract.md section 3.3). */
record MessageSending(Contract contract, Address channel, Address memberCap, Bytes ciphertext, Bytes nonce) {
    Plan plan() {
        return Plan.of(this::budget, inputs -> program(inputs.owned(memberCap), inputs.initialVersion(channel)))
                .owning(memberCap).sharing(channel);
    }

    /** The order of inputs and commands is the SDK's, so that its golden transactions pin ours. */
    Plan.Program program(ObjectRef cap, long initialVersion) {
        var draft = new Draft();
        int attachments = draft.command(new Command.MoveCall(Address.MOVE_STDLIB, "vector", "empty",
                List.of(contract.attachmentType()), List.of()));
        draft.command(contract.call("channel", "send_message",
                draft.input(new CallArg.Shared(channel, initialVersion, CallArg.Mutability.MUTABLE)),
                draft.input(new CallArg.Owned(cap)),
                draft.input(CallArg.pure(new BcsWriter().bytes(ciphertext))),
                draft.input(CallArg.pure(new BcsWriter().bytes(nonce))),
                new Result(attachments),
                draft.input(CallArg.clock())));
        return draft.program();
    }

    /** The message is stored twice, as an element and as the channel's last one; a first message replaces none. */
    private long budget(long gasPrice) {
        int message = 64 + ciphertext.length() + nonce.length();
        int rewritten = Gas.channel(Contract.MAX_MEMBERS) + message + Gas.MEMBER_CAP + Gas.COIN;
        return Gas.budget(gasPrice, 2 * message + Gas.MESSAGE_FIELD, rewritten);
    }
}
