package suiload.localnet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import suiload.chain.Address;
import suiload.chain.Owner;
import suiload.chain.TypeTag;

/** Adds up what a transaction moved between accounts. */
final class BalanceChanges {
    private record Holding(Address address, TypeTag coinType) {}

    private BalanceChanges() {}

    /** By address, then coin type; nothing for an account whose sum stays. */
    static List<BalanceChange> of(Changes changes) {
        return of(changes.before(), changes.after());
    }

    static List<BalanceChange> of(List<LedgerObject> before, List<LedgerObject> after) {
        Map<Holding, Long> sums = new HashMap<>();
        before.forEach(object -> add(sums, object, -1));
        after.forEach(object -> add(sums, object, 1));
        List<BalanceChange> result = new ArrayList<>();
        sums.forEach((holding, sum) -> {
            if (sum != 0) result.add(new BalanceChange(holding.address, holding.coinType, sum));
        });
        if (result.size() > 1) {
            result.sort(Comparator.comparing(BalanceChange::address).thenComparing(change -> change.coinType().toString()));
        }
        return result;
    }

    private static void add(Map<Holding, Long> sums, LedgerObject object, int sign) {
        if (object.isPackage() || object.objectType().coin().isEmpty()) return;
        Address address = switch (object.owner()) {
            case Owner.AddressOwner(Address account) -> account;
            case Owner.ConsensusAddress(long start, Address account) -> account;
            case Owner.ObjectOwner parent -> null;
            case Owner.Shared shared -> null;
            case Owner.Immutable immutable -> null;
        };
        if (address == null) return;
        sums.merge(new Holding(address, object.objectType().coin().get()), sign * object.balance().orElseThrow(), Long::sum);
    }
}
