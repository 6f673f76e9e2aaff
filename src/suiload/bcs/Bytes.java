package suiload.bcs;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string with value equality, so that records may hold bytes. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** {@code content} itself, which nobody else has. */
    static Bytes adopt(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /** A copy of {@code content}. */
    public static Bytes of(byte... content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /** @throws IllegalArgumentException unless {@code hex} is an even number of hex digits */
    public static Bytes ofHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /** A fresh copy: the caller may change it. */
    public byte[] toArray() {
        return content.clone();
    }

    public int length() {
        return content.length;
    }

    /** Byte {@code index}, 0…255. */
    public int at(int index) {
        return content[index] & 0xff;
    }

    /** Lower-case hex without prefix. */
    public String hex() {
        return HexFormat.of().formatHex(content);
    }

    void writeTo(BcsWriter out) {
        out.fixed(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Hex of at most the first 32 bytes: for messages, not for parsing. */
    @Override
    public String toString() {
        return content.length <= 32 ? hex() : HexFormat.of().formatHex(content, 0, 32) + "…(" + content.length + " bytes)";
    }
}
