package suiload.localnet;

import java.math.BigInteger;
import java.util.regex.Pattern;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** The name of a dynamic field out of JSON, as BCS: integers as numbers or decimal strings, addresses, ids and strings. */
final class MoveName {
    /** As many as a u256 may have. */
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,78}");

    private MoveName() {}

    /** @throws suiload.json.JsonException when the value is none of that type, or the type is no simple one */
    static byte[] encode(TypeTag type, Json value) {
        return switch (type) {
            case TypeTag.Primitive primitive -> primitive(primitive, value);
            case TypeTag.Vector vector -> throw value.wrong("must be the name of a field; vectors are not read as names here");
            case TypeTag.Struct(StructTag tag) -> struct(tag, value);
        };
    }

    private static byte[] primitive(TypeTag.Primitive type, Json value) {
        return switch (type) {
            case BOOL -> new BcsWriter(1).bool(value.asBool()).toByteArray();
            case U8 -> integer(value, 1);
            case U16 -> integer(value, 2);
            case U32 -> integer(value, 4);
            case U64 -> integer(value, 8);
            case U128 -> integer(value, 16);
            case U256 -> integer(value, 32);
            case ADDRESS -> JsonRpcParams.address(value).bytes();
            case SIGNER -> throw value.wrong("must be the name of a field; a signer is none");
        };
    }

    private static byte[] struct(StructTag tag, Json value) {
        if (tag.is(Address.MOVE_STDLIB, "string", "String") || tag.is(Address.MOVE_STDLIB, "ascii", "String")) {
            return new BcsWriter(64).string(value.asString()).toByteArray();
        }
        if (tag.is(Address.SUI_FRAMEWORK, "object", "ID")) return JsonRpcParams.address(value).bytes();
        throw value.wrong("must be the name of a field; names of this type are not read here");
    }

    /** Little-endian, unsigned, in so many bytes. */
    private static byte[] integer(Json value, int size) {
        BigInteger number = number(value);
        if (number.bitLength() > 8 * size) throw value.wrong("must be an unsigned integer of " + 8 * size + " bits");
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = number.shiftRight(8 * i).byteValue();
        return bytes;
    }

    private static BigInteger number(Json value) {
        String digits = value.isNumber() ? value.toString() : value.asString();
        // Longer ones are not even read: that takes time with the square of their length.
        if (!DIGITS.matcher(digits).matches()) throw value.wrong("must be a whole number or a string of decimal digits");
        return new BigInteger(digits);
    }
}
