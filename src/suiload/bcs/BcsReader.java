package suiload.bcs;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads BCS strictly: only the canonical encoding of a value is accepted, as nodes do. Anything else throws
 * {@link BcsException} with the offset; call {@link #end()} when the value must be the whole input.
 */
public final class BcsReader {
    private final byte[] input;
    private final int end;
    private int position;

    public BcsReader(byte[] input) {
        this.input = input;
        end = input.length;
    }

    public BcsReader(Bytes input) {
        this(input.toArray());
    }

    /** Reads one value that must take up the whole input. */
    public static <T> T decode(byte[] input, Function<BcsReader, T> value) {
        var reader = new BcsReader(input);
        T result = value.apply(reader);
        reader.end();
        return result;
    }

    public int u8() {
        return (int) littleEndian(1);
    }

    public int u16() {
        return (int) littleEndian(2);
    }

    public long u32() {
        return littleEndian(4);
    }

    /** 64 bits, to be read as unsigned. */
    public long u64() {
        return littleEndian(8);
    }

    public BigInteger u128() {
        return big(16);
    }

    public BigInteger u256() {
        return big(32);
    }

    public boolean bool() {
        int value = u8();
        if (value > 1) throw bad("bool must be 0 or 1, not " + value);
        return value == 1;
    }

    public long uleb() {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (value > 0xffff_ffffL) throw bad("ULEB128 value exceeds 32 bits");
            if (next < 0x80) {
                if (next == 0 && shift > 0) throw bad("ULEB128 is not in its shortest form");
                return value;
            }
        }
        throw bad("ULEB128 value exceeds 32 bits");
    }

    /** An enum's variant index; the caller refuses the ones it does not know with {@link #unknownVariant}. */
    public int variant() {
        long value = uleb();
        if (value > Integer.MAX_VALUE) throw bad("unknown variant " + value);
        return (int) value;
    }

    public BcsException unknownVariant(String type, int variant) {
        return bad("unknown variant " + variant + " of " + type);
    }

    public byte[] fixed(int count) {
        need(count);
        byte[] bytes = Arrays.copyOfRange(input, position, position + count);
        position += count;
        return bytes;
    }

    public byte[] bytes() {
        return fixed(length());
    }

    /** Reads past {@code count} bytes without a copy of them. */
    public void skip(int count) {
        need(count);
        position += count;
    }

    /** Reads past what {@link #bytes} would give. */
    public void skipBytes() {
        skip(length());
    }

    public Bytes byteString() {
        return Bytes.adopt(bytes());
    }

    public String string() {
        byte[] bytes = bytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw bad("invalid UTF-8");
        }
    }

    public <T> List<T> vector(Function<BcsReader, T> item) {
        int count = length();
        // An element may be empty, so a count is no promise of bytes: grow as they come.
        List<T> items = new ArrayList<>(Math.min(count, end - position + 1));
        for (int i = 0; i < count; i++) {
            int before = position;
            items.add(item.apply(this));
            if (position == before && count > 1_000_000) throw bad("vector of " + count + " empty elements");
        }
        return List.copyOf(items);
    }

    public <T> Optional<T> option(Function<BcsReader, T> item) {
        int tag = u8();
        if (tag > 1) throw bad("option tag must be 0 or 1, not " + tag);
        return tag == 0 ? Optional.empty() : Optional.of(item.apply(this));
    }

    /** A map in the order of its encoded keys, which must ascend and not repeat. */
    public <K, V> Map<K, V> map(Function<BcsReader, K> key, Function<BcsReader, V> value) {
        int count = length();
        Map<K, V> entries = new LinkedHashMap<>();
        byte[] previous = null;
        for (int i = 0; i < count; i++) {
            int start = position;
            K nextKey = key.apply(this);
            byte[] encoded = Arrays.copyOfRange(input, start, position);
            if (previous != null && Arrays.compareUnsigned(previous, encoded) >= 0) throw bad("map keys must ascend and not repeat");
            previous = encoded;
            entries.put(nextKey, value.apply(this));
        }
        return entries;
    }

    public int remaining() {
        return end - position;
    }

    public int position() {
        return position;
    }

    /** Left-over bytes are an error. */
    public void end() {
        if (position != end) throw bad(end - position + " bytes left over");
    }

    public BcsException bad(String what) {
        return new BcsException("BCS at byte " + position + ": " + what);
    }

    private int length() {
        long value = uleb();
        if (value > Integer.MAX_VALUE) throw bad("length " + value + " exceeds 2^31-1");
        return (int) value;
    }

    private long littleEndian(int width) {
        need(width);
        long value = 0;
        for (int i = 0; i < width; i++) value |= (input[position++] & 0xffL) << 8 * i;
        return value;
    }

    private BigInteger big(int width) {
        byte[] little = fixed(width);
        byte[] bigEndian = new byte[width];
        for (int i = 0; i < width; i++) bigEndian[i] = little[width - 1 - i];
        return new BigInteger(1, bigEndian);
    }

    private void need(int count) {
        if (count > end - position) throw bad("needs " + count + " more bytes, " + (end - position) + " left");
    }
}
