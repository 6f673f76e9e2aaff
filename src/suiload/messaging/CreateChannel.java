package suiload.messaging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.json.Json;
import suiload.store.Session;
import suiload.sui.Executed;
import suiload.transactions.Intent;
import suiload.transactions.Outcome;
import suiload.transactions.Purpose;
import suiload.transactions.Reply;

/** Making a channel: recorded together with its transaction's outcome, so that its members' memberships are known without a read. */
final class CreateChannel implements Purpose {
    private final Contract contract;
    private final ReadState state;
    private final Failures failures;
    private final Function<Address, Optional<SecretKey>> keys;

    /** @param keys those that the service keeps, by address */
    CreateChannel(Contract contract, ReadState state, Function<Address, Optional<SecretKey>> keys) {
        this.contract = contract;
        this.state = state;
        this.keys = keys;
        failures = new Failures(contract);
    }

    @Override
    public String name() {
        return "create_channel";
    }

    /** @param members those besides the signer */
    Intent intent(SecretKey signer, String channelName, List<Address> members, Bytes channelKey, String requestId) {
        String parameters = Json.text(Json.object("name", channelName, "members", members.stream().map(Address::toString).toList(),
                "key", channelKey.hex(), "request", requestId));
        return intent(signer, parameters);
    }

    private Intent intent(SecretKey signer, String parameters) {
        Json json = Json.parse(parameters);
        var creation = new ChannelCreation(contract, Address.ofPublicKey(signer.publicKey()), members(json),
                Optional.of(Bytes.ofHex(json.string("key"))));
        return new Intent(this, parameters, signer, creation.plan());
    }

    @Override
    public Optional<Intent> rebuild(Address sender, String parameters) {
        return keys.apply(sender).map(key -> intent(key, parameters));
    }

    @Override
    public void settled(Session session, String parameters, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded(Executed executed)) ChannelRecords.add(session, created(executed));
    }

    @Override
    public void recorded(String parameters, Outcome outcome, boolean leftOver) {
        if (!(outcome instanceof Outcome.Succeeded(Executed executed))) return;
        ChannelRef ref = created(executed).ref();
        // Into one that an earlier life made members may have written since, and nobody here saw it.
        state.known().update(ref.id(), before -> leftOver ? before.of(ref) : before.made(ref, state.clock().instant()));
    }

    @Override
    public Reply reply(String parameters, Outcome outcome) {
        Json json = Json.parse(parameters);
        return switch (outcome) {
            case Outcome.Succeeded(Executed executed) -> {
                byte[] body = Json.bytes(Json.object("message", "Channel '" + json.string("name") + "' created successfully",
                        "channel", channel(executed, members(json))));
                yield new Reply(200, Bytes.of(body), OptionalLong.of(executed.gasCost()));
            }
            case Outcome.Failed failed -> failures.reply(failed, json.string("request"));
            case Outcome.Refused refused -> failures.reply(refused, json.string("request"));
        };
    }

    /** The creator's cap first, then those of the members in the order in which they were named. */
    private static Map<String, Object> channel(Executed executed, List<Address> members) {
        CreatedChannel created = created(executed);
        Map<Address, Membership> byOwner = new HashMap<>();
        created.members().forEach(member -> byOwner.put(member.owner(), member));
        List<Membership> ordered = new ArrayList<>(List.of(created.members().getFirst()));
        members.forEach(member -> ordered.add(byOwner.get(member)));
        return Json.object("channelId", created.ref().id().toString(), "creatorCapId", created.creatorCap().toString(),
                "messagesTableId", created.ref().messagesTable().toString(),
                "memberCaps", ordered.stream().map(CreateChannel::memberCap).toList(), "digest", executed.digest().toString());
    }

    private static Map<String, Object> memberCap(Membership member) {
        return Json.object("address", member.owner().toString(), "memberCapId", member.cap().id().toString());
    }

    private static CreatedChannel created(Executed executed) {
        return CreatedChannel.in(executed.effects())
                .orElseThrow(() -> new IllegalStateException("transaction " + executed.digest() + " succeeded but made no channel"));
    }

    private static List<Address> members(Json parameters) {
        return parameters.list("members").stream().map(Json::asString).map(Address::parse).toList();
    }
}
