package suiload.localnet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Digest;

/** Everything a transaction writes and deletes, by id, with what was there before. */
final class Changes {
    /** One object: {@code before} is null when it is new, {@code after} when it is gone. */
    private record Change(LedgerObject before, LedgerObject after) {}

    private final Map<Address, Change> changes = new TreeMap<>();
    private long storageCost;
    private long remembered;

    void write(LedgerObject before, LedgerObject after) {
        changes.put(after.id(), new Change(before, after));
        storageCost += after.storageRebate();
        if (before != null) remembered += before.storageRebate();
    }

    void delete(LedgerObject before) {
        changes.put(before.id(), new Change(before, null));
        remembered += before.storageRebate();
    }

    /** Puts another value of the same size in the place of a written one: the gas coin, once the price is known. */
    void replace(LedgerObject after) {
        changes.computeIfPresent(after.id(), (id, change) -> new Change(change.before, after));
    }

    /** MIST, for all written objects. */
    long storageCost() {
        return storageCost;
    }

    /** MIST that the replaced and deleted objects remember. */
    long remembered() {
        return remembered;
    }

    LedgerObject written(Address id) {
        Change change = changes.get(id);
        return change == null ? null : change.after;
    }

    boolean contains(Address id) {
        return changes.containsKey(id);
    }

    /** Place of {@code id} in the sorted list. */
    long indexOf(Address id) {
        long index = 0;
        for (Address each : changes.keySet()) {
            if (each.equals(id)) return index;
            index++;
        }
        throw new IllegalStateException(id + " was not changed");
    }

    List<LedgerObject> before() {
        return collect(changes.values().stream().map(Change::before).toList());
    }

    List<LedgerObject> after() {
        return collect(changes.values().stream().map(Change::after).toList());
    }

    private static List<LedgerObject> collect(Collection<LedgerObject> objects) {
        List<LedgerObject> present = new ArrayList<>(objects.size());
        for (LedgerObject object : objects) if (object != null) present.add(object);
        return present;
    }

    List<ChangedObject> effects() {
        List<ChangedObject> list = new ArrayList<>(changes.size());
        changes.forEach((id, change) -> list.add(effect(id, change)));
        return list;
    }

    private static ChangedObject effect(Address id, Change change) {
        if (change.before == null) return ChangedObject.created(id, change.after.digest(), change.after.owner());
        Digest digest = change.before.digest();
        var before = new ChangedObject.Input(change.before.version(), digest, change.before.owner());
        return change.after == null
                ? ChangedObject.deleted(id, before)
                : ChangedObject.mutated(id, before, change.after.digest(), change.after.owner());
    }
}
