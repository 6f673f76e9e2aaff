package suiload.chain;

import java.util.List;
import java.util.stream.Collectors;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** A struct type: {@code address::module::Name<A, B>}. Prints the address with 64 digits and {@code ", "} between arguments. */
public record StructTag(Address address, String module, String name, List<TypeTag> typeArguments) {
    public static final StructTag SUI = of(Address.SUI_FRAMEWORK, "sui", "SUI");
    public static final StructTag SUI_COIN = of(Address.SUI_FRAMEWORK, "coin", "Coin", TypeTag.of(SUI));

    public StructTag {
        typeArguments = List.copyOf(typeArguments);
    }

    public static StructTag of(Address address, String module, String name, TypeTag... typeArguments) {
        return new StructTag(address, module, name, List.of(typeArguments));
    }

    /** @throws IllegalArgumentException unless {@code text} is one struct type */
    public static StructTag parse(String text) {
        return struct(TypeTag.parse(text));
    }

    /** The same of an object's or event's type, which is built around type arguments and may be deeper than they. */
    public static StructTag parseBuilt(String text) {
        return struct(new TypeParser(text, TypeTag.MAX_BUILT_DEPTH).whole());
    }

    private static StructTag struct(TypeTag type) {
        if (type instanceof TypeTag.Struct(StructTag tag)) return tag;
        throw new IllegalArgumentException("not a struct type: 0xADDRESS::module::Name expected");
    }

    /** Whether this is {@code address::module::name} with whatever type arguments. */
    public boolean is(Address address, String module, String name) {
        return this.address.equals(address) && this.module.equals(module) && this.name.equals(name);
    }

    public void write(BcsWriter out) {
        address.write(out);
        out.string(module).string(name).vector(typeArguments, (w, tag) -> tag.write(w));
    }

    /** Reads the type of an object or event: no client sends one. */
    public static StructTag read(BcsReader in) {
        return read(in, TypeTag.MAX_BUILT_DEPTH);
    }

    static StructTag read(BcsReader in, int levels) {
        return new StructTag(Address.read(in), in.string(), in.string(), in.vector(r -> TypeTag.read(r, levels - 1)));
    }

    /** The text with another separator between type arguments: {@code ","} where a node serves from its index. */
    public String text(String separator) {
        String arguments = typeArguments.stream().map(tag -> tag.text(separator)).collect(Collectors.joining(separator));
        return address + "::" + module + "::" + name + (typeArguments.isEmpty() ? "" : "<" + arguments + ">");
    }

    @Override
    public String toString() {
        return text(", ");
    }
}
