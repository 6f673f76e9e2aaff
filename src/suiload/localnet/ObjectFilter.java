package suiload.localnet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import suiload.chain.Address;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.json.Json;

/** Which of an account's objects are asked for (facts: sui-jsonrpc.md section 3). */
interface ObjectFilter extends Predicate<LedgerObject> {
    /** @throws suiload.json.JsonException when it is none */
    static ObjectFilter parse(Json filter) {
        Map<String, Json> entries = filter.entries();
        if (entries.size() != 1) throw filter.wrong("must have exactly one field");
        Map.Entry<String, Json> only = entries.entrySet().iterator().next();
        Json value = only.getValue();
        return switch (only.getKey()) {
            case "MatchAll" -> all(parts(value));
            case "MatchAny" -> any(parts(value));
            case "MatchNone" -> none(parts(value));
            case "StructType" -> type(JsonRpcParams.struct(value));
            case "MoveModule" -> module(JsonRpcParams.address(value.get("package")), value.string("module"));
            case "Package" -> ofPackage(JsonRpcParams.address(value));
            case "ObjectId" -> ids(Set.of(JsonRpcParams.address(value)));
            case "ObjectIds" -> ids(value.asList().stream().map(JsonRpcParams::address).collect(Collectors.toSet()));
            case "AddressOwner" -> owner(JsonRpcParams.address(value));
            default -> throw filter.wrong("must be one of MatchAll, MatchAny, MatchNone, StructType, MoveModule, Package, ObjectId, "
                    + "ObjectIds, AddressOwner");
        };
    }

    private static List<ObjectFilter> parts(Json list) {
        return list.asList().stream().map(ObjectFilter::parse).toList();
    }

    private static ObjectFilter all(List<ObjectFilter> parts) {
        return object -> parts.stream().allMatch(part -> part.test(object));
    }

    private static ObjectFilter any(List<ObjectFilter> parts) {
        return object -> parts.stream().anyMatch(part -> part.test(object));
    }

    private static ObjectFilter none(List<ObjectFilter> parts) {
        return object -> parts.stream().noneMatch(part -> part.test(object));
    }

    /** Without type arguments every instantiation matches. */
    private static ObjectFilter type(StructTag wanted) {
        return object -> object.type().is(wanted.address(), wanted.module(), wanted.name())
                && (wanted.typeArguments().isEmpty() || object.type().typeArguments().equals(wanted.typeArguments()));
    }

    private static ObjectFilter module(Address packageId, String module) {
        return object -> object.type().address().equals(packageId) && object.type().module().equals(module);
    }

    private static ObjectFilter ofPackage(Address id) {
        return object -> object.type().address().equals(id);
    }

    private static ObjectFilter ids(Set<Address> ids) {
        return object -> ids.contains(object.id());
    }

    private static ObjectFilter owner(Address address) {
        return object -> object.owner().equals(new Owner.AddressOwner(address));
    }
}
