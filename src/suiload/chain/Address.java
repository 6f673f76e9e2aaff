package suiload.chain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.crypto.Blake2b;

/**
 * 32 bytes that name an account, an object or a package: Sui has one space for all three.
 * Order is that of the bytes, unsigned, as nodes sort ids.
 */
public record Address(long w0, long w1, long w2, long w3) implements Comparable<Address> {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] ED25519_FLAG = {0};
    private static final byte[] FRESH_ID = {(byte) 0xf1};

    public static final Address ZERO = new Address(0, 0, 0, 0);
    /** The clock, shared, initial version 1. */
    public static final Address CLOCK = ofShort(6);
    public static final Address MOVE_STDLIB = ofShort(1);
    public static final Address SUI_FRAMEWORK = ofShort(2);

    public static Address ofShort(long value) {
        return new Address(0, 0, 0, value);
    }

    /** @throws IllegalArgumentException unless there are 32 bytes */
    public static Address of(byte[] bytes) {
        if (bytes.length != 32) throw new IllegalArgumentException("an address has 32 bytes, not " + bytes.length);
        return new Address((long) LONGS.get(bytes, 0), (long) LONGS.get(bytes, 8), (long) LONGS.get(bytes, 16),
                (long) LONGS.get(bytes, 24));
    }

    /**
     * Reads {@code 0x} (optional) and 1 to 64 hex digits, upper or lower case; short forms are zero-padded on the left.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static Address parse(String text) {
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        if (digits.isEmpty() || digits.length() > 64 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("not an address: 0x and 1 to 64 hex digits expected");
        }
        return of(HexFormat.of().parseHex("0".repeat(64 - digits.length()) + digits));
    }

    /** The account of an Ed25519 public key: BLAKE2b-256(0x00 ‖ key). */
    public static Address ofPublicKey(byte[] publicKey) {
        return of(Blake2b.hash256(ED25519_FLAG, publicKey));
    }

    /** The id of the {@code counter}-th object that a transaction creates: BLAKE2b-256(0xf1 ‖ digest ‖ u64le). */
    public static Address created(Digest transaction, long counter) {
        return of(Blake2b.hash256(FRESH_ID, transaction.bytes(), new BcsWriter(8).u64(counter).toByteArray()));
    }

    /** The id of the dynamic field of {@code parent} with this key: BLAKE2b-256(0xf0 ‖ parent ‖ u64le(length) ‖ key ‖ type tag). */
    public static Address dynamicField(Address parent, TypeTag keyType, byte[] keyBcs) {
        var input = new BcsWriter(128).u8(0xf0).fixed(parent.bytes()).u64(keyBcs.length).fixed(keyBcs);
        keyType.write(input);
        return of(Blake2b.hash256(input.toByteArray()));
    }

    /** The id of the field that holds a dynamic object field: its key type is wrapped, its key bytes are not. */
    public static Address dynamicObjectField(Address parent, TypeTag keyType, byte[] keyBcs) {
        return dynamicField(parent, TypeTag.of(StructTag.of(SUI_FRAMEWORK, "dynamic_object_field", "Wrapper", keyType)), keyBcs);
    }

    /** The id that {@code derived_object::claim} gives for this key under {@code parent}. */
    public static Address derived(Address parent, TypeTag keyType, byte[] keyBcs) {
        return dynamicField(parent, TypeTag.of(StructTag.of(SUI_FRAMEWORK, "derived_object", "DerivedObjectKey", keyType)), keyBcs);
    }

    /** The id of element {@code index} of the table or table vector {@code parent} with {@code u64} keys. */
    public static Address tableEntry(Address parent, long index) {
        return dynamicField(parent, TypeTag.U64, new BcsWriter(8).u64(index).toByteArray());
    }

    public byte[] bytes() {
        byte[] bytes = new byte[32];
        LONGS.set(bytes, 0, w0);
        LONGS.set(bytes, 8, w1);
        LONGS.set(bytes, 16, w2);
        LONGS.set(bytes, 24, w3);
        return bytes;
    }

    public void write(BcsWriter out) {
        out.bigEndian(w0).bigEndian(w1).bigEndian(w2).bigEndian(w3);
    }

    public static Address read(BcsReader in) {
        return of(in.fixed(32));
    }

    /** 64 lower-case hex digits without {@code 0x}, as Move's type names print addresses. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public int compareTo(Address that) {
        int order = Long.compareUnsigned(w0, that.w0);
        if (order == 0) order = Long.compareUnsigned(w1, that.w1);
        if (order == 0) order = Long.compareUnsigned(w2, that.w2);
        return order == 0 ? Long.compareUnsigned(w3, that.w3) : order;
    }

    /** {@code 0x} and 64 lower-case hex digits. */
    @Override
    public String toString() {
        return "0x" + hex();
    }
}
