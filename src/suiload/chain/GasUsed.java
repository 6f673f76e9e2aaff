package suiload.chain;

import suiload.bcs.BcsReader;
import suiload.bcs.BcsWriter;

/** What a transaction cost, in MIST. */
public record GasUsed(long computation, long storage, long rebate, long nonRefundableFee) {
    public static final GasUsed NONE = new GasUsed(0, 0, 0, 0);

    /** What the gas coin paid; negative when more was refunded than spent. */
    public long net() {
        return computation + storage - rebate;
    }

    void write(BcsWriter out) {
        out.u64(computation).u64(storage).u64(rebate).u64(nonRefundableFee);
    }

    static GasUsed read(BcsReader in) {
        return new GasUsed(in.u64(), in.u64(), in.u64(), in.u64());
    }
}
