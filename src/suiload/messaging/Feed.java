package suiload.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import suiload.metrics.Counter;
import suiload.metrics.Deadline;
import suiload.metrics.Log;
import suiload.metrics.Metrics;
import suiload.store.DatabaseException;
import suiload.sui.CheckpointSource;
import suiload.sui.CheckpointView;
import suiload.sui.Checkpoints;
import suiload.sui.Node;
import suiload.sui.NodeException;

/**
 * Follows the node's checkpoints, for as long as the service runs. A stream that ends is begun again and what lies between is read, also
 * after a restart; if that is too much, the past is given up, and whoever asks next reads the present.
 */
final class Feed implements AutoCloseable {
    /** A call that hangs is given up and made again. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);
    private static final int CALLS_AT_ONCE = 8;
    /** A checkpoint that is still not there after 1.4 s is pruned, not young. */
    private static final int LAG_RETRIES = 3;
    private static final Duration LAG_WAIT = Duration.ofMillis(200);
    private static final Duration SAVE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration STOP_WAIT = Duration.ofSeconds(2);
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);
    /** No checkpoint has been seen. */
    private static final long NONE = -1;

    private final CheckpointSource source;
    private final ChannelRecords records;
    private final ReadState state;
    private final Intake intake;
    private final RandomGenerator random;
    private final Counter restarts;
    private final Counter closed;
    private final Counter givenUp;

    private volatile Thread thread;
    private volatile boolean stopping;
    private volatile long position = NONE;
    private Instant saved = Instant.MIN;
    private int failures;

    /** @param source the checkpoints of {@code node} */
    Feed(Contract contract, Node node, CheckpointSource source, ChannelRecords records, ReadState state, RandomGenerator random, Metrics metrics) {
        this.source = source;
        this.records = records;
        this.state = state;
        this.random = random;
        intake = new Intake(contract, node, records, state, metrics);
        restarts = metrics.counter("suiload_feed_streams_total", "Subscriptions to checkpoints that were begun.");
        closed = metrics.counter("suiload_feed_gap_checkpoints_total", "Checkpoints read one by one to close a gap between two streams.");
        givenUp = metrics.counter("suiload_feed_gaps_given_up_total", "Gaps too long to close, after which everything is read anew.");
        metrics.gauge("suiload_feed_position", "Newest checkpoint taken in.", () -> position);
        metrics.gauge("suiload_feed_silence_seconds", "Time since the feed was last up to date.",
                () -> state.coverage().silence().map(silence -> silence.toMillis() / 1e3).orElse(Double.NaN));
    }

    void start() {
        thread = Thread.ofVirtual().name("feed").start(this::run);
    }

    /** Stops following and notes where it stood. */
    @Override
    public void close() {
        stopping = true;
        Thread running = thread;
        if (running == null) return;
        running.interrupt();
        try {
            running.join(STOP_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                if (position == NONE) records.feedPosition().ifPresent(this::resume);
                follow();
            } catch (InterruptedException e) {
                break;
            } catch (NodeException | DatabaseException failure) {
                Log.warn("feed.interrupted", "position", position, "why", failure.getMessage());
                if (!pause()) break;
            } catch (RuntimeException bug) {
                Log.error("feed.failed", bug, "position", position);
                if (!pause()) break;
            }
        }
        if (position != NONE) saveLast();
    }

    /** Takes up where the records stand. */
    private void resume(ChannelRecords.FeedPosition stood) {
        position = stood.checkpoint();
        state.coverage().resume(stood.since());
    }

    private void follow() throws InterruptedException {
        restarts.increment();
        try (Checkpoints stream = source.subscribe()) {
            while (!stopping) {
                accept(stream.next());
                failures = 0;
            }
        }
    }

    private void accept(CheckpointView newest) throws InterruptedException {
        long between = newest.sequence() - position - 1;
        if (position == NONE || between > MessagingConfig.GAP_MAX || !closeGap(newest.sequence())) begin(newest.sequence());
        if (newest.sequence() < position) return; // this node lags
        if (newest.sequence() > position) take(newest);
        state.coverage().upToDate();
        if (saved.plus(SAVE_INTERVAL).isBefore(state.clock().instant())) save();
    }

    private void take(CheckpointView checkpoint) {
        intake.take(checkpoint);
        position = checkpoint.sequence();
    }

    /** @return false if a checkpoint of the gap is not to be had */
    private boolean closeGap(long end) throws InterruptedException {
        while (position + 1 < end) {
            for (Future<Optional<CheckpointView>> read : read(position + 1, Math.min(end, position + 1 + CALLS_AT_ONCE))) {
                Optional<CheckpointView> missed = result(read);
                if (missed.isEmpty()) return false;
                take(missed.get());
                closed.increment();
            }
        }
        return true;
    }

    /** Checkpoints {@code from}…{@code to}−1, read side by side: a node's answer takes about as long as its next checkpoint. */
    private List<Future<Optional<CheckpointView>>> read(long from, long to) {
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            return LongStream.range(from, to)
                    .mapToObj(sequence -> readers.submit(() -> checkpoint(sequence))).toList();
        }
    }

    /** The node that is asked may be a little behind the one that streams. */
    private Optional<CheckpointView> checkpoint(long sequence) {
        var lag = new Lag(LAG_RETRIES, LAG_WAIT);
        Optional<CheckpointView> found;
        do found = source.checkpoint(sequence, Deadline.after(CALL_TIMEOUT)); while (found.isEmpty() && lag.again(Deadline.never()));
        return found;
    }

    private static Optional<CheckpointView> result(Future<Optional<CheckpointView>> read) throws InterruptedException {
        try {
            return read.get();
        } catch (ExecutionException e) {
            // Where calls are that scarce, those who send need them more.
            if (e.getCause() instanceof NodeException.RateLimited) return Optional.empty();
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What happened before {@code sequence} is not known: certainty begins now. */
    private void begin(long sequence) {
        Instant now = state.clock().instant();
        if (position != NONE) {
            givenUp.increment();
            Log.warn("feed.gap_given_up", "from", position + 1, "to", sequence - 1);
        }
        position = sequence - 1;
        state.coverage().resume(now);
        save();
        Log.info("feed.began", "checkpoint", sequence);
    }

    private void save() {
        saved = state.clock().instant();
        records.feedPosition(new ChannelRecords.FeedPosition(state.coverage().since(), position));
    }

    private void saveLast() {
        try {
            Thread.interrupted(); // the interruption that ended the feed must not end this write
            save();
        } catch (DatabaseException away) {
            Log.warn("feed.position_not_saved", "position", position, "why", away.getMessage());
        }
    }

    /** Full jitter, exponential. @return false if the feed is to end */
    private boolean pause() {
        long cap = Math.min(RETRY_MAX.toMillis(), RETRY_FIRST.toMillis() << Math.min(failures++, 10));
        try {
            Thread.sleep(random.nextLong(cap + 1));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
