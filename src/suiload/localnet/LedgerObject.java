package suiload.localnet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.SuiObject;

/**
 * One version of one object as the ledger keeps it: immutable and compact, for there is one per message ever sent. About
 * 130 bytes and the contents.
 */
public final class LedgerObject {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int COIN_BALANCE_AT = 32;
    private static final int COIN_LENGTH = 40;

    private final Address id;
    /** Null for a package: its {@link #contents} are the whole encoded object. */
    private final ObjectType type;
    private final Owner owner;
    private final long version;
    private final long storageRebate;
    private final Address previous;
    private final byte[] contents;
    /** Kept once asked for, but see {@link #settle}. */
    private Digest digest;

    /** @param previous digest of the transaction that wrote it */
    LedgerObject(Address id, ObjectType type, Owner owner, long version, long storageRebate, Digest previous, byte[] contents) {
        this.id = id;
        this.type = type;
        this.owner = owner;
        this.version = version;
        this.storageRebate = storageRebate;
        this.previous = Address.of(previous.bytes());
        this.contents = contents;
    }

    private LedgerObject(LedgerObject same, Owner owner) {
        id = same.id;
        type = same.type;
        this.owner = owner;
        version = same.version;
        storageRebate = same.storageRebate;
        previous = same.previous;
        contents = same.contents;
    }

    static LedgerObject ofPackage(SuiObject object) {
        return new LedgerObject(object.id(), null, object.owner(), object.version(), object.storageRebate(), object.previousTransaction(),
                object.encode().toArray());
    }

    public Address id() {
        return id;
    }

    public long version() {
        return version;
    }

    public Digest digest() {
        Digest known = digest;
        if (known == null) {
            known = Digest.hash(Digest.Domain.OBJECT, encode());
            digest = known;
        }
        return known;
    }

    /** Forgets the digest of a dynamic field: there are many, and theirs is seldom asked for. */
    void settle() {
        if (owner instanceof Owner.ObjectOwner) digest = null;
    }

    public ObjectRef ref() {
        return new ObjectRef(id, version, digest());
    }

    public Owner owner() {
        return owner;
    }

    public boolean isPackage() {
        return type == null;
    }

    /** @throws IllegalStateException for a package */
    public StructTag type() {
        return objectType().tag();
    }

    ObjectType objectType() {
        if (type == null) throw new IllegalStateException(id + " is a package");
        return type;
    }

    /** The BCS of the Move value. */
    public Bytes contents() {
        return Bytes.of(contents);
    }

    /** The same without a copy: not to be written to. */
    byte[] rawContents() {
        return contents;
    }

    public boolean publicTransfer() {
        return objectType().publicTransfer();
    }

    public Digest previousTransaction() {
        return Digest.of(previous.bytes());
    }

    /** The same as the 32 bytes of an address: sorts and compares without a copy. */
    Address previous() {
        return previous;
    }

    /** MIST. */
    public long storageRebate() {
        return storageRebate;
    }

    /** The balance of a {@code 0x2::coin::Coin<T>}, smallest unit; empty for anything else. */
    public OptionalLong balance() {
        boolean coin = type != null && type.coin().isPresent() && contents.length == COIN_LENGTH;
        return coin ? OptionalLong.of((long) LONGS.get(contents, COIN_BALANCE_AT)) : OptionalLong.empty();
    }

    /** The whole object, as its digest hashes it. */
    public SuiObject value() {
        return isPackage() ? SuiObject.read(new BcsReader(contents)) : SuiObject.read(new BcsReader(encode()));
    }

    /** Its BCS. */
    byte[] encode() {
        if (isPackage()) return contents;
        var out = new BcsWriter(contents.length + 256).uleb(0);
        type.stored().write(out);
        owner.write(out.bool(type.publicTransfer()).u64(version).bytes(contents));
        previous.write(out.uleb(32));
        return out.u64(storageRebate).toByteArray();
    }

    /** The same with an equal owner that many share. */
    LedgerObject withOwner(Owner equal) {
        return new LedgerObject(this, equal);
    }
}
