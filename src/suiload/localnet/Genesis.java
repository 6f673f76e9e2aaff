package suiload.localnet;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.MovePackage;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.SuiObject;
import suiload.crypto.Blake2b;
import suiload.crypto.SecretKey;

/**
 * Where a ledger begins: all of it follows from a seed and a time. The seed is secret, for the keys of the funded
 * accounts come from it.
 */
record Genesis(Bytes seed, long timestampMs) {
    private static final int FORMAT = 1;
    private static final int COINS_EACH = 16;
    /** 100,000,000 SUI. */
    private static final long COIN_BALANCE = 100_000_000L * 1_000_000_000L;
    private static final StructTag CLOCK = StructTag.of(Address.SUI_FRAMEWORK, "clock", "Clock");

    static Genesis create(SecureRandom random, long timestampMs) {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        return new Genesis(Bytes.of(seed), timestampMs);
    }

    byte[] encode() {
        return new BcsWriter(48).u8(FORMAT).bytes(seed).u64(timestampMs).toByteArray();
    }

    static Genesis decode(byte[] bytes) {
        return BcsReader.decode(bytes, in -> {
            int format = in.u8();
            if (format != FORMAT) throw in.bad("format " + format + " is not known");
            return new Genesis(in.byteString(), in.u64());
        });
    }

    /** For a user of the network. */
    SecretKey fundedKey() {
        return SecretKey.ofSeed(derive("funded"));
    }

    SecretKey faucetKey() {
        return SecretKey.ofSeed(derive("faucet"));
    }

    /** The digest that genesis objects give as the transaction that wrote them. */
    Digest transaction() {
        return Digest.of(derive("transaction"));
    }

    private byte[] derive(String what) {
        return Blake2b.hash256(("suiload genesis " + what + " ").getBytes(StandardCharsets.US_ASCII), seed.toArray());
    }

    List<LedgerObject> objects(MoveTypes types, ObjectTypes objectTypes) {
        List<LedgerObject> objects = new ArrayList<>();
        for (Address id : List.of(Address.MOVE_STDLIB, Address.SUI_FRAMEWORK, MessagingInterface.ID)) {
            objects.add(LedgerObject.ofPackage(packageOf(types.packageInterface(id).orElseThrow())));
        }
        objects.add(clock(objectTypes, 1, timestampMs, transaction()));
        long counter = 0;
        for (SecretKey key : List.of(fundedKey(), faucetKey())) {
            var owner = new Owner.AddressOwner(Address.ofPublicKey(key.publicKey()));
            for (int i = 0; i < COINS_EACH; i++) objects.add(coin(objectTypes, owner, counter++));
        }
        return objects;
    }

    private LedgerObject coin(ObjectTypes objectTypes, Owner owner, long counter) {
        Address id = Address.created(transaction(), counter);
        ObjectType type = objectTypes.of(StructTag.SUI_COIN);
        byte[] contents = Coins.contents(id, COIN_BALANCE);
        return new LedgerObject(id, type, owner, 1, GasModel.storageCost(type, contents.length), transaction(), contents);
    }

    /** The clock object, which consensus moves. */
    static LedgerObject clock(ObjectTypes objectTypes, long version, long timestampMs, Digest previous) {
        byte[] contents = new BcsWriter(40).fixed(Address.CLOCK.bytes()).u64(timestampMs).toByteArray();
        return new LedgerObject(Address.CLOCK, objectTypes.of(CLOCK), new Owner.Shared(1), version, 0, previous, contents);
    }

    /** Modules without bytecode: it is natively that this network runs them. */
    private SuiObject packageOf(MovePackageInterface declared) {
        Map<String, Bytes> modules = new HashMap<>();
        List<MovePackage.TypeOrigin> origins = new ArrayList<>();
        for (MovePackageInterface.Module module : declared.modules()) {
            modules.put(module.name(), Bytes.EMPTY);
            module.datatypes().forEach(type -> origins.add(new MovePackage.TypeOrigin(module.name(), type.name(), declared.id())));
        }
        Map<Address, MovePackage.Linkage> linkage = new HashMap<>();
        for (Address id : List.of(Address.MOVE_STDLIB, Address.SUI_FRAMEWORK)) {
            if (id.compareTo(declared.id()) < 0) linkage.put(id, new MovePackage.Linkage(id, 1));
        }
        var code = new MovePackage(declared.id(), 1, modules, origins, linkage);
        return new SuiObject(new SuiObject.Data.Package(code), new Owner.Immutable(), transaction(), 0);
    }
}
