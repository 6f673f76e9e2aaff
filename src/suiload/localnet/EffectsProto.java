package suiload.localnet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import suiload.bcs.BcsWriter;
import suiload.chain.AccumulatorWrite;
import suiload.chain.AccumulatorWrite.EventDigest;
import suiload.chain.AccumulatorWrite.Value;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Event;
import suiload.chain.GasUsed;
import suiload.chain.Owner;
import suiload.chain.UnchangedConsensusObject;
import suiload.chain.UnchangedConsensusObject.Kind;
import suiload.grpcweb.proto.AccumulatorWrite.AccumulatorOperation;
import suiload.grpcweb.proto.AccumulatorWrite.AccumulatorValue;
import suiload.grpcweb.proto.AccumulatorWrite.EventDigestEntry;
import suiload.grpcweb.proto.BalanceChange;
import suiload.grpcweb.proto.ChangedObject.IdOperation;
import suiload.grpcweb.proto.ChangedObject.InputObjectState;
import suiload.grpcweb.proto.ChangedObject.OutputObjectState;
import suiload.grpcweb.proto.ExecutedTransaction;
import suiload.grpcweb.proto.GasCostSummary;
import suiload.grpcweb.proto.ObjectSet;
import suiload.grpcweb.proto.TransactionEffects;
import suiload.grpcweb.proto.TransactionEvents;
import suiload.grpcweb.proto.UnchangedConsensusObject.UnchangedConsensusObjectKind;

/** Executed transactions as messages: effects, events, balance changes and objects (facts: sui-grpc.md sections 5.4 and 5.6). */
final class EffectsProto {
    private final MoveJson json;
    private final ObjectProto objects;
    private final Function<Address, Optional<LedgerObject>> live;

    /** @param live objects by id: a transaction out of memory comes without its own */
    EffectsProto(MoveJson json, ObjectProto objects, Function<Address, Optional<LedgerObject>> live) {
        this.json = json;
        this.objects = objects;
        this.live = live;
    }

    ExecutedTransaction transaction(suiload.localnet.ExecutedTransaction executed, Mask mask) {
        var proto = outcome(executed, mask);
        if (mask.has("digest")) proto.setDigest(executed.digest().toString());
        if (mask.has("signatures")) executed.signatures().forEach(signature -> proto.addSignatures(TransactionProto.signature(signature)));
        executed.checkpoint().ifPresent(at -> {
            if (mask.has("checkpoint")) proto.setCheckpoint(at.sequence());
            if (mask.has("timestamp")) proto.setTimestamp(TransactionProto.timestamp(at.timestampMs()));
            if (mask.has("transaction_index")) proto.setTransactionIndex(at.index());
        });
        return proto.build();
    }

    /** Without what only an executed transaction has: digest, signatures, place in a checkpoint. */
    ExecutedTransaction simulated(suiload.localnet.ExecutedTransaction executed, Mask mask) {
        return outcome(executed, mask).build();
    }

    private ExecutedTransaction.Builder outcome(suiload.localnet.ExecutedTransaction executed, Mask mask) {
        var proto = ExecutedTransaction.newBuilder();
        if (mask.has("transaction")) {
            proto.setTransaction(TransactionProto.transaction(executed.transaction(), executed.digest(), mask.sub("transaction")));
        }
        if (mask.has("effects")) proto.setEffects(effects(executed, mask.sub("effects")));
        if (mask.has("events") && !executed.events().isEmpty()) proto.setEvents(events(executed, mask.sub("events")));
        if (mask.has("balance_changes")) executed.balanceChanges().forEach(change -> proto.addBalanceChanges(balanceChange(change)));
        // Nodes give objects only to a mask that names objects.objects or below.
        if (mask.isAll() || mask.sub("objects").has("objects") && !mask.sub("objects").isAll()) {
            proto.setObjects(objectSet(List.of(executed), mask.isAll() ? Mask.ALL : mask.sub("objects").sub("objects")));
        }
        return proto;
    }

    /** Every version that the transactions saw or made, once, by id and version. */
    ObjectSet objectSet(List<suiload.localnet.ExecutedTransaction> transactions, Mask mask) {
        Map<Address, Map<Long, LedgerObject>> sorted = new TreeMap<>();
        for (var executed : transactions) {
            executed.before().forEach(object -> sorted.computeIfAbsent(object.id(), id -> new TreeMap<>()).put(object.version(), object));
            executed.after().forEach(object -> sorted.computeIfAbsent(object.id(), id -> new TreeMap<>()).put(object.version(), object));
        }
        var set = ObjectSet.newBuilder();
        sorted.values().forEach(versions -> versions.values().forEach(object -> set.addObjects(objects.object(object, mask))));
        return set.build();
    }

    private static BalanceChange balanceChange(suiload.localnet.BalanceChange change) {
        return BalanceChange.newBuilder().setAddress(change.address().toString()).setCoinType(change.coinType().toString())
                .setAmount(Long.toString(change.amount())).build();
    }

    private TransactionEffects effects(suiload.localnet.ExecutedTransaction executed, Mask mask) {
        Effects effects = executed.effects();
        var proto = TransactionEffects.newBuilder();
        if (mask.has("bcs")) proto.setBcs(ObjectProto.bcs("TransactionEffects", effects.encode()));
        if (mask.has("digest")) proto.setDigest(effects.digest().toString());
        if (mask.has("version")) proto.setVersion(2);
        if (mask.has("status")) proto.setStatus(ErrorProto.status(effects.status()));
        if (mask.has("epoch")) proto.setEpoch(effects.epoch());
        if (mask.has("gas_used")) proto.setGasUsed(gasUsed(effects.gasUsed()));
        if (mask.has("transaction_digest")) proto.setTransactionDigest(effects.transaction().toString());
        if (mask.has("events_digest")) effects.events().ifPresent(digest -> proto.setEventsDigest(digest.toString()));
        if (mask.has("dependencies")) effects.dependencies().forEach(digest -> proto.addDependencies(digest.toString()));
        if (mask.has("lamport_version")) proto.setLamportVersion(effects.lamportVersion());
        if (mask.hasAny("changed_objects", "gas_object", "unchanged_consensus_objects")) addObjects(proto, executed, mask);
        if (mask.has("auxiliary_data_digest")) effects.auxiliaryData().ifPresent(digest -> proto.setAuxiliaryDataDigest(digest.toString()));
        return proto.build();
    }

    private void addObjects(TransactionEffects.Builder proto, suiload.localnet.ExecutedTransaction executed, Mask mask) {
        Effects effects = executed.effects();
        Map<Address, String> types = types(executed);
        if (mask.has("gas_object")) {
            effects.gasObjectIndex().map(index -> effects.changedObjects().get(index.intValue()))
                    .ifPresent(gas -> proto.setGasObject(changed(gas, effects.lamportVersion(), types)));
        }
        if (mask.has("changed_objects")) {
            effects.changedObjects().forEach(change -> proto.addChangedObjects(changed(change, effects.lamportVersion(), types)));
        }
        if (mask.has("unchanged_consensus_objects")) {
            effects.unchangedConsensusObjects().forEach(object -> proto.addUnchangedConsensusObjects(unchanged(object, types)));
        }
    }

    /** Of a transaction out of memory only the types of what is still there, which never change. */
    private Map<Address, String> types(suiload.localnet.ExecutedTransaction executed) {
        Map<Address, String> types = new HashMap<>();
        if (executed.after().isEmpty()) {
            executed.effects().changedObjects().forEach(change -> addLiveType(types, change.id()));
            executed.effects().unchangedConsensusObjects().forEach(object -> addLiveType(types, object.id()));
        }
        executed.before().forEach(object -> types.put(object.id(), typeOf(object)));
        executed.after().forEach(object -> types.put(object.id(), typeOf(object)));
        return types;
    }

    private void addLiveType(Map<Address, String> types, Address id) {
        live.apply(id).ifPresent(object -> types.put(id, typeOf(object)));
    }

    private static String typeOf(LedgerObject object) {
        return object.isPackage() ? "package" : object.objectType().text();
    }

    static GasCostSummary gasUsed(GasUsed gas) {
        return GasCostSummary.newBuilder().setComputationCost(gas.computation()).setStorageCost(gas.storage())
                .setStorageRebate(gas.rebate()).setNonRefundableStorageFee(gas.nonRefundableFee()).build();
    }

    static suiload.grpcweb.proto.ChangedObject changed(ChangedObject change, long lamportVersion, Map<Address, String> types) {
        var proto = suiload.grpcweb.proto.ChangedObject.newBuilder().setObjectId(change.id().toString())
                .setInputState(change.input().isPresent() ? InputObjectState.INPUT_OBJECT_STATE_EXISTS
                        : InputObjectState.INPUT_OBJECT_STATE_DOES_NOT_EXIST)
                .setIdOperation(IdOperation.forNumber(change.operation().ordinal() + 1));
        change.input().ifPresent(before -> proto.setInputVersion(before.version()).setInputDigest(before.digest().toString())
                .setInputOwner(ObjectProto.owner(before.owner())));
        switch (change.output()) {
            case ChangedObject.Output.NotExist() -> proto.setOutputState(OutputObjectState.OUTPUT_OBJECT_STATE_DOES_NOT_EXIST);
            case ChangedObject.Output.ObjectWrite(Digest digest, Owner owner) -> proto
                    .setOutputState(OutputObjectState.OUTPUT_OBJECT_STATE_OBJECT_WRITE)
                    .setOutputVersion(lamportVersion).setOutputDigest(digest.toString()).setOutputOwner(ObjectProto.owner(owner));
            case ChangedObject.Output.PackageWrite(long version, Digest digest) -> proto
                    .setOutputState(OutputObjectState.OUTPUT_OBJECT_STATE_PACKAGE_WRITE)
                    .setOutputVersion(version).setOutputDigest(digest.toString());
            case AccumulatorWrite write -> proto.setOutputState(OutputObjectState.OUTPUT_OBJECT_STATE_ACCUMULATOR_WRITE)
                    .setAccumulatorWrite(accumulator(write));
        }
        Optional.ofNullable(types.get(change.id())).ifPresent(proto::setObjectType);
        return proto.build();
    }

    private static suiload.grpcweb.proto.AccumulatorWrite accumulator(AccumulatorWrite write) {
        var proto = suiload.grpcweb.proto.AccumulatorWrite.newBuilder().setAddress(write.address().toString())
                .setAccumulatorType(write.type().text(","))
                .setOperation(AccumulatorOperation.forNumber(write.operation().ordinal() + 1));
        return switch (write.value()) {
            case Value.Amount(long amount) -> proto.setValueKind(AccumulatorValue.INTEGER).setIntegerValue(amount).build();
            case Value.AmountPair(long first, long second) ->
                    proto.setValueKind(AccumulatorValue.INTEGER_TUPLE).addIntegerTuple(first).addIntegerTuple(second).build();
            case Value.EventDigests(List<EventDigest> events) -> proto.setValueKind(AccumulatorValue.EVENT_DIGEST)
                    .addAllEventDigestValue(events.stream().map(event -> EventDigestEntry.newBuilder()
                            .setEventIndex(event.index()).setDigest(event.digest().toString()).build()).toList()).build();
        };
    }

    private static suiload.grpcweb.proto.UnchangedConsensusObject unchanged(UnchangedConsensusObject object, Map<Address, String> types) {
        var proto = suiload.grpcweb.proto.UnchangedConsensusObject.newBuilder().setObjectId(object.id().toString());
        Optional.ofNullable(types.get(object.id())).ifPresent(proto::setObjectType);
        return switch (object.kind()) {
            case Kind.ReadOnlyRoot(long version, Digest digest) ->
                    proto.setKind(UnchangedConsensusObjectKind.READ_ONLY_ROOT).setVersion(version).setDigest(digest.toString()).build();
            case Kind.MutateEnded(long version) ->
                    proto.setKind(UnchangedConsensusObjectKind.MUTATE_CONSENSUS_STREAM_ENDED).setVersion(version).build();
            case Kind.ReadEnded(long version) ->
                    proto.setKind(UnchangedConsensusObjectKind.READ_CONSENSUS_STREAM_ENDED).setVersion(version).build();
            case Kind.Cancelled(long version) -> proto.setKind(UnchangedConsensusObjectKind.CANCELED).setVersion(version).build();
            case Kind.PerEpochConfig() -> proto.setKind(UnchangedConsensusObjectKind.PER_EPOCH_CONFIG).build();
        };
    }

    private TransactionEvents events(suiload.localnet.ExecutedTransaction executed, Mask mask) {
        List<Event> events = executed.events();
        var proto = TransactionEvents.newBuilder();
        if (mask.has("bcs")) {
            var bcs = new BcsWriter(512).vector(events, (out, event) -> event.write(out)).toBytes();
            proto.setBcs(ObjectProto.bcs("TransactionEvents", bcs));
        }
        if (mask.has("digest")) executed.effects().events().ifPresent(digest -> proto.setDigest(digest.toString()));
        if (mask.has("events")) events.forEach(event -> proto.addEvents(event(event, mask.sub("events"))));
        return proto.build();
    }

    private suiload.grpcweb.proto.Event event(Event event, Mask mask) {
        var proto = suiload.grpcweb.proto.Event.newBuilder();
        if (mask.has("package_id")) proto.setPackageId(event.packageId().toString());
        if (mask.has("module")) proto.setModule(event.module());
        if (mask.has("sender")) proto.setSender(event.sender().toString());
        if (mask.has("event_type")) proto.setEventType(event.type().text(","));
        if (mask.has("contents")) proto.setContents(ObjectProto.bcs(event.type().toString(), event.contents()));
        if (mask.has("json")) json.value(event.type(), event.contents()).ifPresent(proto::setJson);
        return proto.build();
    }
}
