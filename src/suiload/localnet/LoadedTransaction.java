package suiload.localnet;

import java.util.List;
import java.util.SortedSet;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.TransactionData;

/**
 * A transaction with the objects that it names, all checked.
 *
 * @param inputs one per input; null for a pure one
 * @param gasCoins in the order of the payment, never empty
 * @param lamport version of everything it will write
 * @param dependencies the digests, as 32 bytes, of the transactions that wrote what it names
 */
record LoadedTransaction(Digest digest, TransactionData data, List<LedgerObject> inputs, List<LedgerObject> gasCoins, long lamport,
        SortedSet<Address> dependencies) {

    /** What the gas coins hold together, MIST. */
    long gasBalance() {
        return gasCoins.stream().mapToLong(coin -> coin.balance().orElseThrow()).sum();
    }
}
