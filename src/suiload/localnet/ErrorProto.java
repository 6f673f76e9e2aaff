package suiload.localnet;

import java.util.Optional;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.ExecutionError;
import suiload.chain.ExecutionError.ArgumentError;
import suiload.chain.ExecutionError.MoveLocation;
import suiload.chain.ExecutionStatus;
import suiload.chain.UpgradeError;
import suiload.grpcweb.proto.CoinDenyListError;
import suiload.grpcweb.proto.CommandArgumentError;
import suiload.grpcweb.proto.CommandArgumentError.CommandArgumentErrorKind;
import suiload.grpcweb.proto.CongestedObjects;
import suiload.grpcweb.proto.ExecutionError.ExecutionErrorKind;
import suiload.grpcweb.proto.IndexError;
import suiload.grpcweb.proto.MoveAbort;
import suiload.grpcweb.proto.PackageUpgradeError;
import suiload.grpcweb.proto.PackageUpgradeError.PackageUpgradeErrorKind;
import suiload.grpcweb.proto.SizeError;
import suiload.grpcweb.proto.TypeArgumentError;
import suiload.grpcweb.proto.TypeArgumentError.TypeArgumentErrorKind;

/** How execution ended, as a message (facts: sui-grpc.md section 5.5). Clients show the description, so there always is one. */
final class ErrorProto {
    private ErrorProto() {}

    static suiload.grpcweb.proto.ExecutionStatus status(ExecutionStatus status) {
        var proto = suiload.grpcweb.proto.ExecutionStatus.newBuilder().setSuccess(status.success());
        if (status instanceof ExecutionStatus.Failure(ExecutionError error, Optional<Long> command)) {
            var message = suiload.grpcweb.proto.ExecutionError.newBuilder();
            fill(message, error);
            command.ifPresent(message::setCommand);
            String at = command.map(index -> " in command " + index).orElse("");
            proto.setError(message.setDescription(describe(error) + at));
        }
        return proto.build();
    }

    private static void fill(suiload.grpcweb.proto.ExecutionError.Builder proto, ExecutionError error) {
        switch (error) {
            // BCS variants count from INSUFFICIENT_GAS = 0, the message's kinds from UNKNOWN = 0.
            case ExecutionError.Plain plain -> proto.setKindValue(kindOf(plain));
            case ExecutionError.Size(ExecutionError.SizeKind kind, long size, long max) ->
                    proto.setKind(sizeKind(kind)).setSizeError(SizeError.newBuilder().setSize(size).setMaxSize(max));
            case ExecutionError.CircularObjectOwnership(Address object) ->
                    proto.setKind(ExecutionErrorKind.CIRCULAR_OBJECT_OWNERSHIP).setObjectId(object.toString());
            case ExecutionError.MovePrimitiveRuntimeError(Optional<MoveLocation> location) -> {
                proto.setKind(ExecutionErrorKind.MOVE_PRIMITIVE_RUNTIME_ERROR);
                location.ifPresent(at -> proto.setAbort(MoveAbort.newBuilder().setLocation(location(at))));
            }
            case ExecutionError.MoveAbort(MoveLocation location, long code) -> proto.setKind(ExecutionErrorKind.MOVE_ABORT)
                    .setAbort(MoveAbort.newBuilder().setAbortCode(code).setLocation(location(location)));
            case ExecutionError.CommandArgumentError(int argument, ArgumentError kind) ->
                    proto.setKind(ExecutionErrorKind.COMMAND_ARGUMENT_ERROR).setCommandArgumentError(argumentError(argument, kind));
            case ExecutionError.TypeArgumentError(int argument, boolean notFound) -> proto.setKind(ExecutionErrorKind.TYPE_ARGUMENT_ERROR)
                    .setTypeArgumentError(TypeArgumentError.newBuilder().setTypeArgument(argument)
                            .setKind(notFound ? TypeArgumentErrorKind.TYPE_NOT_FOUND : TypeArgumentErrorKind.CONSTRAINT_NOT_SATISFIED));
            case ExecutionError.UnusedValueWithoutDrop(int result, int secondary) ->
                    proto.setKind(ExecutionErrorKind.UNUSED_VALUE_WITHOUT_DROP)
                            .setIndexError(IndexError.newBuilder().setIndex(result).setSubresult(secondary));
            case ExecutionError.InvalidPublicFunctionReturnType(int index) ->
                    proto.setKind(ExecutionErrorKind.INVALID_PUBLIC_FUNCTION_RETURN_TYPE)
                            .setIndexError(IndexError.newBuilder().setIndex(index));
            case ExecutionError.PackageUpgradeError(UpgradeError reason) ->
                    proto.setKind(ExecutionErrorKind.PACKAGE_UPGRADE_ERROR).setPackageUpgradeError(upgradeError(reason));
            case ExecutionError.Congestion congestion ->
                    proto.setKind(ExecutionErrorKind.EXECUTION_CANCELED_DUE_TO_CONSENSUS_OBJECT_CONGESTION).setCongestedObjects(
                            CongestedObjects.newBuilder().addAllObjects(congestion.objects().stream().map(Address::toString).toList()));
            case ExecutionError.AddressDeniedForCoin(Address address, String coinType) -> proto
                    .setKind(ExecutionErrorKind.ADDRESS_DENIED_FOR_COIN)
                    .setCoinDenyListError(CoinDenyListError.newBuilder().setAddress(address.toString()).setCoinType(coinType));
            case ExecutionError.CoinTypeGlobalPause(String coinType) -> proto.setKind(ExecutionErrorKind.COIN_TYPE_GLOBAL_PAUSE)
                    .setCoinDenyListError(CoinDenyListError.newBuilder().setCoinType(coinType));
            case ExecutionError.NonExclusiveWriteInputObjectModified(Address object) ->
                    proto.setKind(ExecutionErrorKind.NON_EXCLUSIVE_WRITE_INPUT_OBJECT_MODIFIED).setObjectId(object.toString());
        }
    }

    private static int kindOf(ExecutionError.Plain plain) {
        var encoded = new suiload.bcs.BcsWriter(2);
        plain.write(encoded);
        return encoded.toBytes().at(0) + 1;
    }

    private static ExecutionErrorKind sizeKind(ExecutionError.SizeKind kind) {
        return switch (kind) {
            case MOVE_OBJECT_TOO_BIG -> ExecutionErrorKind.OBJECT_TOO_BIG;
            case MOVE_PACKAGE_TOO_BIG -> ExecutionErrorKind.PACKAGE_TOO_BIG;
            case EFFECTS_TOO_LARGE -> ExecutionErrorKind.EFFECTS_TOO_LARGE;
            case WRITTEN_OBJECTS_TOO_LARGE -> ExecutionErrorKind.WRITTEN_OBJECTS_TOO_LARGE;
            case MOVE_VECTOR_ELEM_TOO_BIG -> ExecutionErrorKind.MOVE_VECTOR_ELEM_TOO_BIG;
            case MOVE_RAW_VALUE_TOO_BIG -> ExecutionErrorKind.MOVE_RAW_VALUE_TOO_BIG;
        };
    }

    private static CommandArgumentError argumentError(int argument, ArgumentError error) {
        var proto = CommandArgumentError.newBuilder().setArgument(argument)
                .setKind(CommandArgumentErrorKind.forNumber(error.kind().ordinal() + 1));
        var index = IndexError.newBuilder();
        switch (error.kind()) {
            case INDEX_OUT_OF_BOUNDS, INVALID_RESULT_ARITY -> proto.setIndexError(index.setIndex(error.index()));
            case SECONDARY_INDEX_OUT_OF_BOUNDS -> proto.setIndexError(index.setIndex(error.index()).setSubresult(error.secondary()));
            default -> { }
        }
        return proto.build();
    }

    /** An object that is no package stands in the field of the package; a digest that is none is left out: nodes do the same. */
    private static PackageUpgradeError upgradeError(UpgradeError reason) {
        var proto = PackageUpgradeError.newBuilder();
        switch (reason) {
            case UpgradeError.UnableToFetchPackage(Address packageId) ->
                    proto.setKind(PackageUpgradeErrorKind.UNABLE_TO_FETCH_PACKAGE).setPackageId(packageId.toString());
            case UpgradeError.NotAPackage(Address object) ->
                    proto.setKind(PackageUpgradeErrorKind.NOT_A_PACKAGE).setPackageId(object.toString());
            case UpgradeError.IncompatibleUpgrade() -> proto.setKind(PackageUpgradeErrorKind.INCOMPATIBLE_UPGRADE);
            case UpgradeError.DigestDoesNotMatch(Bytes digest) -> {
                proto.setKind(PackageUpgradeErrorKind.DIGEST_DOES_NOT_MATCH);
                if (digest.length() == 32) proto.setDigest(new Digest(digest).toString());
            }
            case UpgradeError.UnknownUpgradePolicy(int policy) ->
                    proto.setKind(PackageUpgradeErrorKind.UNKNOWN_UPGRADE_POLICY).setPolicy(policy);
            case UpgradeError.PackageIdDoesNotMatch(Address packageId, Address ticket) ->
                    proto.setKind(PackageUpgradeErrorKind.PACKAGE_ID_DOES_NOT_MATCH)
                            .setPackageId(packageId.toString()).setTicketId(ticket.toString());
        }
        return proto.build();
    }

    private static suiload.grpcweb.proto.MoveLocation location(MoveLocation at) {
        var proto = suiload.grpcweb.proto.MoveLocation.newBuilder().setPackage(at.packageId().toString()).setModule(at.module())
                .setFunction(at.function()).setInstruction(at.instruction());
        at.functionName().ifPresent(proto::setFunctionName);
        return proto.build();
    }

    private static String describe(ExecutionError error) {
        return switch (error) {
            case ExecutionError.MoveAbort(MoveLocation at, long code) -> "MoveAbort(" + at.packageId() + "::" + at.module()
                    + at.functionName().map(name -> "::" + name).orElse("") + " (instruction " + at.instruction() + "), "
                    + Long.toUnsignedString(code) + ")";
            case ExecutionError.CommandArgumentError(int argument, ArgumentError kind) ->
                    "Invalid command argument at " + argument + ": " + kind.kind();
            case ExecutionError.UnusedValueWithoutDrop(int result, int secondary) ->
                    "Unused result without the drop ability. Command result " + result + ", return value " + secondary;
            default -> error.toString();
        };
    }
}
