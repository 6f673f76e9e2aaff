package suiload.localnet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import suiload.chain.Address;
import suiload.chain.Digest;

/**
 * Transactions that a crash could still undo, with the ends of their records: the state shows what they wrote already, and who is to see
 * it must wait until it stays. What they took away is not among it: that it is gone is shown at once. Any thread reads.
 */
final class Unconfirmed {
    /** By digest, in the form in which objects have it. */
    private final Map<Address, Long> ends = new ConcurrentHashMap<>();

    /** Before the state shows anything of it. */
    void add(Digest transaction, long end) {
        ends.put(Address.of(transaction.bytes()), end);
    }

    void confirmed(Digest transaction) {
        ends.remove(Address.of(transaction.bytes()));
    }

    /** Also what nobody has waited for to the end. */
    void confirmedUpTo(long end) {
        ends.values().removeIf(each -> each <= end);
    }

    /** What must be durable before {@code object} is shown; 0 when it is. */
    long end(LedgerObject object) {
        return ends.getOrDefault(object.previous(), 0L);
    }
}
