package suiload.localnet;

import java.util.OptionalLong;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.ObjectRef;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.SuiObject;

/** One version of one object as the ledger keeps it: the encoded value, with everything else that goes into its digest. */
public final class LedgerObject {
    private final Address id;
    private final SuiObject value;

    LedgerObject(SuiObject value) {
        id = value.id();
        this.value = value;
    }

    public Address id() {
        return id;
    }

    public long version() {
        return value.version();
    }

    public Digest digest() {
        return value.digest();
    }

    public ObjectRef ref() {
        return new ObjectRef(id, version(), digest());
    }

    public Owner owner() {
        return value.owner();
    }

    public boolean isPackage() {
        return value.data() instanceof SuiObject.Data.Package;
    }

    /** @throws IllegalStateException for a package */
    public StructTag type() {
        return move().type().tag();
    }

    /** The BCS of the Move value. */
    public Bytes contents() {
        return move().contents();
    }

    public boolean publicTransfer() {
        return move().publicTransfer();
    }

    public Digest previousTransaction() {
        return value.previousTransaction();
    }

    /** MIST. */
    public long storageRebate() {
        return value.storageRebate();
    }

    /** The balance of a {@code 0x2::coin::Coin<T>}, smallest unit; empty for anything else. */
    public OptionalLong balance() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The whole object, as its digest hashes it. */
    public SuiObject value() {
        return value;
    }

    private SuiObject.Data.Move move() {
        if (value.data() instanceof SuiObject.Data.Move move) return move;
        throw new IllegalStateException(id + " is a package");
    }
}
