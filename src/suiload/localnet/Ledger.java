package suiload.localnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import suiload.bcs.BcsException;
import suiload.bcs.BcsWriter;
import suiload.bcs.Bytes;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.Owner;
import suiload.chain.StructTag;
import suiload.chain.TransactionData;
import suiload.chain.TypeTag;
import suiload.crypto.SecretKey;

/**
 * The embedded network's state: objects, transactions and checkpoints, durable, and the only way to change them. All
 * methods may be called from any thread. Signatures and forms are checked before the one lock under which transactions
 * run, one after the other; durability is waited for after it, by whoever sent a transaction and by whoever meets what it wrote.
 */
public final class Ledger implements AutoCloseable {
    /** The coin that pays in a simulation without payment. */
    static final Address MOCK_COIN = new Address(-1, -1, -1, -1);

    private final ReentrantLock lock = new ReentrantLock();
    private final LedgerConfig config;
    private final LedgerFolder folder;
    private final Genesis genesis;
    private final LedgerStore store;
    private final CheckpointClock checkpoints;
    private final SignatureChecks signatureChecks = new SignatureChecks();
    private volatile Consumer<ExecutedTransaction> executed = transaction -> { };

    private Ledger(LedgerFolder folder, LedgerConfig config) {
        this.config = config;
        this.folder = folder;
        genesis = folder.genesis(config);
        store = LedgerStore.open(folder, genesis, config.durability());
        checkpoints = new CheckpointClock(config, store, lock);
    }

    /**
     * Opens the ledger of a folder, or begins a new one.
     *
     * @throws LedgerException when another process has it open, or its files cannot be read
     */
    public static Ledger open(LedgerConfig config) {
        LedgerFolder folder = LedgerFolder.lock(config.directory());
        try {
            return new Ledger(folder, config);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Runs a signed transaction once and waits until that is durable. Sent again, the same bytes give the first answer.
     *
     * @param transaction encoded TransactionData
     * @throws Rejection when it is not run, with status and text as a node gives them; UNAVAILABLE when the thread was
     *     interrupted while it waited: it may have run
     */
    public ExecutedTransaction execute(Bytes transaction, List<Bytes> signatures) {
        TransactionData data = decode(transaction);
        Digest digest = TransactionData.digest(transaction);
        signatureChecks.check(data, transaction, signatures);
        LedgerStore.Stored stored;
        try {
            FormChecks.check(data);
            if (data.gas().payment().isEmpty()) throw Rejection.invalid("Transaction gas payment missing.");
            FormChecks.checkGas(data.gas());
            stored = runOnce(data, new SignedBytes(digest, transaction, signatures));
        } catch (Rejection rejection) {
            throw Validators.wrap(rejection);
        }
        awaitDurable(stored);
        return stored.transaction();
    }

    private void awaitDurable(LedgerStore.Stored stored) {
        try {
            store.awaitDurable(stored.end());
            store.unconfirmed().confirmed(stored.transaction().digest());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Rejection(Rejection.Code.UNAVAILABLE, "timed-out before finality could be reached");
        }
    }

    /** What is known of a submission before it runs. */
    record SignedBytes(Digest digest, Bytes transaction, List<Bytes> signatures) {}

    private LedgerStore.Stored runOnce(TransactionData data, SignedBytes signed) {
        lock.lock();
        try {
            Optional<LedgerStore.Stored> known = store.find(signed.digest);
            if (known.isEmpty()) {
                ExpirationChecks.check(data.expiration(), epoch(), chainId());
                LedgerStore.Stored stored = store.run(data, signed);
                executed.accept(stored.transaction());
                return stored;
            }
            if (!Set.copyOf(known.get().transaction().signatures()).equals(Set.copyOf(signed.signatures))) {
                throw new Rejection(Rejection.Code.ABORTED, Validators.OTHER_SIGNATURES);
            }
            return known.get();
        } finally {
            lock.unlock();
        }
    }

    /** From now on {@code listener} is told of each transaction once, in the order in which they run; it must not block. */
    void onExecuted(Consumer<ExecutedTransaction> listener) {
        executed = listener;
    }

    private static TransactionData decode(Bytes transaction) {
        if (transaction.length() > FormChecks.MAX_TRANSACTION_BYTES) {
            throw Rejection.invalid("Size limit exceeded: serialized transaction size exceeded maximum of "
                    + FormChecks.MAX_TRANSACTION_BYTES + " is " + transaction.length());
        }
        try {
            return TransactionData.decode(transaction.toArray());
        } catch (BcsException e) {
            throw Rejection.invalid("invalid transaction: " + e.getMessage());
        }
    }

    /**
     * Runs a transaction on a scratch copy. Without gas coins a mock coin pays.
     *
     * @param checks false: no signing-time validation, and any function may be called, as dev-inspect does
     * @throws Rejection when its inputs are refused
     */
    public Simulation simulate(TransactionData transaction, boolean checks) {
        FormChecks.check(transaction);
        if (checks) {
            FormChecks.checkGas(transaction.gas());
            ExpirationChecks.check(transaction.expiration(), epoch(), chainId());
        }
        Bytes encoded = transaction.encode();
        Digest digest = TransactionData.digest(encoded);
        LoadedTransaction loaded = transaction.gas().payment().isEmpty()
                ? InputLoader.loadWith(mockCoin(transaction), store.state()::live, transaction, digest, checks)
                : InputLoader.load(store.state()::live, transaction, digest, checks);
        Execution.Result result = Execution.run(store.world(), loaded, checks ? Interpreter.Mode.SIMULATE : Interpreter.Mode.INSPECT);
        return new Simulation(result.transaction(new SignedBytes(digest, encoded, List.of())), result.outputs());
    }

    private LedgerObject mockCoin(TransactionData transaction) {
        ObjectType type = store.world().objectTypes().of(StructTag.SUI_COIN);
        byte[] contents = Coins.contents(MOCK_COIN, Math.max(GasModel.MAX_BUDGET, transaction.gas().budget()) * 2);
        return new LedgerObject(MOCK_COIN, type, new Owner.AddressOwner(transaction.gas().owner()), 1,
                GasModel.storageCost(type, contents.length), genesis.transaction(), contents);
    }

    /** The live version; empty when it never existed, was deleted or is wrapped. */
    public Optional<LedgerObject> object(Address id) {
        return kept(Optional.ofNullable(store.state().live(id)));
    }

    private Optional<LedgerObject> kept(Optional<LedgerObject> object) {
        object.ifPresent(found -> awaitKept(store.unconfirmed().end(found)));
        return object;
    }

    private Page<LedgerObject> kept(Page<LedgerObject> page) {
        awaitKept(page.items().stream().mapToLong(store.unconfirmed()::end).max().orElse(0));
        return page;
    }

    /** The version in which an object was deleted; empty when it was not, or long ago. */
    Optional<Long> deletedAt(Address id) {
        return store.state().deletedAt(id);
    }

    /** That version, if it is the live one or still retained. */
    public Optional<LedgerObject> object(Address id, long version) {
        return kept(store.state().version(id, version));
    }

    /**
     * Objects of an account, by type, then coins by balance from the highest, then by id.
     *
     * @param type without type arguments: every instantiation
     * @param after a position from an earlier page of the same query
     * @throws IllegalArgumentException when {@code after} is no such position
     */
    public Page<LedgerObject> owned(Address owner, Optional<StructTag> type, Optional<Bytes> after, int limit) {
        return kept(store.state().owned(owner, type, after, limit));
    }

    /** Dynamic fields by field id; an unknown parent has none. */
    public Page<DynamicFieldEntry> dynamicFields(Address parent, Optional<Bytes> after, int limit) {
        Page<LedgerObject> page = kept(store.state().fields(parent, after, limit));
        return new Page<>(page.items().stream().map(field -> DynamicFieldEntry.of(field, store.world().library().types())).toList(),
                page.next());
    }

    /** Sum of an account's coins by coin type ({@code T} of {@code Coin<T>}), smallest unit, by type text. */
    public Map<TypeTag, Long> balances(Address owner) {
        var end = new LongAccumulator(Math::max, 0);
        Map<TypeTag, Long> sums = store.state().balances(owner, coin -> end.accumulate(store.unconfirmed().end(coin)));
        awaitKept(end.get());
        return sums;
    }

    /**
     * A transaction that ran, once no crash can undo it: whoever lost the answer of {@link #execute} asks here whether it happened.
     *
     * @throws LedgerException when the disk has refused it
     */
    public Optional<ExecutedTransaction> transaction(Digest digest) {
        Optional<LedgerStore.Stored> recent;
        List<JournalReads.TransactionPlace> older;
        lock.lock();
        try {
            recent = store.recent(digest);
            older = recent.isPresent() ? List.of() : store.places(digest);
        } finally {
            lock.unlock();
        }
        if (recent.isEmpty()) return store.reads().transaction(digest, older);
        awaitKept(recent.get().end());
        return recent.map(LedgerStore.Stored::transaction);
    }

    /** By number, once no crash can undo it. */
    public Optional<Checkpoint> checkpoint(long sequence) {
        return kept(() -> store.locate(sequence));
    }

    /** By digest, once no crash can undo it. */
    public Optional<Checkpoint> checkpoint(Digest digest) {
        return kept(() -> store.locate(digest)).filter(found -> found.digest().equals(digest));
    }

    private Optional<Checkpoint> kept(Supplier<Optional<LedgerStore.Located>> query) {
        Optional<LedgerStore.Located> found;
        long end;
        lock.lock();
        try {
            found = query.get();
            boolean announced = found.isEmpty() || found.get().place().sequence() <= checkpoints.latest().sequence();
            end = announced ? 0 : store.end();
        } finally {
            lock.unlock();
        }
        awaitKept(end);
        return found.map(store::read);
    }

    private void awaitKept(long end) {
        try {
            store.awaitDurable(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("interrupted while reading", e);
        }
    }

    /** How many transactions there were by the end of a checkpoint that exists; reads none of them. */
    long totalTransactions(long sequence) {
        LedgerStore.Located located;
        lock.lock();
        try {
            located = store.locate(sequence).orElseThrow();
        } finally {
            lock.unlock();
        }
        return store.totalTransactions(located);
    }

    /** The newest one that no crash can undo; there always is one, the genesis at least. */
    public Checkpoint latestCheckpoint() {
        return checkpoints.latest();
    }

    /**
     * Calls {@code listener} with every checkpoint from the next on, in order, from one thread at a time: it must not block. No crash can
     * undo what it is told.
     *
     * @return ends the calls when closed
     */
    public Subscription subscribe(Consumer<Checkpoint> listener) {
        return checkpoints.subscribe(listener);
    }

    /** Ends a subscription. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** Closes a checkpoint and moves the clock; for tests and the forking service. */
    public Checkpoint checkpointNow() {
        return checkpoints.checkpointNow();
    }

    public long epoch() {
        return store.world().epoch();
    }

    /** When the epoch began, ms since 1970. */
    public long epochStartMs() {
        return genesis.timestampMs();
    }

    /** MIST per gas unit. */
    public long referenceGasPrice() {
        return GasModel.REFERENCE_PRICE;
    }

    /** The chain id: digest of the genesis checkpoint. */
    public Digest chainId() {
        return store.chainId();
    }

    /** Key of the funded account that is given to a user of this network. */
    public SecretKey fundedKey() {
        return genesis.fundedKey();
    }

    /** Key of another funded account, for the faucet alone: two users of one gas coin would be in each other's way. */
    public SecretKey faucetKey() {
        return genesis.faucetKey();
    }

    /** What a package declares: 0x1, 0x2 and the messaging package. */
    public Optional<MovePackageInterface> packageInterface(Address id) {
        return store.world().library().types().packageInterface(id);
    }

    /** A hash over all live objects, the clock and the newest checkpoint: equal states have equal hashes. */
    public Digest stateHash() {
        lock.lock();
        try {
            return store.state().hash().with(new BcsWriter(32).fixed(store.latestCheckpoint().digest().bytes()).toByteArray());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the checkpoints, writes a snapshot and lets go of the folder. */
    @Override
    public void close() {
        checkpoints.close();
        lock.lock();
        try {
            store.close(config.clock().instant().toEpochMilli());
        } finally {
            lock.unlock();
            folder.close();
        }
    }
}
