package suiload.localnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.json.Json;

/**
 * Move values as JSON-RPC gives them, by their declared layout (facts: sui-jsonrpc.md section 4.3): keys sorted, bytes as numbers, and
 * structs inside others wrapped with their type where an object is shown, bare where an event or a field's name is.
 */
final class MoveFields {
    private static final MoveForm<Object> WRAPPED = new Form(true);
    private static final MoveForm<Object> BARE = new Form(false);

    private final Function<Address, Optional<MovePackageInterface>> packages;

    MoveFields(Function<Address, Optional<MovePackageInterface>> packages) {
        this.packages = packages;
    }

    /** {@code content.fields} of an object; empty when a layout is unknown. */
    Optional<Object> fields(StructTag type, Bytes bcs) {
        return MoveRendering.of(packages, WRAPPED, TypeTag.of(type), bcs)
                .map(value -> value instanceof Map<?, ?> wrapper ? wrapper.get("fields") : value);
    }

    /** {@code parsedJson} of an event, the value of a field's name or of a pure input; empty when a layout is unknown. */
    Optional<Object> bare(TypeTag type, Bytes bcs) {
        return MoveRendering.of(packages, BARE, type, bcs);
    }

    private record Form(boolean wrapped) implements MoveForm<Object> {
        @Override
        public Object bool(boolean value) {
            return value;
        }

        @Override
        public Object number(long value) {
            return value;
        }

        @Override
        public Object text(String text) {
            return text;
        }

        @Override
        public Object bytes(byte[] bytes) {
            return numbers(bytes);
        }

        @Override
        public Object list(List<Object> items) {
            return items;
        }

        @Override
        public Object none() {
            return Optional.empty();
        }

        @Override
        public Object uid(String id) {
            return Map.of("id", id);
        }

        @Override
        public Object typeName(StructTag tag, String name, boolean inOption) {
            return struct(tag, Map.of("name", name), inOption);
        }

        @Override
        public Object struct(StructTag tag, Map<String, Object> fields, boolean inOption) {
            Map<String, Object> sorted = new TreeMap<>(fields);
            return wrapped || inOption ? Json.object("type", TypeText.of(tag), "fields", sorted) : sorted;
        }
    }

    /** Bytes as a list of numbers 0…255, never as text. */
    static int[] numbers(byte[] bytes) {
        int[] numbers = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) numbers[i] = bytes[i] & 0xff;
        return numbers;
    }
}
