package suiload.localnet;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.json.Json;

/**
 * The positional parameters of one call: null and absent are the same. What is of the wrong form throws {@link suiload.json.JsonException}
 * naming its place.
 */
final class JsonRpcParams {
    /** Most items of a page and of a list of ids; also what a page has when nobody says. */
    static final int ITEMS_MAX = 50;

    private final List<Json> values;

    private JsonRpcParams(List<Json> values) {
        this.values = values;
    }

    static JsonRpcParams of(Optional<Json> params) {
        return new JsonRpcParams(params.map(Json::asList).orElse(List.of()));
    }

    Optional<Json> find(int index) {
        return index < values.size() && !values.get(index).isNull() ? Optional.of(values.get(index)) : Optional.empty();
    }

    /** @throws JsonRpcException when it is not there */
    Json get(int index, String name) {
        return find(index).orElseThrow(() -> JsonRpcException.invalidParams("params[" + index + "] (" + name + ") is missing"));
    }

    Address address(int index, String name) {
        return address(get(index, name));
    }

    /** Where the page before ended. */
    Optional<Address> cursor(int index) {
        return find(index).map(JsonRpcParams::address);
    }

    /** Items of a page; too many are cut, and 0 is as good as nothing. */
    int limit(int index) {
        long limit = find(index).map(Json::asU64).orElse(0L);
        return limit <= 0 || limit > ITEMS_MAX ? ITEMS_MAX : (int) limit;
    }

    /** A list of at most {@link #ITEMS_MAX} items. */
    <T> List<T> list(int index, String name, Function<Json, T> item) {
        List<Json> items = get(index, name).asList();
        if (items.size() > ITEMS_MAX) throw JsonRpcException.invalid("Input exceeds limit of " + ITEMS_MAX);
        List<T> read = new ArrayList<>(items.size());
        for (Json each : items) read.add(item.apply(each));
        return read;
    }

    /** Options that are true, of an object whose other fields do not matter. */
    static boolean option(Optional<Json> options, String name) {
        return options.flatMap(given -> given.find(name)).map(Json::asBool).orElse(false);
    }

    static Address address(Json value) {
        return parsed(value, Address::parse, "must be 0x and 1 to 64 hex digits");
    }

    static Digest digest(Json value) {
        return parsed(value, Digest::parse, "must be a digest: Base58 of 32 bytes");
    }

    static TypeTag type(Json value) {
        return parsed(value, TypeTag::parse, "must be a Move type such as 0x2::sui::SUI");
    }

    static StructTag struct(Json value) {
        return parsed(value, StructTag::parse, "must be a struct type such as 0x2::sui::SUI");
    }

    static byte[] base64(Json value) {
        return parsed(value, Base64.getDecoder()::decode, "must be Base64");
    }

    private static <T> T parsed(Json value, Function<String, T> parser, String rule) {
        try {
            return parser.apply(value.asString());
        } catch (IllegalArgumentException e) {
            throw value.wrong(rule);
        }
    }
}
