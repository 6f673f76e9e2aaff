package suiload.localnet;

import java.util.ArrayList;
import java.util.List;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Digest;

/**
 * From digests to places in the journal, 16 bytes an entry: keeps the first 8 bytes of a digest and leaves it to the
 * caller to tell two with the same beginning apart. One thread at a time.
 */
final class DigestIndex {
    private static final int SMALLEST = 1 << 10;

    private long[] keys;
    /** Place plus one; 0 where nothing is. */
    private long[] places;
    private int size;

    DigestIndex(int expected) {
        int capacity = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, expected)) << 2);
        keys = new long[capacity];
        places = new long[capacity];
    }

    int size() {
        return size;
    }

    void put(Digest digest, long place) {
        put(key(digest), place);
    }

    /** @param key a digest's {@link #key} */
    void put(long key, long place) {
        insert(key, place + 1);
    }

    private void insert(long key, long value) {
        if (2 * size >= keys.length) grow();
        int slot = slot(key);
        while (places[slot] != 0) slot = slot + 1 & keys.length - 1;
        keys[slot] = key;
        places[slot] = value;
        size++;
    }

    /** The places of digests that begin like this one. */
    List<Long> find(Digest digest) {
        List<Long> found = new ArrayList<>(1);
        long key = key(digest);
        for (int slot = slot(key); places[slot] != 0; slot = slot + 1 & keys.length - 1) {
            if (keys[slot] == key) found.add(places[slot] - 1);
        }
        return found;
    }

    DigestIndex copy() {
        var copy = new DigestIndex(0);
        copy.keys = keys.clone();
        copy.places = places.clone();
        copy.size = size;
        return copy;
    }

    void write(BcsWriter out) {
        out.u32(size);
        for (int slot = 0; slot < keys.length; slot++) if (places[slot] != 0) out.u64(keys[slot]).u64(places[slot]);
    }

    static DigestIndex read(BcsReader in) {
        int count = (int) in.u32();
        var index = new DigestIndex(count);
        for (int i = 0; i < count; i++) index.insert(in.u64(), in.u64());
        return index;
    }

    /** What is kept of a digest. */
    static long key(Digest digest) {
        return digest.content().at(0) | (long) digest.content().at(1) << 8 | (long) digest.content().at(2) << 16
                | (long) digest.content().at(3) << 24 | (long) digest.content().at(4) << 32 | (long) digest.content().at(5) << 40
                | (long) digest.content().at(6) << 48 | (long) digest.content().at(7) << 56;
    }

    private int slot(long key) {
        long mixed = key * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32) & keys.length - 1;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldPlaces = places;
        keys = new long[2 * oldKeys.length];
        places = new long[2 * oldKeys.length];
        size = 0;
        for (int slot = 0; slot < oldKeys.length; slot++) if (oldPlaces[slot] != 0) insert(oldKeys[slot], oldPlaces[slot]);
    }
}
