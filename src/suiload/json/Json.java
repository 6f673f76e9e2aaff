package suiload.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An immutable view of a JSON value that knows where it stands in its text, so that every complaint names the field.
 *
 * <p>Reading is strict: at most {@link #DEPTH_MAX} levels, no key twice, nothing after the value. The static methods write.
 */
public final class Json {
    /** Deepest nesting that is read. */
    public static final int DEPTH_MAX = 32;

    private static final String ROOT = "body";
    private static final BigInteger U64_MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final int U64_DIGITS_MAX = 20;

    private final JsonNode node;
    private final String path;

    private Json(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** @throws JsonException when this is not exactly one JSON value in UTF-8 */
    public static Json parse(byte[] utf8) {
        try {
            return new Json(refuseNothing(Mapper.READER.readTree(utf8)), "");
        } catch (JsonProcessingException fault) {
            throw malformed(fault);
        } catch (IOException fault) {
            throw new JsonException(ROOT, "is not valid UTF-8");
        }
    }

    /** @throws JsonException when this is not exactly one JSON value */
    public static Json parse(String text) {
        try {
            return new Json(refuseNothing(Mapper.READER.readTree(text)), "");
        } catch (JsonProcessingException fault) {
            throw malformed(fault);
        }
    }

    /** UTF-8 of {@link #text}. */
    public static byte[] bytes(Object value) {
        try {
            return Mapper.WRITER.writeValueAsBytes(value);
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass().getName(), fault);
        }
    }

    /**
     * Compact JSON of a map, list, array, record, enum, string, number, boolean, {@link Json}, {@link Optional} (empty is null) or null.
     *
     * @throws IllegalArgumentException for any other kind of value: a mistake of the caller
     */
    public static String text(Object value) {
        try {
            return Mapper.WRITER.writeValueAsString(value);
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass().getName(), fault);
        }
    }

    /** As {@link #text}, indented for a person and ended by a newline. */
    public static String pretty(Object value) {
        try {
            return Mapper.PRETTY.writeValueAsString(value) + "\n";
        } catch (JsonProcessingException fault) {
            throw new IllegalArgumentException("not writable as JSON: " + value.getClass().getName(), fault);
        }
    }

    /** A map in the order given: {@code object("a", 1, "b", null)}. */
    public static Map<String, Object> object(Object... keysAndValues) {
        if (keysAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a key without a value");
        }
        Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(keysAndValues.length / 2);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }

    /** Where this value stands, {@code a.b[2]}; empty for the whole. */
    public String path() {
        return path;
    }

    public boolean isObject() {
        return node.isObject();
    }

    public boolean isList() {
        return node.isArray();
    }

    public boolean isString() {
        return node.isTextual();
    }

    public boolean isNumber() {
        return node.isNumber();
    }

    public boolean isBool() {
        return node.isBoolean();
    }

    public boolean isNull() {
        return node.isNull();
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return find(field).isPresent();
    }

    /** @throws JsonException when absent or null */
    public Json get(String field) {
        return find(field).orElseThrow(() -> new JsonException(below(field), "is missing"));
    }

    /** The field, or empty when absent or null. */
    public Optional<Json> find(String field) {
        JsonNode found = asObject().node.get(field);
        return found == null || found.isNull() ? Optional.empty() : Optional.of(new Json(found, below(field)));
    }

    public String string(String field) {
        return get(field).asString();
    }

    /** A whole number within {@code min}…{@code max}. */
    public long integer(String field, long min, long max) {
        Json value = get(field);
        long number = value.asLong();
        if (number < min || number > max) {
            throw value.wrong("must be from " + min + " to " + max);
        }
        return number;
    }

    /** An unsigned 64-bit number, written as a number or as a decimal string; above 2^63 − 1 the result is negative. */
    public long u64(String field) {
        return get(field).asU64();
    }

    public boolean bool(String field) {
        return get(field).asBool();
    }

    public List<Json> list(String field) {
        return get(field).asList();
    }

    /** The fields of this object in the order of the text, nulls included. */
    public Map<String, Json> entries() {
        Map<String, Json> fields = new LinkedHashMap<>();
        asObject().node.properties().forEach(entry -> fields.put(entry.getKey(), new Json(entry.getValue(), below(entry.getKey()))));
        return fields;
    }

    public String asString() {
        if (!node.isTextual()) {
            throw wrong("must be a string");
        }
        return node.textValue();
    }

    /** A whole number that fits 64 signed bits. */
    public long asLong() {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong("must be a whole number");
        }
        return node.longValue();
    }

    /** See {@link #u64}. */
    public long asU64() {
        BigInteger number = node.isIntegralNumber() ? node.bigIntegerValue() : decimalDigits();
        if (number.signum() < 0 || number.compareTo(U64_MAX) > 0) {
            throw wrong("must be from 0 to " + U64_MAX);
        }
        return number.longValue();
    }

    public boolean asBool() {
        if (!node.isBoolean()) {
            throw wrong("must be true or false");
        }
        return node.booleanValue();
    }

    public double asDouble() {
        if (!node.isNumber()) {
            throw wrong("must be a number");
        }
        return node.doubleValue();
    }

    /** The number with every digit that was written. */
    public BigDecimal asDecimal() {
        if (!node.isNumber()) {
            throw wrong("must be a number");
        }
        return node.decimalValue();
    }

    public List<Json> asList() {
        if (!node.isArray()) {
            throw wrong("must be a list");
        }
        List<Json> items = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            items.add(new Json(item, path + "[" + items.size() + "]"));
        }
        return List.copyOf(items);
    }

    /** This value's own complaint, for callers with rules of their own: {@code throw json.get("x").wrong("must be even")}. */
    public JsonException wrong(String rule) {
        String name = path.isEmpty() ? ROOT : path;
        return new JsonException(name, rule);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json that && node.equals(that.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** Compact JSON. */
    @Override
    public String toString() {
        return node.toString();
    }

    JsonNode node() {
        return node;
    }

    private Json asObject() {
        if (!node.isObject()) {
            throw wrong("must be an object");
        }
        return this;
    }

    private BigInteger decimalDigits() {
        String digits = node.isTextual() ? node.textValue() : "";
        if (digits.isEmpty() || digits.length() > U64_DIGITS_MAX || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong("must be a whole number or a string of decimal digits");
        }
        return new BigInteger(digits);
    }

    private String below(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static JsonNode refuseNothing(JsonNode node) {
        if (node == null || node.isMissingNode()) {
            throw new JsonException(ROOT, "is empty; expected JSON");
        }
        return node;
    }

    /** Jackson's own texts quote the input and name its classes; a client gets the place only. */
    private static JsonException malformed(JsonProcessingException fault) {
        String place = fault.getLocation() == null
                ? ""
                : " at line " + fault.getLocation().getLineNr() + ", column " + fault.getLocation().getColumnNr();
        return new JsonException(ROOT, "is not valid JSON (malformed, a key twice, or deeper than " + DEPTH_MAX + " levels)" + place);
    }
}
