package suiload.messaging;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.crypto.SecretKey;
import suiload.json.Json;
import suiload.sui.Executed;
import suiload.transactions.Intent;
import suiload.transactions.Outcome;
import suiload.transactions.Purpose;
import suiload.transactions.Reply;

/** Sending a message: once it is executed, readers see it, and the client gets its digest and cost. */
final class SendMessage implements Purpose {
    private final Contract contract;
    private final ReadState state;
    private final Failures failures;
    private final Function<Address, Optional<SecretKey>> keys;

    /** @param keys those that the service keeps, by address */
    SendMessage(Contract contract, ReadState state, Function<Address, Optional<SecretKey>> keys) {
        this.contract = contract;
        this.state = state;
        this.keys = keys;
        failures = new Failures(contract);
    }

    @Override
    public String name() {
        return "send_message";
    }

    Intent intent(SecretKey signer, MemberCap cap, Bytes ciphertext, Bytes nonce, String requestId) {
        String parameters = Json.text(Json.object("channel", cap.channel().toString(), "cap", cap.id().toString(),
                "ciphertext", base64(ciphertext), "nonce", base64(nonce), "request", requestId));
        return intent(signer, parameters);
    }

    private Intent intent(SecretKey signer, String parameters) {
        Json json = Json.parse(parameters);
        var sending = new MessageSending(contract, Address.parse(json.string("channel")), Address.parse(json.string("cap")),
                bytes(json.string("ciphertext")), bytes(json.string("nonce")));
        return new Intent(this, parameters, signer, sending.plan());
    }

    @Override
    public Optional<Intent> rebuild(Address sender, String parameters) {
        return keys.apply(sender).map(key -> intent(key, parameters));
    }

    @Override
    public void recorded(String parameters, Outcome outcome, boolean leftOver) {
        if (!(outcome instanceof Outcome.Succeeded(Executed executed))) return;
        List<MessageAdded> added = MessageAdded.among(executed.events(), contract);
        // Without its event the message's index is not known: the next reader must ask.
        if (added.isEmpty()) state.known().update(Address.parse(Json.parse(parameters).string("channel")), Knowledge::doubted);
        added.forEach(message -> state.known().ask(message.channel()));
        added.forEach(state::added);
    }

    @Override
    public Reply reply(String parameters, Outcome outcome) {
        Json json = Json.parse(parameters);
        return switch (outcome) {
            case Outcome.Succeeded(Executed executed) -> {
                byte[] body = Json.bytes(Json.object(
                        "message", "Message sent successfully to channel " + json.string("channel"),
                        "digest", executed.digest().toString(), "gasCost", Long.toString(executed.gasCost())));
                yield new Reply(200, Bytes.of(body), OptionalLong.of(executed.gasCost()));
            }
            case Outcome.Failed failed -> failures.reply(failed, json.string("request"));
            case Outcome.Refused refused -> failures.reply(refused, json.string("request"));
        };
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    private static Bytes bytes(String base64) {
        return Bytes.of(Base64.getDecoder().decode(base64));
    }
}
