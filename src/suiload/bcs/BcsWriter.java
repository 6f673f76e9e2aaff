package suiload.bcs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Writes BCS: little-endian fixed-width integers, ULEB128 lengths and enum variants, no padding, no field names
 * (facts: sui-transactions.md section 1). Values out of their type's range throw {@link BcsException}.
 */
public final class BcsWriter {
    private static final VarHandle BIG_ENDIAN_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_ENDIAN_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer;
    private int length;

    public BcsWriter() {
        this(256);
    }

    public BcsWriter(int capacity) {
        buffer = new byte[capacity];
    }

    public BcsWriter u8(int value) {
        return unsigned(value, 1, 0xffL);
    }

    public BcsWriter u16(int value) {
        return unsigned(value, 2, 0xffffL);
    }

    public BcsWriter u32(long value) {
        return unsigned(value, 4, 0xffff_ffffL);
    }

    /** All 64 bits of {@code value}, read as unsigned. */
    public BcsWriter u64(long value) {
        ensure(8);
        LITTLE_ENDIAN_LONG.set(buffer, length, value);
        length += 8;
        return this;
    }

    /** Eight bytes with the highest first, as ids and hashes are kept in longs. Not an integer of BCS. */
    public BcsWriter bigEndian(long value) {
        ensure(8);
        BIG_ENDIAN_LONG.set(buffer, length, value);
        length += 8;
        return this;
    }

    public BcsWriter u128(BigInteger value) {
        return big(value, 16);
    }

    public BcsWriter u256(BigInteger value) {
        return big(value, 32);
    }

    public BcsWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** A length or an enum variant: ULEB128 of a value in 0…2³²−1. */
    public BcsWriter uleb(long value) {
        if (value < 0 || value > 0xffff_ffffL) throw new BcsException("ULEB128 value " + value + " is not in 0…2^32-1");
        long rest = value;
        while (rest >= 0x80) {
            append((byte) (rest | 0x80));
            rest >>>= 7;
        }
        append((byte) rest);
        return this;
    }

    /** The bytes as they are, without a length. */
    public BcsWriter fixed(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    /** {@code vector<u8>}: length, then the bytes. */
    public BcsWriter bytes(byte[] bytes) {
        return uleb(bytes.length).fixed(bytes);
    }

    public BcsWriter bytes(Bytes bytes) {
        uleb(bytes.length());
        bytes.writeTo(this);
        return this;
    }

    /** UTF-8 with its length in bytes; an unpaired surrogate has no encoding. */
    public BcsWriter string(String text) {
        if (isAscii(text)) return bytes(text.getBytes(StandardCharsets.US_ASCII));
        try {
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes(bytes);
        } catch (CharacterCodingException e) {
            throw new BcsException("not encodable as UTF-8: unpaired surrogate");
        }
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
        return true;
    }

    public <T> BcsWriter vector(Collection<T> items, BiConsumer<BcsWriter, T> item) {
        uleb(items.size());
        items.forEach(each -> item.accept(this, each));
        return this;
    }

    public <T> BcsWriter option(Optional<T> value, BiConsumer<BcsWriter, T> item) {
        bool(value.isPresent());
        value.ifPresent(present -> item.accept(this, present));
        return this;
    }

    /** A map from encoded entries: sorted by the encoded key bytes, unsigned; a key that comes twice throws. */
    public BcsWriter map(List<MapEntry> entries) {
        List<MapEntry> sorted = entries.stream().sorted(Comparator.comparing(MapEntry::key, Arrays::compareUnsigned)).toList();
        uleb(sorted.size());
        byte[] previous = null;
        for (MapEntry entry : sorted) {
            if (previous != null && Arrays.equals(previous, entry.key)) throw new BcsException("duplicate map key");
            fixed(entry.key).fixed(entry.value);
            previous = entry.key;
        }
        return this;
    }

    /** Key and value of a map, already encoded. */
    public record MapEntry(byte[] key, byte[] value) {}

    /** A copy of what has been written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    public Bytes toBytes() {
        return Bytes.adopt(toByteArray());
    }

    /** Begins anew in the same buffer. */
    public BcsWriter clear() {
        length = 0;
        return this;
    }

    public int size() {
        return length;
    }

    private BcsWriter unsigned(long value, int width, long max) {
        if (value < 0 || value > max) throw new BcsException(value + " does not fit u" + 8 * width);
        return littleEndian(value, width);
    }

    private BcsWriter littleEndian(long value, int width) {
        ensure(width);
        for (int i = 0; i < width; i++) buffer[length++] = (byte) (value >>> 8 * i);
        return this;
    }

    private BcsWriter big(BigInteger value, int width) {
        if (value.signum() < 0 || value.bitLength() > 8 * width) throw new BcsException(value + " does not fit u" + 8 * width);
        byte[] bigEndian = value.toByteArray();
        byte[] little = new byte[width];
        for (int i = 0; i < Math.min(width, bigEndian.length); i++) little[i] = bigEndian[bigEndian.length - 1 - i];
        return fixed(little);
    }

    private void append(byte value) {
        ensure(1);
        buffer[length++] = value;
    }

    private void ensure(int more) {
        if (length + more > buffer.length) buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    }
}
