package suiload.vectors;

import java.util.List;
import java.util.Optional;
import suiload.chain.AccumulatorWrite;
import suiload.chain.AccumulatorWrite.EventDigest;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.ExecutionStatus;
import suiload.chain.GasUsed;
import suiload.chain.UnchangedConsensusObject;
import suiload.json.Json;

/** Transaction effects out of the decoded form in which the vector files show them. */
final class EffectsJson {
    private EffectsJson() {}

    static Effects effects(Json json) {
        Variant version = Variant.of(json);
        if (!version.name().equals("V2")) throw version.unknown("TransactionEffects");
        Json v2 = version.content();
        return new Effects(status(Variant.of(v2.get("status"))), TransactionJson.u64(v2, "executedEpoch"), gasUsed(v2.get("gasUsed")),
                Digest.parse(v2.string("transactionDigest")), v2.find("gasObjectIndex").map(Shapes::u64), digest(v2, "eventsDigest"),
                v2.list("dependencies").stream().map(each -> Digest.parse(each.asString())).toList(),
                TransactionJson.u64(v2, "lamportVersion"), v2.list("changedObjects").stream().map(EffectsJson::change).toList(),
                v2.list("unchangedConsensusObjects").stream().map(EffectsJson::unchanged).toList(), digest(v2, "auxDataDigest"));
    }

    private static ExecutionStatus status(Variant variant) {
        return switch (variant.name()) {
            case "Success" -> new ExecutionStatus.Success();
            case "Failure", "Failed" -> new ExecutionStatus.Failure(
                    ErrorJson.error(variant.content().get("error")), variant.content().find("command").map(Shapes::u64));
            default -> throw variant.unknown("ExecutionStatus");
        };
    }

    private static GasUsed gasUsed(Json json) {
        return new GasUsed(TransactionJson.u64(json, "computationCost"), TransactionJson.u64(json, "storageCost"),
                TransactionJson.u64(json, "storageRebate"), TransactionJson.u64(json, "nonRefundableStorageFee"));
    }

    private static Optional<Digest> digest(Json json, String field) {
        return json.find(field).map(text -> Digest.parse(text.asString()));
    }

    private static ChangedObject change(Json pair) {
        Json change = pair.asList().get(1);
        return new ChangedObject(Address.parse(pair.asList().get(0).asString()), before(Variant.of(change.get("inputState"))),
                output(Variant.of(change.get("outputState"))), operation(Variant.of(change.get("idOperation"))));
    }

    private static Optional<ChangedObject.Input> before(Variant variant) {
        return switch (variant.name()) {
            case "NotExist" -> Optional.empty();
            case "Exist" -> {
                List<Json> versionAndDigest = variant.parts(2).get(0).asList();
                yield Optional.of(new ChangedObject.Input(Shapes.u64(versionAndDigest.get(0)),
                        Digest.parse(versionAndDigest.get(1).asString()), ObjectJson.owner(variant.parts(2).get(1))));
            }
            default -> throw variant.unknown("ObjectIn");
        };
    }

    private static ChangedObject.Output output(Variant variant) {
        return switch (variant.name()) {
            case "NotExist" -> new ChangedObject.Output.NotExist();
            case "ObjectWrite" -> new ChangedObject.Output.ObjectWrite(
                    Digest.parse(variant.parts(2).get(0).asString()), ObjectJson.owner(variant.parts(2).get(1)));
            case "PackageWrite" -> new ChangedObject.Output.PackageWrite(
                    Shapes.u64(variant.parts(2).get(0)), Digest.parse(variant.parts(2).get(1).asString()));
            case "AccumulatorWriteV1" -> accumulator(variant.content());
            default -> throw variant.unknown("ObjectOut");
        };
    }

    private static AccumulatorWrite accumulator(Json json) {
        Json address = json.get("address");
        return new AccumulatorWrite(TransactionJson.address(address, "address"), ObjectJson.typeTag(address.get("ty")),
                mergeOrSplit(Variant.of(json.get("operation"))), value(Variant.of(json.get("value"))));
    }

    private static AccumulatorWrite.Operation mergeOrSplit(Variant variant) {
        return switch (variant.name()) {
            case "Merge" -> AccumulatorWrite.Operation.MERGE;
            case "Split" -> AccumulatorWrite.Operation.SPLIT;
            default -> throw variant.unknown("AccumulatorOperation");
        };
    }

    private static AccumulatorWrite.Value value(Variant variant) {
        return switch (variant.name()) {
            case "Integer" -> new AccumulatorWrite.Value.Amount(Shapes.u64(variant.content()));
            case "IntegerTuple" ->
                    new AccumulatorWrite.Value.AmountPair(Shapes.u64(variant.parts(2).get(0)), Shapes.u64(variant.parts(2).get(1)));
            case "EventDigest" -> new AccumulatorWrite.Value.EventDigests(variant.content().asList().stream().map(Json::asList)
                    .map(event -> new EventDigest(Shapes.u64(event.get(0)), Digest.parse(event.get(1).asString()))).toList());
            default -> throw variant.unknown("AccumulatorValue");
        };
    }

    private static ChangedObject.IdOperation operation(Variant variant) {
        return switch (variant.name()) {
            case "None" -> ChangedObject.IdOperation.NONE;
            case "Created" -> ChangedObject.IdOperation.CREATED;
            case "Deleted" -> ChangedObject.IdOperation.DELETED;
            default -> throw variant.unknown("IDOperation");
        };
    }

    private static UnchangedConsensusObject unchanged(Json pair) {
        return new UnchangedConsensusObject(Address.parse(pair.asList().get(0).asString()), kind(Variant.of(pair.asList().get(1))));
    }

    /** The SDK renamed two of these; both names are read. */
    private static UnchangedConsensusObject.Kind kind(Variant variant) {
        return switch (variant.name()) {
            case "ReadOnlyRoot" -> new UnchangedConsensusObject.Kind.ReadOnlyRoot(
                    Shapes.u64(variant.parts(2).get(0)), Digest.parse(variant.parts(2).get(1).asString()));
            case "MutateConsensusStreamEnded", "MutateDeleted" ->
                    new UnchangedConsensusObject.Kind.MutateEnded(Shapes.u64(variant.content()));
            case "ReadConsensusStreamEnded", "ReadDeleted" -> new UnchangedConsensusObject.Kind.ReadEnded(Shapes.u64(variant.content()));
            case "Cancelled" -> new UnchangedConsensusObject.Kind.Cancelled(Shapes.u64(variant.content()));
            case "PerEpochConfig" -> new UnchangedConsensusObject.Kind.PerEpochConfig();
            default -> throw variant.unknown("UnchangedConsensusKind");
        };
    }
}
