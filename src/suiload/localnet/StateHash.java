package suiload.localnet;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;
import suiload.chain.Digest;
import suiload.crypto.Blake2b;

/**
 * A hash of a set that follows each change at once: the sum of the members' digests, lane by lane. It tells an accident
 * from equality; it is no commitment against somebody who chooses members to collide.
 */
final class StateHash {
    private final long[] lanes = new long[4];
    private long count;

    void add(Digest member) {
        apply(member, 1);
    }

    void remove(Digest member) {
        apply(member, -1);
    }

    private void apply(Digest member, int sign) {
        var in = new BcsReader(member.bytes());
        for (int i = 0; i < lanes.length; i++) lanes[i] += sign * in.u64();
        count += sign;
    }

    /** Together with something that is not a member. */
    Digest with(byte[] rest) {
        var out = new BcsWriter(48 + rest.length);
        write(out);
        return Digest.of(Blake2b.hash256(out.fixed(rest).toByteArray()));
    }

    void become(StateHash other) {
        System.arraycopy(other.lanes, 0, lanes, 0, lanes.length);
        count = other.count;
    }

    void write(BcsWriter out) {
        for (long lane : lanes) out.u64(lane);
        out.u64(count);
    }

    void read(BcsReader in) {
        for (int i = 0; i < lanes.length; i++) lanes[i] = in.u64();
        count = in.u64();
    }
}
