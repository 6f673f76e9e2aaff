package suiload.vectors;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.ArgumentError;
import suiload.chain.ExecutionError.MoveLocation;
import suiload.chain.UpgradeError;
import suiload.json.Json;

/** Execution errors out of their decoded form. Content is read by position: the SDK's field names vary, their order is BCS's. */
final class ErrorJson {
    private ErrorJson() {}

    static ExecutionError error(Json json) {
        Variant variant = Variant.of(json);
        List<Json> parts = parts(variant.content());
        return find(ExecutionError.Plain.values(), variant.name()).<ExecutionError>map(plain -> plain)
                .or(() -> find(ExecutionError.SizeKind.values(), variant.name())
                        .map(kind -> new ExecutionError.Size(kind, Shapes.u64(parts.get(0)), Shapes.u64(parts.get(1)))))
                .orElseGet(() -> special(variant, parts));
    }

    /** One has two names: the SDK speaks of a balance where nodes speak of funds. */
    private static ExecutionError special(Variant variant, List<Json> parts) {
        return switch (variant.name()) {
            case "CircularObjectOwnership" -> new ExecutionError.CircularObjectOwnership(address(parts.get(0)));
            case "MovePrimitiveRuntimeError" -> new ExecutionError.MovePrimitiveRuntimeError(place(variant.content()));
            case "MoveAbort" -> new ExecutionError.MoveAbort(location(parts.get(0)), Shapes.u64(parts.get(1)));
            case "CommandArgumentError" -> new ExecutionError.CommandArgumentError(u16(parts.get(0)), argument(Variant.of(parts.get(1))));
            case "TypeArgumentError" ->
                    new ExecutionError.TypeArgumentError(u16(parts.get(0)), typeNotFound(Variant.of(parts.get(1))));
            case "UnusedValueWithoutDrop" -> new ExecutionError.UnusedValueWithoutDrop(u16(parts.get(0)), u16(parts.get(1)));
            case "InvalidPublicFunctionReturnType" -> new ExecutionError.InvalidPublicFunctionReturnType(u16(parts.get(0)));
            case "PackageUpgradeError" -> new ExecutionError.PackageUpgradeError(upgrade(Variant.of(parts.get(0))));
            case "ExecutionCancelledDueToSharedObjectCongestion" ->
                    new ExecutionError.Congestion(parts.get(0).asList().stream().map(ErrorJson::address).toList());
            case "AddressDeniedForCoin" -> new ExecutionError.AddressDeniedForCoin(address(parts.get(0)), parts.get(1).asString());
            case "CoinTypeGlobalPause" -> new ExecutionError.CoinTypeGlobalPause(parts.get(0).asString());
            case "NonExclusiveWriteInputObjectModified" -> new ExecutionError.NonExclusiveWriteInputObjectModified(address(parts.get(0)));
            case "InsufficientBalanceForWithdraw" -> ExecutionError.Plain.INSUFFICIENT_FUNDS_FOR_WITHDRAW;
            default -> throw variant.unknown("ExecutionError");
        };
    }

    private static boolean typeNotFound(Variant variant) {
        return switch (variant.name()) {
            case "TypeNotFound" -> true;
            case "ConstraintNotSatisfied" -> false;
            default -> throw variant.unknown("TypeArgumentError");
        };
    }

    private static UpgradeError upgrade(Variant variant) {
        List<Json> parts = parts(variant.content());
        return switch (variant.name()) {
            case "UnableToFetchPackage" -> new UpgradeError.UnableToFetchPackage(address(parts.get(0)));
            case "NotAPackage" -> new UpgradeError.NotAPackage(address(parts.get(0)));
            case "IncompatibleUpgrade" -> new UpgradeError.IncompatibleUpgrade();
            case "DigestDoesNotMatch" -> new UpgradeError.DigestDoesNotMatch(ObjectJson.hex(parts.get(0)));
            case "UnknownUpgradePolicy" -> new UpgradeError.UnknownUpgradePolicy(u16(parts.get(0)));
            case "PackageIDDoesNotMatch" -> new UpgradeError.PackageIdDoesNotMatch(address(parts.get(0)), address(parts.get(1)));
            default -> throw variant.unknown("PackageUpgradeError");
        };
    }

    /** An unknown place is what the SDK shows any variant without content as: {@code true}. */
    private static Optional<MoveLocation> place(Json json) {
        return json.isNull() || json.isBool() ? Optional.empty() : Optional.of(location(json));
    }

    private static MoveLocation location(Json json) {
        Json module = json.get("module");
        return new MoveLocation(TransactionJson.address(module, "address"), module.string("name"), u16(json.get("function")),
                u16(json.get("instruction")), json.find("functionName").map(Json::asString));
    }

    private static ArgumentError argument(Variant variant) {
        ArgumentError.Kind kind = find(ArgumentError.Kind.values(), variant.name())
                .orElseThrow(() -> variant.unknown("CommandArgumentError"));
        List<Json> indices = parts(variant.content());
        return new ArgumentError(kind, indices.isEmpty() ? 0 : u16(indices.get(0)), indices.size() < 2 ? 0 : u16(indices.get(1)));
    }

    /** The enum constant that is {@code name} in upper case with underscores. */
    private static <E extends Enum<E>> Optional<E> find(E[] constants, String name) {
        return Arrays.stream(constants).filter(constant -> constant.name().replace("_", "").equalsIgnoreCase(name)).findFirst();
    }

    /** A tuple's members, a struct's members in order, or nothing. */
    private static List<Json> parts(Json content) {
        if (content.isList()) return content.asList();
        return content.isObject() ? List.copyOf(content.entries().values()) : List.of();
    }

    private static Address address(Json json) {
        return Address.parse(json.asString());
    }

    private static int u16(Json json) {
        return Math.toIntExact(Shapes.u64(json));
    }
}
