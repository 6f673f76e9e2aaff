package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import suiload.chain.Address;
import suiload.chain.CallArg;
import suiload.chain.Command;
import suiload.chain.Digest;
import suiload.chain.GasData;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;

/** Finds the objects that a transaction names and refuses it where they are not as it says, in a node's own words. */
final class InputLoader {
    /** Versions from here on mark cancelled reads and the like. */
    private static final long MAX_VERSION = Long.MAX_VALUE - 1;

    private final Function<Address, LedgerObject> live;
    private final TransactionData data;
    private final boolean ownersChecked;
    private final List<LedgerObject> inputs = new ArrayList<>();
    private final SortedSet<Address> dependencies = new TreeSet<>();
    private long highest;

    private InputLoader(Function<Address, LedgerObject> live, TransactionData data, boolean ownersChecked) {
        this.live = live;
        this.data = data;
        this.ownersChecked = ownersChecked;
    }

    /** @throws Rejection on the first object that is not as named */
    static LoadedTransaction load(Function<Address, LedgerObject> live, TransactionData data, Digest digest) {
        return load(live, data, digest, true);
    }

    /** @param ownersChecked false where nobody signs: in a simulation without checks */
    static LoadedTransaction load(Function<Address, LedgerObject> live, TransactionData data, Digest digest, boolean ownersChecked) {
        if (data.gas().payment().isEmpty()) throw Rejection.invalid("Transaction gas payment missing.");
        var loader = new InputLoader(live, data, ownersChecked);
        List<LedgerObject> coins = new ArrayList<>();
        for (ObjectRef ref : data.gas().payment()) coins.add(loader.gasCoin(ref));
        return loader.finish(digest, coins);
    }

    /** The same with a coin that nobody has, for simulations without payment. */
    static LoadedTransaction loadWith(LedgerObject mockCoin, Function<Address, LedgerObject> live, TransactionData data, Digest digest,
            boolean ownersChecked) {
        return new InputLoader(live, data, ownersChecked).finish(digest, List.of(mockCoin));
    }

    private LoadedTransaction finish(Digest digest, List<LedgerObject> coins) {
        data.commands().forEach(this::packages);
        for (CallArg input : data.inputs()) inputs.add(input(input));
        checkBalance(coins, data.gas());
        return new LoadedTransaction(digest, data, inputs, coins, highest + 1, dependencies);
    }

    private static void checkBalance(List<LedgerObject> coins, GasData gas) {
        long balance = 0;
        for (LedgerObject coin : coins) balance += coin.balance().orElseThrow();
        if (Long.compareUnsigned(balance, gas.budget()) < 0) {
            throw Rejection.invalid("Balance of gas object " + Long.toUnsignedString(balance) + " is lower than the needed amount: "
                    + Long.toUnsignedString(gas.budget()) + ".");
        }
    }

    private LedgerObject gasCoin(ObjectRef ref) {
        LedgerObject coin = atVersion(ref);
        if (coin.isPackage() || !coin.type().equals(StructTag.SUI_COIN) || !(coin.owner() instanceof Owner.AddressOwner(Address owner))) {
            throw Rejection.invalid("Gas object is not an owned object with owner: " + data.gas().owner() + ".");
        }
        checkOwner(coin, owner, data.gas().owner());
        return used(coin);
    }

    private LedgerObject input(CallArg input) {
        return switch (input) {
            case CallArg.Pure pure -> null;
            case CallArg.Owned(ObjectRef ref) -> used(owned(ref));
            case CallArg.Receiving(ObjectRef ref) -> used(receiving(ref));
            case CallArg.Shared shared -> used(shared(shared));
            case CallArg.Withdrawal withdrawal -> throw new IllegalStateException("withdrawals are refused before");
        };
    }

    private LedgerObject owned(ObjectRef ref) {
        LedgerObject object = atVersion(ref);
        if (object.isPackage()) throw Rejection.invalid("Move package " + object.id() + " passed as an object.");
        switch (object.owner()) {
            case Owner.AddressOwner(Address owner) -> checkOwner(object, owner, data.sender());
            case Owner.ObjectOwner(Address parent) -> throw Rejection.invalid("Object " + object.id() + " is owned by object " + parent
                    + ". Objects owned by other objects cannot be used as input arguments.");
            case Owner.Shared shared -> throw Rejection.invalid("Object used as owned is not owned.");
            case Owner.ConsensusAddress party -> throw Rejection.invalid("Object used as owned is not owned.");
            case Owner.Immutable immutable -> { }
        }
        return object;
    }

    private LedgerObject receiving(ObjectRef ref) {
        LedgerObject object = atVersion(ref);
        if (object.isPackage() || !(object.owner() instanceof Owner.AddressOwner)) {
            throw Rejection.invalid("Object " + object.id() + " is not owned by an address and so cannot be received.");
        }
        return object;
    }

    private void checkOwner(LedgerObject object, Address owner, Address signer) {
        if (ownersChecked && !owner.equals(signer)) {
            throw Rejection.invalid("Transaction was not signed by the correct sender: Object " + object.id()
                    + " is owned by account address "
                    + owner + ", but given owner/signer address is " + signer);
        }
    }

    private LedgerObject shared(CallArg.Shared input) {
        LedgerObject object = live.apply(input.id());
        if (object == null) throw notFound(input.id(), "None");
        if (object.isPackage() || !(object.owner() instanceof Owner.Shared(long initialVersion))) {
            throw Rejection.invalid("Object used as shared is not shared.");
        }
        if (initialVersion != input.initialVersion()) throw Rejection.invalid("Wrong initial version given for shared object");
        return object;
    }

    /** The live object, which must be the one that {@code ref} names. */
    private LedgerObject atVersion(ObjectRef ref) {
        LedgerObject object = live.apply(ref.id());
        if (object == null || Long.compareUnsigned(ref.version(), object.version()) > 0) {
            throw notFound(ref.id(), "Some(SequenceNumber(" + Long.toUnsignedString(ref.version()) + "))");
        }
        if (ref.version() != object.version()) {
            throw stale(ref, object.version());
        }
        if (!ref.digest().equals(object.digest())) {
            throw Rejection.invalid("Invalid Object digest for object " + ref.id() + ". Expected digest : " + object.digest() + ".");
        }
        return object;
    }

    private static Rejection stale(ObjectRef ref, long current) {
        String given = "0x" + Long.toHexString(ref.version());
        String now = " for consumption, current version: 0x" + Long.toHexString(current);
        return new Rejection(Rejection.Code.INVALID_ARGUMENT,
                "Transaction needs to be rebuilt because object " + ref.id() + " version " + given + " is unavailable" + now,
                "Object ID " + ref.id() + " Version " + given + " Digest " + ref.digest() + " is not available" + now);
    }

    /** Another node may know it soon: to be retried, says the status. */
    private static Rejection notFound(Address id, String version) {
        return new Rejection(Rejection.Code.ABORTED, "Could not find the referenced object " + id + " at version " + version + ".");
    }

    private LedgerObject used(LedgerObject object) {
        if (object.version() >= MAX_VERSION) throw Rejection.invalid("Object " + object.id() + " is at its last version.");
        highest = Math.max(highest, object.version());
        dependencies.add(object.previous());
        return object;
    }

    /** Packages that a command names are inputs, too, though their versions do not count. */
    private void packages(Command command) {
        switch (command) {
            case Command.MoveCall call -> {
                packageNamed(call.packageId());
                call.typeArguments().forEach(this::packages);
            }
            case Command.MakeMoveVec vector -> vector.type().ifPresent(this::packages);
            case Command.TransferObjects transfer -> { }
            case Command.SplitCoins split -> { }
            case Command.MergeCoins merge -> { }
            case Command.Publish publish -> { }
            case Command.Upgrade upgrade -> { }
        }
    }

    private void packages(TypeTag tag) {
        switch (tag) {
            case TypeTag.Primitive primitive -> { }
            case TypeTag.Vector(TypeTag element) -> packages(element);
            case TypeTag.Struct(StructTag struct) -> {
                packageNamed(struct.address());
                struct.typeArguments().forEach(this::packages);
            }
        }
    }

    private void packageNamed(Address id) {
        LedgerObject object = live.apply(id);
        if (object == null) throw new Rejection(Rejection.Code.ABORTED, "Dependent package not found on-chain: " + id);
        if (!object.isPackage()) throw Rejection.invalid("Move object " + id + " passed as a package.");
        dependencies.add(object.previous());
    }
}
