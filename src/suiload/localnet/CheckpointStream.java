package suiload.localnet;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.proto.SubscribeCheckpointsRequest;
import suiload.grpcweb.proto.SubscribeCheckpointsResponse;

/**
 * SubscribeCheckpoints: from the newest checkpoint on, every one in order (facts: sui-grpc.md section 4.4). A subscriber that cannot
 * keep up is let go with status OK, as nodes do: it comes back and fills the gap.
 */
final class CheckpointStream {
    private static final int SUBSCRIBERS_MAX = 256;
    private static final int QUEUE_MAX = 256;
    private static final long POLL_MS = 500;

    private final Ledger ledger;
    private final CheckpointProto checkpoints;
    private final Semaphore places = new Semaphore(SUBSCRIBERS_MAX);

    CheckpointStream(Ledger ledger, CheckpointProto checkpoints) {
        this.ledger = ledger;
        this.checkpoints = checkpoints;
    }

    /** Takes messages; says whether it wants more. */
    interface Sink {
        boolean accept(MessageLite message) throws IOException;
    }

    /**
     * Runs until the sink has enough, the subscriber lags or this thread is interrupted.
     *
     * @throws GrpcException UNAVAILABLE when there are too many subscribers
     */
    void run(SubscribeCheckpointsRequest request, Sink sink) throws IOException, InterruptedException {
        Mask mask = request.hasReadMask()
                ? Mask.parseLeniently(request.getReadMask(), suiload.grpcweb.proto.Checkpoint.getDescriptor()) : Mask.NOTHING;
        if (!places.tryAcquire()) throw new GrpcException(GrpcStatus.UNAVAILABLE, "too many existing subscriptions");
        // Numbers alone: checkpoints with all their objects would be held for whoever does not read on.
        BlockingQueue<Long> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
        var lagging = new AtomicBoolean();
        try (var _ = ledger.subscribe(checkpoint -> {
            if (!queue.offer(checkpoint.sequence())) lagging.set(true);
        })) {
            Checkpoint newest = ledger.latestCheckpoint();
            long last = newest.sequence();
            boolean wanted = sink.accept(message(newest, mask));
            while (wanted && !lagging.get()) {
                Long next = queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
                if (next == null || next <= last) continue;
                last = next;
                wanted = sink.accept(message(ledger.checkpoint(next).orElseThrow(), mask));
            }
        } finally {
            places.release();
        }
    }

    private SubscribeCheckpointsResponse message(Checkpoint checkpoint, Mask mask) {
        return SubscribeCheckpointsResponse.newBuilder().setCursor(checkpoint.sequence())
                .setCheckpoint(checkpoints.checkpoint(checkpoint, mask)).build();
    }
}
