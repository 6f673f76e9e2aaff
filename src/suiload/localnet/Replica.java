package suiload.localnet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/**
 * The state as one answer sees it: the ledger's own, or that of a node which lags behind. A lagging view shows objects
 * in the version they had, lacks those created since, and does not know the transactions since; what was deleted since is missing
 * from its lists.
 */
final class Replica {
    private final Ledger ledger;
    private final Map<Address, Optional<LedgerObject>> past;
    private final Set<Digest> unknown;

    private Replica(Ledger ledger, Map<Address, Optional<LedgerObject>> past, Set<Digest> unknown) {
        this.ledger = ledger;
        this.past = past;
        this.unknown = unknown;
    }

    static Replica live(Ledger ledger) {
        return new Replica(ledger, Map.of(), Set.of());
    }

    /**
     * @param past what objects changed since were, by id; empty for those that were not there
     * @param unknown digests of the transactions since
     */
    static Replica lagging(Ledger ledger, Map<Address, Optional<LedgerObject>> past, Set<Digest> unknown) {
        return new Replica(ledger, past, unknown);
    }

    Optional<LedgerObject> object(Address id) {
        Optional<LedgerObject> before = past.get(id);
        return before == null ? ledger.object(id) : before;
    }

    /** See {@link Ledger#deletedAt}. */
    Optional<Long> deletedAt(Address id) {
        return past.containsKey(id) ? Optional.empty() : ledger.deletedAt(id);
    }

    Optional<LedgerObject> object(Address id, long version) {
        Optional<LedgerObject> object = ledger.object(id, version);
        Optional<LedgerObject> newest = past.get(id);
        if (newest == null) return object;
        return object.filter(found -> newest.isPresent() && Long.compareUnsigned(found.version(), newest.get().version()) <= 0);
    }

    Page<LedgerObject> owned(Address owner, Optional<StructTag> type, Optional<Bytes> after, int limit) {
        Page<LedgerObject> page = ledger.owned(owner, type, after, limit);
        if (past.isEmpty()) return page;
        List<LedgerObject> then = new ArrayList<>();
        for (LedgerObject object : page.items()) object(object.id()).filter(old -> old.owner().equals(object.owner())).ifPresent(then::add);
        return new Page<>(then, page.next());
    }

    Page<DynamicFieldEntry> dynamicFields(Address parent, Optional<Bytes> after, int limit) {
        Page<DynamicFieldEntry> page = ledger.dynamicFields(parent, after, limit);
        if (past.isEmpty()) return page;
        return new Page<>(page.items().stream().filter(entry -> object(entry.field().id()).isPresent()).toList(), page.next());
    }

    Map<TypeTag, Long> balances(Address owner) {
        Map<TypeTag, Long> now = ledger.balances(owner);
        if (past.isEmpty()) return now;
        Map<TypeTag, Long> then = new LinkedHashMap<>(now);
        past.forEach((id, before) -> {
            ledger.object(id).ifPresent(object -> count(then, owner, object, -1));
            before.ifPresent(object -> count(then, owner, object, 1));
        });
        then.values().removeIf(sum -> sum == 0);
        return then;
    }

    private static void count(Map<TypeTag, Long> sums, Address owner, LedgerObject object, int sign) {
        if (object.isPackage() || !object.owner().equals(new Owner.AddressOwner(owner))) return;
        object.objectType().coin().ifPresent(coin -> sums.merge(coin, sign * object.balance().orElseThrow(), Long::sum));
    }

    Optional<ExecutedTransaction> transaction(Digest digest) {
        return knows(digest) ? ledger.transaction(digest) : Optional.empty();
    }

    /** False for a transaction that ran since. */
    boolean knows(Digest digest) {
        return !unknown.contains(digest);
    }

    Ledger ledger() {
        return ledger;
    }
}
