package suiload.localnet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TypeTag;

/**
 * All live objects, by id, by owner and by parent, and a bounded number of former versions. One thread at a time changes
 * it (the ledger's lock); any thread reads. A listing sees all of a transaction or nothing; single objects are read without
 * a lock, so perhaps some of a transaction's objects before others, as it is on a node.
 */
final class LedgerState {
    /** Former versions that can still be asked for: with channels of a few KiB some tens of MiB. */
    private static final int MAX_FORMER_VERSIONS = 10_000;

    private record Version(Address id, long version) {}

    /** Dynamic fields of one parent, by field id, and the owner that they all share. */
    private record Children(Owner owner, NavigableMap<Address, LedgerObject> fields) {}

    private final Map<Address, LedgerObject> live;
    private final Map<Address, NavigableMap<OwnedKey, LedgerObject>> owned = new HashMap<>();
    private final Map<Address, Children> children = new HashMap<>();
    private final Map<Version, LedgerObject> former = new ConcurrentHashMap<>();
    private final Queue<Version> formerOrder = new ArrayDeque<>();
    /** Objects deleted last, with the version that their deletion made. */
    private final Map<Address, Long> deleted = new ConcurrentHashMap<>();
    private final Queue<Address> deletedOrder = new ArrayDeque<>();
    private final StateHash hash;
    /** Guards the indexes. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** @param hash of the objects that {@link #insert} will bring */
    LedgerState(int expectedObjects, StateHash hash) {
        this.hash = hash;
        live = new ConcurrentHashMap<>(Math.max(1024, expectedObjects));
    }

    /** Null when there is none. */
    LedgerObject live(Address id) {
        return live.get(id);
    }

    Optional<LedgerObject> version(Address id, long version) {
        LedgerObject object = live.get(id);
        return object != null && object.version() == version
                ? Optional.of(object)
                : Optional.ofNullable(former.get(new Version(id, version)));
    }

    /** The version in which an object was deleted, if that was not long ago. */
    Optional<Long> deletedAt(Address id) {
        return Optional.ofNullable(deleted.get(id));
    }

    int size() {
        return live.size();
    }

    Collection<LedgerObject> all() {
        return live.values();
    }

    StateHash hash() {
        return hash;
    }

    /** Replaces {@code before} by {@code after}: what is only in one of them is deleted or new. */
    void apply(List<LedgerObject> before, List<LedgerObject> after) {
        before.forEach(object -> hash.remove(object.digest()));
        for (LedgerObject object : after) {
            hash.add(object.digest());
            object.settle();
        }
        lock.writeLock().lock();
        try {
            before.forEach(this::unindex);
            after.forEach(this::insert);
        } finally {
            lock.writeLock().unlock();
        }
        for (LedgerObject object : before) {
            retain(object);
            if (live.remove(object.id(), object)) bury(object.id(), after.getFirst().version());
        }
    }

    /** A transaction that deletes also writes: its gas coin at least. */
    private void bury(Address id, long version) {
        if (deleted.put(id, version) == null) deletedOrder.add(id);
        if (deletedOrder.size() > MAX_FORMER_VERSIONS) deleted.remove(deletedOrder.remove());
    }

    /** Puts an object in without counting it in the hash: out of a snapshot, which has the hash, before anybody reads. */
    void insert(LedgerObject object) {
        LedgerObject kept = object;
        switch (object.owner()) {
            case Owner.AddressOwner(Address account) -> index(account, object);
            case Owner.ConsensusAddress(long start, Address account) -> index(account, object);
            case Owner.ObjectOwner(Address parent) -> {
                Children siblings = children.computeIfAbsent(parent, p -> new Children(object.owner(), new TreeMap<>()));
                kept = object.withOwner(siblings.owner);
                siblings.fields.put(object.id(), kept);
            }
            case Owner.Shared shared -> { }
            case Owner.Immutable immutable -> { }
        }
        live.put(object.id(), kept);
    }

    /** Puts a snapshot's increment on top, before anybody reads. */
    void replace(List<Address> gone, LedgerObject[] changed, StateHash newHash) {
        for (Address id : gone) {
            LedgerObject before = live.remove(id);
            if (before != null) unindex(before);
        }
        for (LedgerObject object : changed) {
            LedgerObject before = live.get(object.id());
            if (before != null) unindex(before);
            insert(object);
        }
        hash.become(newHash);
    }

    private void index(Address account, LedgerObject object) {
        owned.computeIfAbsent(account, a -> new TreeMap<>()).put(OwnedKey.of(object), object);
    }

    private void unindex(LedgerObject object) {
        switch (object.owner()) {
            case Owner.AddressOwner(Address account) -> unindex(account, object);
            case Owner.ConsensusAddress(long start, Address account) -> unindex(account, object);
            case Owner.ObjectOwner(Address parent) -> children.get(parent).fields.remove(object.id());
            case Owner.Shared shared -> { }
            case Owner.Immutable immutable -> { }
        }
    }

    private void unindex(Address account, LedgerObject object) {
        NavigableMap<OwnedKey, LedgerObject> objects = owned.get(account);
        objects.remove(OwnedKey.of(object));
        if (objects.isEmpty()) owned.remove(account);
    }

    private void retain(LedgerObject object) {
        var version = new Version(object.id(), object.version());
        former.put(version, object);
        formerOrder.add(version);
        if (formerOrder.size() > MAX_FORMER_VERSIONS) former.remove(formerOrder.remove());
    }

    Page<LedgerObject> owned(Address owner, Optional<StructTag> type, Optional<Bytes> after, int limit) {
        Optional<OwnedKey> position = after.map(OwnedKey::decode);
        lock.readLock().lock();
        try {
            return ownedPage(owner, type, position, limit);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Page<LedgerObject> ownedPage(Address owner, Optional<StructTag> type, Optional<OwnedKey> position, int limit) {
        NavigableMap<OwnedKey, LedgerObject> objects = owned.get(owner);
        if (objects == null) return new Page<>(List.of(), Optional.empty());
        NavigableMap<OwnedKey, LedgerObject> rest = type.map(tag -> objects.tailMap(OwnedKey.first(prefix(tag)), true)).orElse(objects);
        if (position.isPresent()) rest = rest.tailMap(position.get(), false);
        List<LedgerObject> items = new ArrayList<>();
        for (Map.Entry<OwnedKey, LedgerObject> entry : rest.entrySet()) {
            if (type.isPresent() && !entry.getKey().type().startsWith(prefix(type.get()))) break;
            if (type.isPresent() && !matches(entry.getValue().type(), type.get())) continue;
            if (items.size() == limit) return new Page<>(items, Optional.of(OwnedKey.of(items.getLast()).encode()));
            items.add(entry.getValue());
        }
        return new Page<>(items, Optional.empty());
    }

    /** Without type arguments every instantiation matches. All matches stand together: their texts begin alike. */
    private static boolean matches(StructTag type, StructTag wanted) {
        return type.is(wanted.address(), wanted.module(), wanted.name())
                && (wanted.typeArguments().isEmpty() || type.typeArguments().equals(wanted.typeArguments()));
    }

    private static String prefix(StructTag wanted) {
        return wanted.typeArguments().isEmpty() ? wanted.address() + "::" + wanted.module() + "::" + wanted.name() : wanted.toString();
    }

    Page<LedgerObject> fields(Address parent, Optional<Bytes> after, int limit) {
        Optional<Address> position = after.map(bytes -> Address.of(bytes.toArray()));
        lock.readLock().lock();
        try {
            return fieldsPage(parent, position, limit);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Page<LedgerObject> fieldsPage(Address parent, Optional<Address> position, int limit) {
        Children siblings = children.get(parent);
        if (siblings == null) return new Page<>(List.of(), Optional.empty());
        NavigableMap<Address, LedgerObject> rest = position.isEmpty() ? siblings.fields : siblings.fields.tailMap(position.get(), false);
        List<LedgerObject> items = new ArrayList<>();
        for (LedgerObject field : rest.values()) {
            if (items.size() == limit) return new Page<>(items, Optional.of(Bytes.of(items.getLast().id().bytes())));
            items.add(field);
        }
        return new Page<>(items, Optional.empty());
    }

    /**
     * Sums of coins by coin type.
     *
     * @param counted is told of each coin
     */
    Map<TypeTag, Long> balances(Address owner, Consumer<LedgerObject> counted) {
        Map<TypeTag, Long> sums = new LinkedHashMap<>();
        lock.readLock().lock();
        try {
            // In the order of the types' texts, as the objects are.
            for (LedgerObject object : owned.getOrDefault(owner, new TreeMap<>()).values()) {
                object.objectType().coin().ifPresent(coin -> {
                    sums.merge(coin, object.balance().orElseThrow(), Long::sum);
                    counted.accept(object);
                });
            }
        } finally {
            lock.readLock().unlock();
        }
        return sums;
    }
}
