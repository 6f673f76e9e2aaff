package suiload.transactions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import suiload.metrics.Counter;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.DatabaseUnavailable;
import suiload.store.Session;

/**
 * Writes that share a commit: while one database transaction is under way the writes of others collect, and the next one takes them
 * all. A commit waits for the disk, which is what a write costs; nobody waits for company.
 */
final class Commits {
    static final int GROUP_MAX = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What a commit promises. */
    enum Durability {
        /** On the disk when it returns. */
        DISK,
        /** On the disk soon: for what can be found out again. Lost only with the database server's own crash. */
        SOON
    }

    private static final class Write {
        final Consumer<Session> statements;
        boolean done;
        RuntimeException failure;

        Write(Consumer<Session> statements) {
            this.statements = statements;
        }
    }

    private final Database database;
    private final Durability durability;
    private final Counter commits;
    private final Counter writes;
    private final ConcurrentLinkedQueue<Write> waiting = new ConcurrentLinkedQueue<>();
    /** Held by the one who writes for all; guards what is in a Write. */
    private final ReentrantLock writing = new ReentrantLock();

    Commits(Database database, Durability durability, Metrics metrics) {
        this.database = database;
        this.durability = durability;
        String label = durability.name().toLowerCase(java.util.Locale.ROOT);
        commits = metrics.counter("suiload_journal_commits_total", "Database transactions that wrote to the journal.", "durability", label);
        writes = metrics.counter("suiload_journal_writes_total", "Writes to the journal; several share a commit.", "durability", label);
    }

    /**
     * Runs the statements in a database transaction that others may share, and returns when it is committed.
     *
     * @throws suiload.store.DatabaseUnavailable when it may or may not have been committed
     */
    void write(Consumer<Session> statements) {
        var mine = new Write(statements);
        waiting.add(mine);
        writing.lock();
        try {
            while (!mine.done) writeGroup();
        } finally {
            writing.unlock();
        }
        if (mine.failure != null) throw mine.failure;
    }

    private void writeGroup() {
        List<Write> group = new ArrayList<>();
        for (Write next = waiting.poll(); next != null; next = group.size() < GROUP_MAX ? waiting.poll() : null) group.add(next);
        RuntimeException failure = commit(group);
        // One bad write must not fail the others: each stands for itself then. A database that is away is away for all.
        boolean bad = failure != null && !(failure instanceof DatabaseUnavailable);
        if (bad && group.size() > 1) group.forEach(write -> write.failure = commit(List.of(write)));
        else group.forEach(write -> write.failure = failure);
        group.forEach(write -> write.done = true);
    }

    private RuntimeException commit(List<Write> group) {
        try {
            database.transaction(Deadline.after(PATIENCE), session -> {
                if (durability == Durability.SOON) session.update("SET LOCAL synchronous_commit TO OFF");
                group.forEach(write -> write.statements.accept(session));
                return null;
            });
            commits.increment();
            writes.add(group.size());
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }
}
