package suiload.transactions;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import suiload.bcs.BcsReader;
import suiload.chain.AccumulatorWrite;
import suiload.chain.Address;
import suiload.chain.ChangedObject;
import suiload.chain.Effects;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.metrics.Deadline;
import suiload.sui.Executed;
import suiload.sui.Node;
import suiload.sui.ObjectView;

/**
 * What is known without asking a node: current references of owned objects, initial versions of shared ones, gas coins with
 * their balances. Filled from the effects of transactions, from reads where nothing is known, bounded in entries. A reference only
 * ever gives way to a newer one: effects are ahead of what nodes show.
 */
public final class References {
    /** About 300 bytes each. */
    private static final int ENTRIES_MAX = 100_000;
    private static final int COINS_LOOKED_AT = 10;

    private final Node node;
    private final RecentMap<Address, ObjectRef> owned = new RecentMap<>(ENTRIES_MAX);
    private final RecentMap<Address, Long> shared = new RecentMap<>(ENTRIES_MAX);
    private final RecentMap<Address, Address> gasCoins = new RecentMap<>(ENTRIES_MAX);
    private final RecentMap<Address, Long> balances = new RecentMap<>(ENTRIES_MAX);
    /** Coins that went to another owner or ceased to be, with the version of that: a read that shows an older one is of the past. */
    private final RecentMap<Address, Long> left = new RecentMap<>(ENTRIES_MAX);

    References(Node node) {
        this.node = node;
    }

    /** A SUI coin and what is on it, in MIST. */
    public record Coin(ObjectRef ref, long balance) {}

    /** Takes over every reference that these effects carry. Own transactions are learned by themselves. */
    public void learn(Executed executed) {
        Effects effects = executed.effects();
        for (ChangedObject change : effects.changedObjects()) {
            switch (change.output()) {
                case ChangedObject.Output.ObjectWrite(var digest, Owner.AddressOwner(Address owner)) -> {
                    change.input().ifPresent(before -> moved(change.id(), before.owner(), owner, effects.lamportVersion()));
                    learnOwned(new ObjectRef(change.id(), effects.lamportVersion(), digest));
                }
                case ChangedObject.Output.ObjectWrite(var _, Owner.Shared(long initialVersion)) -> learnShared(change.id(), initialVersion);
                case ChangedObject.Output.ObjectWrite _, ChangedObject.Output.NotExist _ -> forget(change.id(), effects.lamportVersion());
                case ChangedObject.Output.PackageWrite _, AccumulatorWrite _ -> { }
            }
        }
    }

    /** Who gave its gas coin away pays with another. */
    private void moved(Address id, Owner before, Address after, long version) {
        if (before instanceof Owner.AddressOwner(Address owner) && !owner.equals(after)) lost(id, owner, version);
    }

    /** A read shows that a gas coin which was {@code before} of {@code owner} is another's now. */
    void another(ObjectRef now, ObjectRef before, Address owner) {
        if (Long.compareUnsigned(now.version(), before.version()) > 0) lost(now.id(), owner, now.version());
    }

    private void lost(Address id, Address owner, long version) {
        left.put(id, version);
        if (gasCoins.get(owner).equals(Optional.of(id))) gasCoins.remove(owner);
    }

    /** Takes over a coin that is known from elsewhere, from the funding transaction that made it for example. */
    public void learnCoin(Address owner, ObjectRef coin, long balance) {
        learnOwned(coin);
        balances.put(coin.id(), balance);
        gasCoins.merge(owner, coin.id(), this::richer);
    }

    /** Takes over the version at which an object was shared, known from a read for another reason. */
    public void learnShared(Address id, long initialVersion) {
        shared.put(id, initialVersion);
    }

    /** Takes over a reference known from a read for another reason. */
    public void learnOwned(ObjectRef ref) {
        owned.merge(ref.id(), ref, (before, after) -> Long.compareUnsigned(after.version(), before.version()) >= 0 ? after : before);
    }

    /** MIST on the coin that pays for this address, as far as known; asks no node. */
    public OptionalLong gasBalance(Address owner) {
        return gasCoins.get(owner).flatMap(balances::get).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** MIST on a coin, as far as known; asks no node. */
    public OptionalLong balance(Address coin) {
        return balances.get(coin).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** The current reference of an owned object, as far as known; asks no node. */
    public Optional<ObjectRef> known(Address id) {
        return owned.get(id);
    }

    /** The version at which an object was shared, as far as known; asks no node. */
    public Optional<Long> knownShared(Address id) {
        return shared.get(id);
    }

    /** The SUI coins of an address, richest first, as a node lists them; at most {@code limit}, 1…1000. */
    public List<Coin> coins(Address owner, int limit, Deadline deadline) {
        return node.owned(owner, StructTag.SUI_COIN, Optional.empty(), limit, deadline).items().stream().map(References::coin)
                .filter(this::stillThere).map(coin -> {
                    learnCoinRead(coin);
                    return knownCoin(coin.ref.id()).orElse(coin);
                }).toList();
    }

    private boolean stillThere(Coin coin) {
        return left.get(coin.ref.id()).filter(version -> Long.compareUnsigned(version, coin.ref.version()) > 0).isEmpty();
    }

    /** These coins, as far as they are SUI coins on chain: what is not known is read. */
    Map<Address, Coin> coins(Set<Address> ids, Deadline deadline) {
        seek(ids.stream().filter(id -> knownCoin(id).isEmpty()).toList(), deadline);
        Map<Address, Coin> found = new HashMap<>();
        ids.forEach(id -> knownCoin(id).ifPresent(coin -> found.put(id, coin)));
        return found;
    }

    /** The coin that pays for an address: the richest; empty when it has none. */
    Optional<Coin> gasCoin(Address owner, Deadline deadline) {
        Optional<Coin> known = gasCoins.get(owner).flatMap(this::knownCoin);
        return known.isPresent() ? known : seekGasCoin(owner, deadline);
    }

    /** The same, read anew: another coin may be richer by now. */
    Optional<Coin> seekGasCoin(Address owner, Deadline deadline) {
        Optional<Coin> richest = coins(owner, COINS_LOOKED_AT, deadline).stream().max((a, b) -> Long.compareUnsigned(a.balance, b.balance));
        richest.ifPresent(coin -> gasCoins.put(owner, coin.ref.id()));
        return gasCoins.get(owner).flatMap(this::knownCoin);
    }

    /** A coin by id; empty when it is no SUI coin on chain. */
    Optional<Coin> coin(Address id, Deadline deadline) {
        Optional<Coin> known = knownCoin(id);
        return known.isPresent() ? known : seekCoin(id, deadline);
    }

    /** The same, read anew. */
    Optional<Coin> seekCoin(Address id, Deadline deadline) {
        Optional.ofNullable(node.objects(List.of(id), deadline).get(id))
                .filter(view -> view.type().equals(StructTag.SUI_COIN)).ifPresent(view -> learnCoinRead(coin(view)));
        return knownCoin(id);
    }

    /** References of these owned objects: what is not known is read. The missing are absent. */
    Map<Address, ObjectRef> owned(Set<Address> ids, Deadline deadline) {
        seek(ids.stream().filter(id -> owned.get(id).isEmpty()).toList(), deadline);
        return present(ids, owned);
    }

    /** Initial versions of these shared objects: what is not known is read. Those that are missing or not shared are absent. */
    Map<Address, Long> shared(Set<Address> ids, Deadline deadline) {
        seek(ids.stream().filter(id -> shared.get(id).isEmpty()).toList(), deadline);
        return present(ids, shared);
    }

    /** Reads these objects, whatever is known of them. The missing are absent. */
    Map<Address, ObjectView> seek(Collection<Address> ids, Deadline deadline) {
        if (ids.isEmpty()) return Map.of();
        Map<Address, ObjectView> found = node.objects(ids, deadline);
        for (ObjectView view : found.values()) {
            if (view.type().equals(StructTag.SUI_COIN)) learnCoinRead(coin(view));
            switch (view.owner()) {
                case Owner.AddressOwner _, Owner.Immutable _ -> learnOwned(view.ref());
                case Owner.Shared(long initialVersion) -> learnShared(view.ref().id(), initialVersion);
                case Owner.ObjectOwner _, Owner.ConsensusAddress _ -> { }
            }
        }
        return found;
    }

    /**
     * Books what a transaction took from the coins that paid for it, of which the first took up the others; before {@link #learn}.
     *
     * @param version of what it wrote: a read that was faster and showed it has brought what is left
     */
    void spend(List<Address> payment, long mist, long version) {
        boolean read = owned.get(payment.getFirst()).filter(known -> Long.compareUnsigned(known.version(), version) >= 0).isPresent();
        if (read) return;
        long sum = 0;
        for (Address coin : payment) {
            OptionalLong balance = balance(coin);
            if (balance.isEmpty()) {
                balances.remove(payment.getFirst());
                return;
            }
            sum += balance.getAsLong();
        }
        balances.put(payment.getFirst(), sum - mist);
    }

    /** How many entries are held, for the metrics. */
    long size() {
        return (long) owned.size() + shared.size() + gasCoins.size() + balances.size() + left.size();
    }

    private void forget(Address id, long version) {
        if (balances.get(id).isPresent()) left.put(id, version);
        forget(id);
    }

    /** What is known of this coin; the next who needs it reads it. */
    void forget(Address id) {
        owned.remove(id);
        balances.remove(id);
    }

    /** A balance that was read belongs to the version that was read: what is known of a newer one is better. */
    private void learnCoinRead(Coin coin) {
        if (!stillThere(coin)) return;
        Address id = coin.ref.id();
        boolean behind = owned.get(id).filter(known -> Long.compareUnsigned(known.version(), coin.ref.version()) > 0).isPresent();
        if (behind && balances.get(id).isPresent()) return;
        learnOwned(coin.ref);
        balances.put(id, coin.balance);
    }

    private Optional<Coin> knownCoin(Address id) {
        return owned.get(id).flatMap(ref -> balances.get(id).map(balance -> new Coin(ref, balance)));
    }

    private Address richer(Address before, Address after) {
        boolean more = Long.compareUnsigned(balances.get(after).orElse(0L), balances.get(before).orElse(0L)) > 0;
        return more || owned.get(before).isEmpty() ? after : before;
    }

    private static Coin coin(ObjectView view) {
        var contents = new BcsReader(view.contents());
        Address.read(contents);
        return new Coin(view.ref(), contents.u64());
    }

    private static <V> Map<Address, V> present(Set<Address> ids, RecentMap<Address, V> known) {
        Map<Address, V> found = new HashMap<>();
        ids.forEach(id -> known.get(id).ifPresent(value -> found.put(id, value)));
        return found;
    }
}
