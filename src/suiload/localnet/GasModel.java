package suiload.localnet;

/**
 * What gas costs, in MIST and gas units (facts: sui-transactions.md section 10). Computation units are an estimate by
 * commands and the loops that grow with a channel: everything this kind of application does by default stays in the
 * first step of 1,000, as the recorded figures do.
 */
final class GasModel {
    private GasModel() {}

    static final long REFERENCE_PRICE = 1_000;
    static final long MAX_PRICE = 50_000_000_000L;
    static final long MIN_BUDGET_UNITS = 1_000;
    static final long MAX_BUDGET = 50_000_000_000_000L;

    /** Estimated units of a transaction before its first command, and of each command. */
    static final long BASE_UNITS = 50;
    static final long COMMAND_UNITS = 5;

    private static final long FIRST_STEP = 1_000;
    private static final long MAX_UNITS = 5_000_000;
    private static final long PER_BYTE = 7_600;
    /** Owner 40, digest 32, rebate 8, flag and version 9. */
    private static final int OBJECT_OVERHEAD = 89;
    private static final long REBATE_RATE = 9_900;
    private static final long FULL_RATE = 10_000;
    /** An aborted transaction pays no more than this many times the reference price. */
    private static final long MAX_ABORTED_PRICE = 100 * REFERENCE_PRICE;

    /** Storage cost of an object, which it remembers as its rebate. */
    static long storageCost(ObjectType type, int contents) {
        return PER_BYTE * (contents + type.bcsSize() + OBJECT_OVERHEAD);
    }

    /** The part of what objects remember that goes back to the sender, rounded half up. */
    static long senderRebate(long remembered) {
        return (remembered * REBATE_RATE + FULL_RATE / 2) / FULL_RATE;
    }

    /** Units as they are charged: at least 1,000, else up to the next multiple of ten to half the number's digits. */
    static long rounded(long units) {
        if (units <= FIRST_STEP) return FIRST_STEP;
        long step = 1;
        for (int digits = (int) Math.log10(units) / 2; digits > 0; digits--) step *= 10;
        return (units + step - 1) / step * step;
    }

    /** Units after which execution ends: the protocol's most, or what the budget pays for. */
    static long maxUnits(long budget, long price) {
        return price == 0 || budget == 0 ? MAX_UNITS : Math.min(MAX_UNITS, Long.divideUnsigned(budget, price));
    }

    static long chargedPrice(long price, boolean aborted) {
        return aborted ? Math.min(price, MAX_ABORTED_PRICE) : price;
    }
}
