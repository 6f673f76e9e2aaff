package suiload.localnet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.ChangedObject.Output;
import suiload.chain.Digest;
import suiload.chain.Effects;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;
import suiload.json.Json;

/** What a transaction did to objects and balances, as JSON-RPC tells it (facts: sui-jsonrpc.md section 4.9). */
final class ChangesJson {
    private final Ledger ledger;

    ChangesJson(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Mutated ones, then created, then those that are no more; by id in each. An object of long ago that nobody knows the type of any
     * more is left out.
     */
    List<Object> objects(ExecutedTransaction executed) {
        Map<Address, String> types = types(executed);
        String sender = executed.data().sender().toString();
        List<Object> mutated = new ArrayList<>();
        List<Object> created = new ArrayList<>();
        List<Object> removed = new ArrayList<>();
        for (ChangedObject change : executed.effects().changedObjects()) {
            String type = types.get(change.id());
            if (type == null) continue;
            Map<String, Object> json = change(change, executed.effects(), sender, type);
            switch (EffectsJson.Fate.of(change)) {
                case MUTATED -> mutated.add(json);
                case CREATED -> created.add(json);
                case DELETED, WRAPPED -> removed.add(json);
                case UNWRAPPED, UNWRAPPED_THEN_DELETED, ACCUMULATED -> { }
            }
        }
        mutated.addAll(created);
        mutated.addAll(removed);
        return mutated;
    }

    private static Map<String, Object> change(ChangedObject change, Effects effects, String sender, String type) {
        Map<String, Object> json = Json.object("type", EffectsJson.Fate.of(change).name().toLowerCase(Locale.ROOT),
                "sender", sender);
        if (change.output() instanceof Output.ObjectWrite write) json.put("owner", ObjectJson.owner(write.owner()));
        json.put("objectType", type);
        json.put("objectId", change.id().toString());
        json.put("version", Long.toUnsignedString(effects.lamportVersion()));
        if (change.output() instanceof Output.ObjectWrite(Digest digest, Owner owner)) {
            change.input().ifPresent(before -> json.put("previousVersion", Long.toUnsignedString(before.version())));
            json.put("digest", digest.toString());
        }
        return json;
    }

    private Map<Address, String> types(ExecutedTransaction executed) {
        Map<Address, String> types = new HashMap<>();
        executed.before().forEach(object -> types.put(object.id(), TypeText.of(object)));
        executed.after().forEach(object -> types.put(object.id(), TypeText.of(object)));
        for (ChangedObject change : executed.effects().changedObjects()) {
            if (!types.containsKey(change.id())) known(change).ifPresent(object -> types.put(change.id(), TypeText.of(object)));
        }
        return types;
    }

    /** An object never changes its type, so any version will do. */
    private Optional<LedgerObject> known(ChangedObject change) {
        return ledger.object(change.id()).or(() -> change.input().flatMap(before -> ledger.object(change.id(), before.version())));
    }

    /** The coin that nobody has is left out; of a failed transaction only the gas is told. */
    static List<Object> balances(ExecutedTransaction executed) {
        return changes(executed).stream().<Object>map(change -> Json.object(
                "owner", ObjectJson.owner(new Owner.AddressOwner(change.address())), "coinType", TypeText.of(change.coinType()),
                "amount", Long.toString(change.amount()))).toList();
    }

    private static List<BalanceChange> changes(ExecutedTransaction executed) {
        if (!executed.effects().status().success()) {
            return List.of(new BalanceChange(executed.data().gas().owner(), TypeTag.of(StructTag.SUI),
                    -executed.effects().gasUsed().net()));
        }
        return executed.before().stream().anyMatch(ChangesJson::isMock)
                ? BalanceChanges.of(withoutMock(executed.before()), withoutMock(executed.after()))
                : executed.balanceChanges();
    }

    private static boolean isMock(LedgerObject object) {
        return object.id().equals(Ledger.MOCK_COIN);
    }

    private static List<LedgerObject> withoutMock(List<LedgerObject> objects) {
        return objects.stream().filter(object -> !isMock(object)).toList();
    }
}
