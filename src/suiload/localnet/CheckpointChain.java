package suiload.localnet;

import java.util.Arrays;
import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Digest;

/** Where the journal has each checkpoint, and the newest one. Guarded by the ledger's lock. */
final class CheckpointChain {
    private long[] places = new long[1024];
    private DigestIndex byDigest = new DigestIndex(0);
    private CheckpointRecord latest;
    /** Genesis is in no journal: whatever stands at index 0 is never used. */
    private final CheckpointRecord genesis;

    CheckpointChain(CheckpointRecord genesis) {
        this.genesis = genesis;
        latest = genesis;
        byDigest.put(genesis.digest(), 0);
    }

    CheckpointRecord genesis() {
        return genesis;
    }

    CheckpointRecord latest() {
        return latest;
    }

    /** @param place of its record in the journal */
    void add(CheckpointRecord record, long place) {
        add(Math.toIntExact(record.sequence()), DigestIndex.key(record.digest()), place);
        latest = record;
    }

    private void add(int sequence, long key, long place) {
        if (sequence == places.length) places = Arrays.copyOf(places, 2 * places.length);
        places[sequence] = place;
        byDigest.put(key, sequence);
    }

    /**
     * Several at once.
     *
     * @param newest of them
     * @param entries key and place of each, as {@link Changed} keeps them
     */
    void add(CheckpointRecord newest, BcsReader entries) {
        for (int sequence = Math.toIntExact(latest.sequence()) + 1; entries.remaining() > 0; sequence++) {
            add(sequence, entries.u64(), entries.u64());
        }
        latest = newest;
    }

    /** Place of the record of a checkpoint from 1 on. */
    long place(long sequence) {
        return places[Math.toIntExact(sequence)];
    }

    /** The number of the one whose digest begins like this one, or −1. */
    long find(Digest digest) {
        return byDigest.find(digest).stream().findFirst().orElse(-1L);
    }

    /** The first checkpoint whose record comes after {@code place}: the one that a transaction there is in. */
    long firstAfter(long place) {
        int found = Arrays.binarySearch(places, 1, Math.toIntExact(latest.sequence()) + 1, place);
        return found < 0 ? -found - 1 : found + 1;
    }

    CheckpointChain copy() {
        var copy = new CheckpointChain(genesis);
        copy.places = places.clone();
        copy.byDigest = byDigest.copy();
        copy.latest = latest;
        return copy;
    }

    void write(BcsWriter out) {
        out.fixed(latest.encode()).u32(latest.sequence());
        for (int sequence = 1; sequence <= latest.sequence(); sequence++) out.u64(places[sequence]);
        byDigest.write(out);
    }

    void read(BcsReader in) {
        latest = CheckpointRecord.read(in);
        int count = (int) in.u32();
        places = new long[Math.max(1024, 2 * count)];
        for (int sequence = 1; sequence <= count; sequence++) places[sequence] = in.u64();
        byDigest = DigestIndex.read(in);
    }
}
