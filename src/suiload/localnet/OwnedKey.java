package suiload.localnet;

import java.util.Comparator;
import suiload.bcs.BcsException;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;

/**
 * Where an object stands among its owner's: by type, coins by balance from the highest, then by id.
 *
 * @param inverted complement of a coin's balance, unsigned; 0 for anything else
 */
record OwnedKey(String type, long inverted, Address id) implements Comparable<OwnedKey> {
    private static final Comparator<OwnedKey> ORDER = Comparator.comparing(OwnedKey::type)
            .thenComparing(OwnedKey::inverted, Long::compareUnsigned)
            .thenComparing(OwnedKey::id);

    static OwnedKey of(LedgerObject object) {
        return new OwnedKey(object.objectType().text(), object.balance().isPresent() ? ~object.balance().getAsLong() : 0, object.id());
    }

    /** Before all objects whose type's text begins with {@code type}. */
    static OwnedKey first(String type) {
        return new OwnedKey(type, 0, Address.ZERO);
    }

    Bytes encode() {
        var out = new BcsWriter(128).string(type).u64(inverted);
        id.write(out);
        return out.toBytes();
    }

    /** @throws IllegalArgumentException when the bytes are no key */
    static OwnedKey decode(Bytes position) {
        try {
            return BcsReader.decode(position.toArray(), in -> new OwnedKey(in.string(), in.u64(), Address.read(in)));
        } catch (BcsException e) {
            throw new IllegalArgumentException("not a position in a listing", e);
        }
    }

    @Override
    public int compareTo(OwnedKey that) {
        return ORDER.compare(this, that);
    }
}
