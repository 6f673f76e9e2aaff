package suiload.messaging;

import java.util.List;
import suiload.chain.Address;
import suiload.chain.Argument;
import suiload.chain.Command;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/**
 * The messaging package on chain: calls name its current id, types the id that first defined them. Both are equal until
 * the package is upgraded. Limits are those of a channel with the default configuration (facts: messaging-contract.md section 2).
 */
public record Contract(Address packageId, Address typesId) {
    /** Members of a channel, its creator included. */
    public static final int MAX_MEMBERS = 10;
    /** Bytes of a message's ciphertext. */
    public static final int MAX_MESSAGE_BYTES = 512;
    /** Bytes of a channel's encryption key, and what we give it. */
    public static final int MAX_KEY_BYTES = 512;
    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 12;

    /** A package that was never upgraded. */
    public static Contract of(Address packageId) {
        return new Contract(packageId, packageId);
    }

    public StructTag channelType() {
        return type("channel", "Channel");
    }

    public StructTag memberCapType() {
        return type("member_cap", "MemberCap");
    }

    public StructTag messageAddedType() {
        return type("message", "MessageAddedEvent");
    }

    public TypeTag attachmentType() {
        return TypeTag.of(type("attachment", "Attachment"));
    }

    /** The stored form of element {@code u64} of a channel's messages. */
    public StructTag messageFieldType() {
        return StructTag.of(Address.SUI_FRAMEWORK, "dynamic_field", "Field", TypeTag.U64, TypeTag.of(type("message", "Message")));
    }

    Command call(String module, String function, Argument... arguments) {
        return new Command.MoveCall(packageId, module, function, List.of(), List.of(arguments));
    }

    private StructTag type(String module, String name) {
        return StructTag.of(typesId, module, name);
    }
}
