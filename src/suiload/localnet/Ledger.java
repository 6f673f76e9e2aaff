package suiload.localnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;

/**
 * The embedded network's state: objects, transactions and checkpoints, durable, and the only way to change them. All
 * methods may be called from any thread.
 */
public final class Ledger implements AutoCloseable {
    private Ledger() {}

    /**
     * Opens the ledger of a folder, or begins a new one.
     *
     * @throws LedgerException when another process has it open, or its files cannot be read
     */
    public static Ledger open(LedgerConfig config) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Runs a signed transaction once and waits until that is durable. Sent again, the same bytes give the first answer.
     *
     * @param transaction encoded TransactionData
     * @throws Rejection when it is not run, with status and text as a node gives them
     */
    public ExecutedTransaction execute(Bytes transaction, List<Bytes> signatures) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Runs a transaction on a scratch copy. Without gas coins a mock coin pays.
     *
     * @param checks false: no signing-time validation, and any function may be called, as dev-inspect does
     * @throws Rejection when its inputs are refused
     */
    public Simulation simulate(TransactionData transaction, boolean checks) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The live version; empty when it never existed, was deleted or is wrapped. */
    public Optional<LedgerObject> object(Address id) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** That version, if it is the live one or still retained. */
    public Optional<LedgerObject> object(Address id, long version) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Objects of an account, by type, then coins by balance from the highest, then by id.
     *
     * @param type without type arguments: every instantiation
     * @param after a position from an earlier page of the same query
     * @throws IllegalArgumentException when {@code after} is no such position
     */
    public Page<LedgerObject> owned(Address owner, Optional<StructTag> type, Optional<Bytes> after, int limit) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Dynamic fields by field id; an unknown parent has none. */
    public Page<DynamicFieldEntry> dynamicFields(Address parent, Optional<Bytes> after, int limit) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Sum of an account's coins by coin type ({@code T} of {@code Coin<T>}), smallest unit, by type text. */
    public Map<TypeTag, Long> balances(Address owner) {
        throw new UnsupportedOperationException("not built yet");
    }

    public Optional<ExecutedTransaction> transaction(Digest digest) {
        throw new UnsupportedOperationException("not built yet");
    }

    public Optional<Checkpoint> checkpoint(long sequence) {
        throw new UnsupportedOperationException("not built yet");
    }

    public Optional<Checkpoint> checkpoint(Digest digest) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** The newest one; there always is one, the genesis at least. */
    public Checkpoint latestCheckpoint() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Calls {@code listener} with every checkpoint from the next on, in order, from one thread: it must not block.
     *
     * @return ends the calls when closed
     */
    public Subscription subscribe(Consumer<Checkpoint> listener) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Ends a subscription. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Closes a checkpoint and moves the clock; for tests and the forking service. */
    public Checkpoint checkpointNow() {
        throw new UnsupportedOperationException("not built yet");
    }

    public long epoch() {
        return 0;
    }

    /** When the epoch began, ms since 1970. */
    public long epochStartMs() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** MIST per gas unit. */
    public long referenceGasPrice() {
        return 1000;
    }

    /** The chain id: digest of the genesis checkpoint. */
    public Digest chainId() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Key of the funded account that is given to a user of this network. */
    public SecretKey fundedKey() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** Key of another funded account, for the faucet alone: two users of one gas coin would be in each other's way. */
    public SecretKey faucetKey() {
        throw new UnsupportedOperationException("not built yet");
    }

    /** What a package declares: 0x1, 0x2 and the messaging package. */
    public Optional<MovePackageInterface> packageInterface(Address id) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** A hash over all live objects, the clock and the newest checkpoint: equal states have equal hashes. */
    public Digest stateHash() {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public void close() {}
}
