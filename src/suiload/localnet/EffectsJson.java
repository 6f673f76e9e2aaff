package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import suiload.chain.AccumulatorWrite;
import suiload.chain.ChangedObject;
import suiload.chain.ChangedObject.IdOperation;
import suiload.chain.ChangedObject.Output;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.ExecutionStatus;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.UnchangedConsensusObject;
import suiload.chain.UnchangedConsensusObject.Kind;
import suiload.json.Json;

/** Effects as JSON-RPC shows them: lists by what became of an object, empty ones left out (facts: sui-jsonrpc.md section 4.8). */
final class EffectsJson {
    private EffectsJson() {}

    /** What became of a changed object. Accumulators are no objects, and no list has them. */
    enum Fate {
        CREATED, MUTATED, UNWRAPPED, DELETED, WRAPPED, UNWRAPPED_THEN_DELETED, ACCUMULATED;

        static Fate of(ChangedObject change) {
            if (change.output() instanceof AccumulatorWrite) return ACCUMULATED;
            boolean existed = change.input().isPresent();
            boolean exists = !(change.output() instanceof Output.NotExist);
            if (existed && exists) return MUTATED;
            if (exists) return change.operation() == IdOperation.CREATED ? CREATED : UNWRAPPED;
            if (!existed) return UNWRAPPED_THEN_DELETED;
            return change.operation() == IdOperation.DELETED ? DELETED : WRAPPED;
        }
    }

    static Map<String, Object> effects(Effects effects) {
        Map<String, Object> json = Json.object("messageVersion", "v1", "status", status(effects.status()),
                "executedEpoch", Long.toString(effects.epoch()), "gasUsed", ChainQueries.gas(effects.gasUsed()));
        put(json, "modifiedAtVersions", modifiedAtVersions(effects));
        put(json, "sharedObjects", sharedObjects(effects));
        json.put("transactionDigest", effects.transaction().toString());
        put(json, "created", written(effects, Fate.CREATED));
        put(json, "mutated", written(effects, Fate.MUTATED));
        put(json, "unwrapped", written(effects, Fate.UNWRAPPED));
        put(json, "deleted", gone(effects, Fate.DELETED, ObjectJson.DELETED));
        put(json, "unwrappedThenDeleted", gone(effects, Fate.UNWRAPPED_THEN_DELETED, ObjectJson.DELETED));
        put(json, "wrapped", gone(effects, Fate.WRAPPED, ObjectJson.WRAPPED));
        effects.gasObjectIndex().ifPresent(
                index -> json.put("gasObject", written(effects, effects.changedObjects().get(Math.toIntExact(index)))));
        effects.events().ifPresent(digest -> json.put("eventsDigest", digest.toString()));
        put(json, "dependencies", effects.dependencies().stream().<Object>map(Digest::toString).toList());
        return json;
    }

    private static void put(Map<String, Object> json, String name, List<Object> items) {
        if (!items.isEmpty()) json.put(name, items);
    }

    static Map<String, Object> status(ExecutionStatus status) {
        return switch (status) {
            case ExecutionStatus.Success() -> Map.of("status", "success");
            case ExecutionStatus.Failure failure -> Json.object("status", "failure", "error", ExecutionErrorText.of(failure));
        };
    }

    private static List<Object> modifiedAtVersions(Effects effects) {
        List<Object> versions = new ArrayList<>();
        effects.changedObjects().forEach(change -> change.input().ifPresent(before -> versions.add(
                Json.object("objectId", change.id().toString(), "sequenceNumber", Long.toUnsignedString(before.version())))));
        return versions;
    }

    /** As they were before: first those written, then those read. */
    private static List<Object> sharedObjects(Effects effects) {
        List<Object> shared = new ArrayList<>();
        for (ChangedObject change : effects.changedObjects()) {
            change.input().filter(before -> before.owner() instanceof Owner.Shared).ifPresent(before ->
                    shared.add(ObjectJson.reference(new ObjectRef(change.id(), before.version(), before.digest()))));
        }
        for (UnchangedConsensusObject object : effects.unchangedConsensusObjects()) {
            if (object.kind() instanceof Kind.ReadOnlyRoot(long version, Digest digest)) {
                shared.add(ObjectJson.reference(new ObjectRef(object.id(), version, digest)));
            }
        }
        return shared;
    }

    private static List<Object> written(Effects effects, Fate fate) {
        return changes(effects, change -> Fate.of(change) == fate, change -> written(effects, change));
    }

    private static Map<String, Object> written(Effects effects, ChangedObject change) {
        return switch (change.output()) {
            case Output.ObjectWrite(Digest digest, Owner owner) -> Json.object("owner", ObjectJson.owner(owner),
                    "reference", ObjectJson.reference(new ObjectRef(change.id(), effects.lamportVersion(), digest)));
            case Output.PackageWrite(long version, Digest digest) -> Json.object("owner", ObjectJson.owner(new Owner.Immutable()),
                    "reference", ObjectJson.reference(new ObjectRef(change.id(), version, digest)));
            case Output.NotExist _, AccumulatorWrite _ -> throw new IllegalArgumentException(change.id() + " was not written");
        };
    }

    private static List<Object> gone(Effects effects, Fate fate, Digest digest) {
        return changes(effects, change -> Fate.of(change) == fate,
                change -> ObjectJson.reference(new ObjectRef(change.id(), effects.lamportVersion(), digest)));
    }

    private static List<Object> changes(Effects effects, Predicate<ChangedObject> which, Function<ChangedObject, Object> shape) {
        return effects.changedObjects().stream().filter(which).map(shape).toList();
    }
}
