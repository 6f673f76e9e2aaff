package suiload.localnet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import suiload.bcs.BcsException;
import suiload.bcs.BcsWriter;
import suiload.chain.Address;
import suiload.chain.Digest;
import suiload.chain.TransactionData;
import suiload.crypto.Blake2b;
import suiload.localnet.LedgerConfig.Durability;

/**
 * State and journal as one: whatever changes the state is in the journal, and a replay of the journal makes the state
 * again. Guarded by the ledger's lock but for what says otherwise.
 */
final class LedgerStore {
    private static final long EPOCH = 0;
    private static final byte[] PROLOGUE = "suiload consensus commit ".getBytes(StandardCharsets.US_ASCII);

    /** A transaction and the end of its record: it is durable when the journal is up to there. */
    record Stored(ExecutedTransaction transaction, long end) {}

    private final LedgerState state;
    private final Execution.World world;
    private final CheckpointChain chain;
    private final DigestIndex transactions;
    private final RecentTransactions recent = new RecentTransactions();
    private final RecentCheckpoints recentCheckpoints = new RecentCheckpoints();
    private final List<ExecutedTransaction> sinceCheckpoint = new ArrayList<>();
    private final Changed changed = new Changed();
    private final Unconfirmed unconfirmed = new Unconfirmed();
    private final Journal journal;
    private final JournalReads reads;
    private final Snapshots snapshots;
    private long firstSinceCheckpoint;
    private volatile Checkpoint latest;

    static LedgerStore open(LedgerFolder folder, Genesis genesis, Durability durability) {
        MoveTypes types = MoveTypes.known();
        var objectTypes = new ObjectTypes(types);
        var snapshot = new Snapshot(folder.snapshot(), objectTypes);
        CheckpointRecord first = CheckpointRecord.genesis(genesis.timestampMs(), genesis.transaction());
        var chain = new CheckpointChain(first);
        Snapshot.Content content = snapshot.read(chain);
        var increments = new Increments(folder.increments(), objectTypes);
        var snapshots = new Snapshots(snapshot, increments, content == null ? 0 : content.state().size());
        if (content != null) content = increments.read(content, chain);
        if (content == null) {
            chain = new CheckpointChain(first);
            var state = new LedgerState(0, new StateHash());
            state.apply(List.of(), genesis.objects(types, objectTypes));
            content = new Snapshot.Content(0, state, new DigestIndex(0));
        }
        LedgerState state = content.state();
        var world = new Execution.World(MoveLibrary.create(types), objectTypes, EPOCH, genesis.timestampMs(), state::live);
        return new LedgerStore(folder, world, content, chain, snapshots, durability);
    }

    private LedgerStore(LedgerFolder folder, Execution.World world, Snapshot.Content content, CheckpointChain chain, Snapshots snapshots,
            Durability durability) {
        this.world = world;
        this.chain = chain;
        this.snapshots = snapshots;
        state = content.state();
        transactions = content.transactions();
        snapshots.covers(chain.latest());
        journal = Journal.open(folder.journal(), durability, content.journalEnd(), this::replayed);
        reads = new JournalReads(journal, chain.genesis());
        if (latest == null) latest = read(locate(chain.latest().sequence()).orElseThrow());
    }

    /** Thread-safe. */
    LedgerState state() {
        return state;
    }

    /** Immutable. */
    Execution.World world() {
        return world;
    }

    Digest chainId() {
        return chain.genesis().digest();
    }

    /** Any thread may ask. */
    Checkpoint latestCheckpoint() {
        return latest;
    }

    /** Where everything so far ends, for {@link #awaitDurable}. */
    long end() {
        return journal.end();
    }

    /** Any thread may wait. */
    void awaitDurable(long end) throws InterruptedException {
        journal.awaitDurable(end);
    }

    /** What the state shows and is not durable yet. */
    Unconfirmed unconfirmed() {
        return unconfirmed;
    }

    /**
     * Runs a transaction that has not run yet.
     *
     * @throws Rejection when its inputs are not as it says
     */
    Stored run(TransactionData data, Ledger.SignedBytes signed) {
        Execution.Result result = Execution.run(world, InputLoader.load(state::live, data, signed.digest()), Interpreter.Mode.EXECUTE);
        ExecutedTransaction transaction = result.transaction(signed);
        long place = journal.end();
        long end = journal.append(TransactionRecord.encode(transaction));
        unconfirmed.add(transaction.digest(), end);
        return commit(result, transaction, place, end);
    }

    private Stored commit(Execution.Result result, ExecutedTransaction transaction, long place, long end) {
        if (sinceCheckpoint.isEmpty()) firstSinceCheckpoint = place;
        apply(result.before(), result.after());
        changed.transaction(transaction.digest(), place);
        transactions.put(transaction.digest(), place);
        sinceCheckpoint.add(transaction);
        var stored = new Stored(transaction, end);
        recent.add(stored);
        return stored;
    }

    private void replayed(long place, long end, byte[] payload) {
        try {
            replay(place, end, payload);
        } catch (BcsException | Rejection e) {
            throw otherOutcome("the record at byte " + place + " (" + e.getMessage() + ")");
        }
    }

    private void replay(long place, long end, byte[] payload) {
        if (TransactionRecord.is(payload)) {
            ExecutedTransaction recorded = TransactionRecord.decode(payload);
            TransactionData data = recorded.data();
            Execution.Result result = Execution.run(world, InputLoader.load(state::live, data, recorded.digest()),
                    Interpreter.Mode.EXECUTE);
            if (!result.effects().equals(recorded.effects())) throw otherOutcome("transaction " + recorded.digest());
            var signed = new Ledger.SignedBytes(recorded.digest(), recorded.transaction(), recorded.signatures());
            commit(result, result.transaction(signed), place, end);
        } else {
            CheckpointRecord recorded = CheckpointRecord.decode(payload);
            CheckpointRecord again = nextCheckpoint(recorded.timestampMs(), place);
            if (!again.equals(recorded)) throw otherOutcome("checkpoint " + recorded.sequence());
            include(recorded, place, end);
        }
    }

    private static LedgerException otherOutcome(String what) {
        return new LedgerException("the journal was written by another version of this program: " + what
                + " has another outcome now; delete the embedded network's folder (make reset) to begin again");
    }

    /** Whether transactions wait for a checkpoint. */
    boolean hasUnincluded() {
        return !sinceCheckpoint.isEmpty();
    }

    /** Closes a checkpoint and moves the clock to its time. */
    Checkpoint closeCheckpoint(long nowMs) {
        long place = journal.end();
        CheckpointRecord record = nextCheckpoint(Math.max(nowMs, chain.latest().timestampMs()), place);
        long end = journal.append(record.encode());
        unconfirmed.add(prologue(record), end);
        Checkpoint checkpoint = include(record, place, end);
        snapshots.considerAfter(checkpoint, captures(end), journal);
        return checkpoint;
    }

    private CheckpointRecord nextCheckpoint(long timestampMs, long place) {
        return chain.latest().next(timestampMs, sinceCheckpoint.isEmpty() ? place : firstSinceCheckpoint, sinceCheckpoint);
    }

    private Checkpoint include(CheckpointRecord record, long place, long end) {
        List<ExecutedTransaction> included = new ArrayList<>(sinceCheckpoint.size());
        for (ExecutedTransaction transaction : sinceCheckpoint) {
            included.add(transaction.in(new ExecutedTransaction.Inclusion(record.sequence(), included.size(), record.timestampMs())));
        }
        included.forEach(transaction -> recent.replace(transaction, end));
        sinceCheckpoint.clear();
        chain.add(record, place);
        changed.checkpoint(record.digest(), place);
        moveClock(record);
        Checkpoint checkpoint = record.with(included);
        recentCheckpoints.add(checkpoint);
        latest = checkpoint;
        return checkpoint;
    }

    /** As the consensus commit prologue does: one version on, whatever else happens. */
    private void moveClock(CheckpointRecord record) {
        LedgerObject before = state.live(Address.CLOCK);
        apply(List.of(before), List.of(Genesis.clock(world.objectTypes(), before.version() + 1, record.timestampMs(), prologue(record))));
    }

    private static Digest prologue(CheckpointRecord record) {
        return Digest.of(Blake2b.hash256(PROLOGUE, new BcsWriter(8).u64(record.sequence()).toByteArray()));
    }

    private void apply(List<LedgerObject> before, List<LedgerObject> after) {
        state.apply(before, after);
        changed.objects(before, after);
    }

    /** A transaction that ran, wherever it is kept. */
    Optional<Stored> find(Digest digest) {
        Optional<Stored> stored = recent(digest);
        return stored.isPresent() ? stored : reads.transaction(digest, places(digest)).map(found -> new Stored(found, 0));
    }

    /** One of the newest. */
    Optional<Stored> recent(Digest digest) {
        return Optional.ofNullable(recent.get(digest));
    }

    /** Where one that is not recent may be: see {@link #reads}. */
    List<JournalReads.TransactionPlace> places(Digest digest) {
        return transactions.find(digest).stream().map(place -> {
            long sequence = chain.firstAfter(place);
            boolean included = sequence <= chain.latest().sequence();
            return new JournalReads.TransactionPlace(place, included ? Optional.of(checkpointPlace(sequence)) : Optional.empty());
        }).toList();
    }

    private JournalReads.CheckpointPlace checkpointPlace(long sequence) {
        return new JournalReads.CheckpointPlace(sequence, chain.place(sequence));
    }

    /** Any thread may read what has been located. */
    JournalReads reads() {
        return reads;
    }

    /** A checkpoint that exists: itself with all its objects while it is recent, and its place. */
    record Located(Optional<Checkpoint> recent, JournalReads.CheckpointPlace place) {}

    /** By number. */
    Optional<Located> locate(long sequence) {
        if (sequence < 0 || sequence > chain.latest().sequence()) return Optional.empty();
        return Optional.of(new Located(recentCheckpoints.get(sequence), checkpointPlace(sequence)));
    }

    /** The one whose digest begins like this one. */
    Optional<Located> locate(Digest digest) {
        return locate(chain.find(digest));
    }

    /** Any thread may read. */
    Checkpoint read(Located located) {
        return located.recent.orElseGet(() -> reads.checkpoint(located.place));
    }

    /** By the end of that checkpoint. Any thread may read. */
    long totalTransactions(Located located) {
        return located.recent.map(Checkpoint::totalTransactions).orElseGet(() -> reads.total(located.place));
    }

    private Snapshots.Captures captures(long journalEnd) {
        return new Snapshots.Captures() {
            @Override
            public Snapshot.Capture whole() {
                var hash = new BcsWriter(40);
                state.hash().write(hash);
                changed.clear();
                return new Snapshot.Capture(journalEnd, chain.copy(), transactions.copy(), hash.toByteArray(),
                        state.all().toArray(new LedgerObject[0]));
            }

            @Override
            public Increments.Capture changed() {
                return changed.take(journalEnd, chain.latest(), state);
            }

            @Override
            public long changedObjects() {
                return changed.size();
            }
        };
    }

    /** The last snapshot and the journal's end; nothing may be called after it. */
    void close(long nowMs) {
        try {
            if (hasUnincluded()) closeCheckpoint(nowMs);
            snapshots.writeLast(latest, captures(journal.end()), journal);
        } finally {
            // Nothing may write in the folder once another process can have it.
            snapshots.ended();
            journal.close();
        }
    }
}
