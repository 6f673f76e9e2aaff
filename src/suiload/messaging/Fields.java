package suiload.messaging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.crypto.SecretKey;
import suiload.http.HttpError;
import suiload.json.Json;

/** Reads what clients send, refusing with 400 and the field's name what cannot be meant. */
final class Fields {
    private static final int NAME_MAX = 256;

    private Fields() {}

    static Address address(String field, String text) {
        if (!text.startsWith("0x")) throw HttpError.badRequest(field, "must begin with 0x");
        return parsed(field, text, Address::parse, "must be 0x and 1 to 64 hex digits");
    }

    static Address address(Json body, String field) {
        return address(field, body.string(field));
    }

    static Digest digest(String field, String text) {
        return parsed(field, text, Digest::parse, "must be a transaction digest: Base58 of 32 bytes");
    }

    /** The signer: {@code secret_key} itself, or that of a user of ours at {@code sui_address}; both must be of one account. */
    static SecretKey signer(Json body, Function<Address, Optional<SecretKey>> keys) {
        Optional<Address> address = body.find("sui_address").map(field -> address("sui_address", field.asString()));
        Optional<SecretKey> given = body.find("secret_key").map(field -> secretKey(field.asString()));
        if (given.isEmpty() && address.isEmpty()) throw HttpError.badRequest("secret_key", "is missing: give secret_key or sui_address");
        if (given.isEmpty()) {
            return keys.apply(address.get()).orElseThrow(() -> HttpError.badRequest("sui_address", "is not a user of this service"));
        }
        if (address.isPresent() && !address.get().equals(Address.ofPublicKey(given.get().publicKey()))) {
            throw HttpError.badRequest("sui_address", "is not the address of secret_key");
        }
        return given.get();
    }

    static String channelName(Json body) {
        String name = body.string("channel_name");
        if (!name.isBlank() && name.length() <= NAME_MAX) return name;
        throw HttpError.badRequest("channel_name", "must have 1 to " + NAME_MAX + " characters");
    }

    /** Those besides the creator. */
    static List<Address> members(Json body, Address creator) {
        List<Address> members = new ArrayList<>();
        Set<Address> seen = new HashSet<>(Set.of(creator));
        for (Json field : body.list("initial_members")) {
            Address member = address(field.path(), field.asString());
            if (member.equals(creator)) throw HttpError.badRequest(field.path(), "is the creator, who is a member without being named");
            if (!seen.add(member)) throw HttpError.badRequest(field.path(), "is named twice");
            members.add(member);
        }
        if (seen.size() > Contract.MAX_MEMBERS) {
            throw HttpError.badRequest("initial_members", "must name at most " + (Contract.MAX_MEMBERS - 1)
                    + ": a channel has at most " + Contract.MAX_MEMBERS + " members, its creator included");
        }
        return members;
    }

    static Bytes message(Json body) {
        String text = body.string("message");
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) throw HttpError.badRequest("message", "has an unpaired surrogate");
        Bytes bytes = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        if (bytes.length() <= Contract.MAX_MESSAGE_BYTES) return bytes;
        String rule = "; at most " + Contract.MAX_MESSAGE_BYTES + " are allowed";
        throw HttpError.badRequest("message", "has " + bytes.length() + " bytes in UTF-8" + rule);
    }

    /** The text is a secret: no complaint shows it. */
    private static SecretKey secretKey(String text) {
        return parsed("secret_key", text, SecretKey::parse, "must be an Ed25519 key: suiprivkey1…");
    }

    private static <T> T parsed(String field, String text, Function<String, T> parser, String rule) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw HttpError.badRequest(field, rule);
        }
    }
}
