package suiload.localnet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.ArgumentError;
import suiload.chain.ExecutionError.MoveLocation;
import suiload.chain.ExecutionStatus;
import suiload.chain.UpgradeError;

/** Why execution failed, as JSON-RPC prints it: a debug print of the node's own error (facts: sui-jsonrpc.md section 4.8). */
final class ExecutionErrorText {
    /** Words that stay in capitals. */
    private static final Set<String> ACRONYMS = Set.of("VM", "BCS");

    private ExecutionErrorText() {}

    static String of(ExecutionStatus.Failure failure) {
        return text(failure.error()) + failure.command().map(index -> " in command " + index).orElse("");
    }

    private static String text(ExecutionError error) {
        return switch (error) {
            case ExecutionError.Plain plain -> camel(plain.name());
            case ExecutionError.Size(ExecutionError.SizeKind kind, long size, long max) -> size(kind, size, max);
            case ExecutionError.CircularObjectOwnership(Address object) -> "CircularObjectOwnership { object: " + object + " }";
            case ExecutionError.MovePrimitiveRuntimeError(Optional<MoveLocation> location) -> "MovePrimitiveRuntimeError(MoveLocationOpt("
                    + location.map(at -> "Some(" + location(at) + ")").orElse("None") + "))";
            case ExecutionError.MoveAbort(MoveLocation location, long code) ->
                    "MoveAbort(" + location(location) + ", " + Long.toUnsignedString(code) + ")";
            case ExecutionError.CommandArgumentError(int argument, ArgumentError kind) ->
                    "CommandArgumentError { arg_idx: " + argument + ", kind: " + argument(kind) + " }";
            case ExecutionError.TypeArgumentError(int argument, boolean notFound) -> "TypeArgumentError { argument_idx: " + argument
                    + ", kind: " + (notFound ? "TypeNotFound" : "ConstraintNotSatisfied") + " }";
            case ExecutionError.UnusedValueWithoutDrop(int result, int secondary) ->
                    "UnusedValueWithoutDrop { result_idx: " + result + ", secondary_idx: " + secondary + " }";
            case ExecutionError.InvalidPublicFunctionReturnType(int index) -> "InvalidPublicFunctionReturnType { idx: " + index + " }";
            case ExecutionError.PackageUpgradeError(UpgradeError reason) ->
                    "PackageUpgradeError { upgrade_error: " + upgrade(reason) + " }";
            case ExecutionError.Congestion(List<Address> objects) -> "ExecutionCancelledDueToSharedObjectCongestion { congested_objects: "
                    + "CongestedObjects(" + objects + ") }";
            case ExecutionError.AddressDeniedForCoin(Address address, String coinType) ->
                    "AddressDeniedForCoin { address: " + address + ", coin_type: \"" + coinType + "\" }";
            case ExecutionError.CoinTypeGlobalPause(String coinType) -> "CoinTypeGlobalPause { coin_type: \"" + coinType + "\" }";
            case ExecutionError.NonExclusiveWriteInputObjectModified(Address object) ->
                    "NonExclusiveWriteInputObjectModified { id: " + object + " }";
        };
    }

    private static String size(ExecutionError.SizeKind kind, long size, long max) {
        String names = switch (kind) {
            case MOVE_OBJECT_TOO_BIG, MOVE_PACKAGE_TOO_BIG -> " { object_size: %s, max_object_size: %s }";
            case EFFECTS_TOO_LARGE, WRITTEN_OBJECTS_TOO_LARGE -> " { current_size: %s, max_size: %s }";
            case MOVE_VECTOR_ELEM_TOO_BIG, MOVE_RAW_VALUE_TOO_BIG -> " { value_size: %s, max_scaled_size: %s }";
        };
        return camel(kind.name()) + names.formatted(Long.toUnsignedString(size), Long.toUnsignedString(max));
    }

    private static String location(MoveLocation at) {
        return "MoveLocation { module: ModuleId { address: " + at.packageId().hex() + ", name: Identifier(\"" + at.module()
                + "\") }, function: " + at.function() + ", instruction: " + at.instruction() + ", function_name: "
                + at.functionName().map(name -> "Some(\"" + name + "\")").orElse("None") + " }";
    }

    private static String argument(ArgumentError error) {
        return camel(error.kind().name()) + switch (error.kind()) {
            case INDEX_OUT_OF_BOUNDS -> " { idx: " + error.index() + " }";
            case SECONDARY_INDEX_OUT_OF_BOUNDS -> " { result_idx: " + error.index() + ", secondary_idx: " + error.secondary() + " }";
            case INVALID_RESULT_ARITY -> " { result_idx: " + error.index() + " }";
            default -> "";
        };
    }

    private static String upgrade(UpgradeError reason) {
        return switch (reason) {
            case UpgradeError.UnableToFetchPackage(Address packageId) -> "UnableToFetchPackage { package_id: " + packageId + " }";
            case UpgradeError.NotAPackage(Address object) -> "NotAPackage { object_id: " + object + " }";
            case UpgradeError.IncompatibleUpgrade() -> "IncompatibleUpgrade";
            case UpgradeError.DigestDoesNotMatch(Bytes digest) ->
                    "DigestDoesNotMatch { digest: " + IntStream.range(0, digest.length()).mapToObj(digest::at).toList() + " }";
            case UpgradeError.UnknownUpgradePolicy(int policy) -> "UnknownUpgradePolicy { policy: " + policy + " }";
            case UpgradeError.PackageIdDoesNotMatch(Address packageId, Address ticket) ->
                    "PackageIDDoesNotMatch { package_id: " + packageId + ", ticket_id: " + ticket + " }";
        };
    }

    private static String camel(String name) {
        return Arrays.stream(name.split("_"))
                .map(word -> ACRONYMS.contains(word) ? word : word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
