package suiload.localnet;

import java.util.Set;
import java.util.stream.Collectors;
import suiload.chain.Address;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/** Types as JSON-RPC writes them: the system's addresses short, all others in full, a blank after each comma (sui-jsonrpc.md section 2). */
final class TypeText {
    private static final Set<Address> SYSTEM = Set.of(Address.ZERO, Address.MOVE_STDLIB, Address.SUI_FRAMEWORK, Address.ofShort(3),
            Address.ofShort(5), Address.ofShort(6), Address.ofShort(0xdee9));

    private TypeText() {}

    static String of(StructTag tag) {
        String arguments = tag.typeArguments().stream().map(TypeText::of).collect(Collectors.joining(", "));
        return address(tag.address()) + "::" + tag.module() + "::" + tag.name() + (arguments.isEmpty() ? "" : "<" + arguments + ">");
    }

    static String of(TypeTag tag) {
        return switch (tag) {
            case TypeTag.Primitive primitive -> primitive.toString();
            case TypeTag.Vector(TypeTag element) -> "vector<" + of(element) + ">";
            case TypeTag.Struct(StructTag struct) -> of(struct);
        };
    }

    static String address(Address address) {
        return SYSTEM.contains(address) ? "0x" + Long.toHexString(address.w3()) : address.toString();
    }

    static String of(LedgerObject object) {
        return object.isPackage() ? "package" : of(object.type());
    }
}
