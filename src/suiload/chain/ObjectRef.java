package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** One version of one object; 73 bytes. {@code version} is unsigned. */
public record ObjectRef(Address id, long version, Digest digest) {
    public void write(BcsWriter out) {
        id.write(out);
        out.u64(version);
        digest.write(out);
    }

    public static ObjectRef read(BcsReader in) {
        return new ObjectRef(Address.read(in), in.u64(), Digest.read(in));
    }
}
