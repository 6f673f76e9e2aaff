package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** A Move type: a primitive, a vector or a struct. */
public sealed interface TypeTag {
    /** Deepest nesting that is read of what clients send: the protocol's own limit on type arguments is 16. */
    int MAX_DEPTH = 16;
    /** Of the type of an object or event, which is built around type arguments: {@code Coin<T>}, or a field that holds one. */
    int MAX_BUILT_DEPTH = 32;

    /** Move's primitives, with their BCS variant. */
    enum Primitive implements TypeTag {
        BOOL(0, "bool"), U8(1, "u8"), U64(2, "u64"), U128(3, "u128"), ADDRESS(4, "address"), SIGNER(5, "signer"),
        U16(8, "u16"), U32(9, "u32"), U256(10, "u256");

        final int variant;
        final String text;

        Primitive(int variant, String text) {
            this.variant = variant;
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code vector<element>}. */
    record Vector(TypeTag element) implements TypeTag {
        @Override
        public String toString() {
            return "vector<" + element + ">";
        }
    }

    /** A struct type. */
    record Struct(StructTag tag) implements TypeTag {
        @Override
        public String toString() {
            return tag.toString();
        }
    }

    TypeTag BOOL = Primitive.BOOL;
    TypeTag U8 = Primitive.U8;
    TypeTag U16 = Primitive.U16;
    TypeTag U32 = Primitive.U32;
    TypeTag U64 = Primitive.U64;
    TypeTag U128 = Primitive.U128;
    TypeTag U256 = Primitive.U256;
    TypeTag ADDRESS = Primitive.ADDRESS;

    /**
     * Reads text such as {@code vector<0x2::coin::Coin<0x2::sui::SUI>>}; short addresses and spaces are fine.
     *
     * @throws IllegalArgumentException naming the position of what is wrong
     */
    static TypeTag parse(String text) {
        return new TypeParser(text, MAX_DEPTH).whole();
    }

    static TypeTag of(StructTag tag) {
        return new Struct(tag);
    }

    default void write(BcsWriter out) {
        switch (this) {
            case Primitive primitive -> out.uleb(primitive.variant);
            case Vector(TypeTag element) -> {
                out.uleb(6);
                element.write(out);
            }
            case Struct(StructTag tag) -> {
                out.uleb(7);
                tag.write(out);
            }
        }
    }

    static TypeTag read(BcsReader in) {
        return read(in, MAX_DEPTH);
    }

    /** @param levels how deep it may be nested */
    static TypeTag read(BcsReader in, int levels) {
        if (levels < 0) throw in.bad("type nested too deep");
        int variant = in.variant();
        if (variant == 6) return new Vector(read(in, levels - 1));
        if (variant == 7) return new Struct(StructTag.read(in, levels));
        for (Primitive primitive : Primitive.values()) if (primitive.variant == variant) return primitive;
        throw in.unknownVariant("TypeTag", variant);
    }

    /** The text with {@code separator} between type arguments; {@link #toString} has {@code ", "}. */
    default String text(String separator) {
        return switch (this) {
            case Primitive primitive -> primitive.text;
            case Vector(TypeTag element) -> "vector<" + element.text(separator) + ">";
            case Struct(StructTag tag) -> tag.text(separator);
        };
    }

    /** Length of its BCS: part of the metered size of an object. */
    default int bcsSize() {
        var out = new BcsWriter(128);
        write(out);
        return out.size();
    }
}
