package suiload.vectors;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.json.Json;

/** The plain BCS types of the vector files and what is made of them, in the notation of the vectors' README. */
final class Shapes {
    private Shapes() {}

    private static final BigInteger U64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    /** {@code vector<u8>}: a hex string, not a list. */
    static final Shape<Bytes> BYTES = new Shape<>(json -> Bytes.ofHex(json.asString()), BcsWriter::bytes, BcsReader::byteString);
    static final Shape<BigInteger> U8 = integer((w, v) -> w.u8(v.intValueExact()), in -> BigInteger.valueOf(in.u8()));

    /** The shape of a type without parameters; empty for a name that is none. */
    static Optional<Shape<?>> plain(String name) {
        return Optional.ofNullable(switch (name) {
            case "bool" -> new Shape<>(Json::asBool, BcsWriter::bool, BcsReader::bool);
            case "u8" -> U8;
            case "u16" -> integer((w, v) -> w.u16(v.intValueExact()), in -> BigInteger.valueOf(in.u16()));
            case "u32" -> integer((w, v) -> w.u32(v.longValueExact()), in -> BigInteger.valueOf(in.u32()));
            case "u64" -> integer((w, v) -> w.u64(u64(v)), in -> new BigInteger(Long.toUnsignedString(in.u64())));
            case "u128" -> integer(BcsWriter::u128, BcsReader::u128);
            case "u256" -> integer(BcsWriter::u256, BcsReader::u256);
            case "uleb128" -> integer((w, v) -> w.uleb(v.longValueExact()), in -> BigInteger.valueOf(in.uleb()));
            case "string" -> new Shape<>(Json::asString, BcsWriter::string, BcsReader::string);
            case "address", "id" -> new Shape<>(json -> Address.parse(json.asString()), (w, v) -> v.write(w), Address::read);
            default -> null;
        });
    }

    static <T> Shape<List<T>> vector(Shape<T> item) {
        return new Shape<>(json -> json.asList().stream().map(item.fromJson()).toList(),
                (w, values) -> w.vector(values, item.write()), in -> in.vector(item.read()));
    }

    /** {@code null} is the empty option; of nested options, the outermost. */
    static <T> Shape<Optional<T>> option(Shape<T> item) {
        return new Shape<>(json -> json.isNull() ? Optional.empty() : Optional.of(item.fromJson().apply(json)),
                (w, value) -> w.option(value, item.write()), in -> in.option(item.read()));
    }

    static Shape<Bytes> fixedBytes(int length) {
        return new Shape<>(json -> {
            Bytes bytes = Bytes.ofHex(json.asString());
            Mismatch.unlessEqual("length of the value", length, bytes.length());
            return bytes;
        }, (w, bytes) -> w.fixed(bytes.toArray()), in -> Bytes.of(in.fixed(length)));
    }

    static Shape<List<Object>> tuple(List<Shape<?>> members) {
        return new Shape<>(json -> {
            List<Json> parts = json.asList();
            Mismatch.unlessEqual("members of the tuple", members.size(), parts.size());
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) values.add(members.get(i).fromJson().apply(parts.get(i)));
            return values;
        }, (w, values) -> {
            for (int i = 0; i < values.size(); i++) writeAny(members.get(i), w, values.get(i));
        }, in -> {
            List<Object> values = new ArrayList<>();
            members.forEach(member -> values.add(member.read().apply(in)));
            return values;
        });
    }

    /** Pairs in any order: the writer sorts, the reader demands order. */
    static <K, V> Shape<Map<K, V>> map(Shape<K> key, Shape<V> value) {
        return new Shape<>(json -> {
            Map<K, V> entries = new LinkedHashMap<>();
            for (Json pair : json.asList()) {
                List<Json> parts = pair.asList();
                Mismatch.unlessEqual("parts of a map entry", 2, parts.size());
                V previous = entries.put(key.fromJson().apply(parts.get(0)), value.fromJson().apply(parts.get(1)));
                Mismatch.unless(previous == null, "the described map repeats a key");
            }
            return entries;
        }, (w, entries) -> w.map(entries.entrySet().stream().map(entry -> new BcsWriter.MapEntry(
                encoded(key, entry.getKey()), encoded(value, entry.getValue()))).toList()),
                in -> in.map(key.read(), value.read()));
    }

    /** An integer of any size: a decimal string, or a JSON number. */
    static BigInteger integer(Json json) {
        String text = json.isString() ? json.asString() : Long.toString(json.asLong());
        try {
            return new BigInteger(text);
        } catch (NumberFormatException e) {
            throw new Mismatch("not a whole number: '" + text + "'");
        }
    }

    /** A u64 in the 64 bits of a long. */
    static long u64(Json json) {
        return u64(integer(json));
    }

    private static long u64(BigInteger value) {
        if (value.signum() < 0 || value.compareTo(U64_MAX) > 0) throw new Mismatch(value + " does not fit u64");
        return value.longValue();
    }

    private static Shape<BigInteger> integer(BiConsumer<BcsWriter, BigInteger> write,
            Function<BcsReader, BigInteger> read) {
        return new Shape<>(Shapes::integer, write, read);
    }

    private static <T> byte[] encoded(Shape<T> shape, T value) {
        var out = new BcsWriter();
        shape.write().accept(out, value);
        return out.toByteArray();
    }

    /** A tuple's members have types of their own; what a shape made, it can write. */
    @SuppressWarnings("unchecked")
    private static <T> void writeAny(Shape<T> shape, BcsWriter out, Object value) {
        shape.write().accept(out, (T) value);
    }
}
