package suiload.messaging;

/**
 * What a transaction may cost at most, computed instead of simulated: sizes are metered bytes of the objects it writes, prices the
 * protocol's (facts: messaging-contract.md section 6.1). All amounts in MIST.
 */
final class Gas {
    static final int COIN = 130;
    static final int MEMBER_CAP = 208;
    static final int CREATOR_CAP = 210;
    static final int CONFIG = 267;
    /** Of an element of the messages table, besides its message. */
    static final int MESSAGE_FIELD = 234;

    private static final int CHANNEL = 735;
    private static final int CHANNEL_PER_MEMBER = 124;
    private static final long MIST_PER_BYTE = 7_600;
    /** Of the storage price, what is not paid back when a byte is replaced. */
    private static final long FEE_PER_BYTE = 76;
    /** Computation is charged in steps of 1,000 units; all that we call stays within the first. */
    private static final long COMPUTATION_UNITS = 2_000;

    private Gas() {}

    /** @param members those besides the creator */
    static int channel(int members) {
        return CHANNEL + CHANNEL_PER_MEMBER * members + Contract.MAX_KEY_BYTES + 1;
    }

    /**
     * @param added     metered bytes that the transaction adds
     * @param rewritten metered bytes of existing objects that it writes anew
     */
    static long budget(long gasPrice, long added, long rewritten) {
        return COMPUTATION_UNITS * gasPrice + MIST_PER_BYTE * added + FEE_PER_BYTE * rewritten;
    }
}
