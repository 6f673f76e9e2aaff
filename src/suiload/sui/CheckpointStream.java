package suiload.sui;

import java.io.IOException;
import java.time.Duration;
import suiload.bcs.BcsException;
import suiload.grpcweb.Frame;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Trailers;
import suiload.grpcweb.proto.SubscribeCheckpointsResponse;

/** The frames of a subscription as checkpoints. A watchdog closes one that fell silent, which ends the read under way. */
final class CheckpointStream implements Checkpoints {
    private static final int LOOKS_PER_SILENCE = 10;

    private final Wire.Stream stream;
    private final Duration silence;
    private final Thread watchdog;
    private volatile long lastFrame = System.nanoTime();
    private volatile boolean waiting;
    private volatile boolean silent;

    CheckpointStream(Wire.Stream stream, Duration silence) {
        this.stream = stream;
        this.silence = silence;
        watchdog = Thread.ofVirtual().name("checkpoint-watchdog").start(this::watch);
    }

    @Override
    public CheckpointView next() throws InterruptedException {
        try {
            Frame frame = awaited();
            if (frame.isTrailers()) throw ended(frame.trailers());
            SubscribeCheckpointsResponse response = SubscribeCheckpointsResponse.parseFrom(frame.payload());
            return Views.checkpoint(response.getCursor(), response.getCheckpoint());
        } catch (IOException | GrpcException e) {
            if (Thread.interrupted()) throw new InterruptedException();
            throw ended(silent ? "silent for " + silence.toSeconds() + " s" : e.toString(), e);
        } catch (IllegalArgumentException | BcsException e) {
            throw new NodeException.Nonsense("SubscribeCheckpoints: " + e.getMessage(), e);
        }
    }

    /** Silence is a reader that waits: what the one who takes the frames does in between is none of the stream's. */
    private Frame awaited() throws IOException {
        lastFrame = System.nanoTime();
        waiting = true;
        try {
            return stream.frames().next().orElseThrow(() -> ended("without trailers", null));
        } finally {
            waiting = false;
        }
    }

    private static NodeException ended(Trailers trailers) {
        GrpcStatus status = trailers.status();
        return ended(status == GrpcStatus.OK ? "by the node" : status + ": " + trailers.message(), null);
    }

    private static NodeException ended(String how, Throwable cause) {
        return new NodeException.Unavailable("SubscribeCheckpoints ended " + how, cause);
    }

    private void watch() {
        try {
            while (!waiting || System.nanoTime() - lastFrame < silence.toNanos()) Thread.sleep(silence.dividedBy(LOOKS_PER_SILENCE));
            silent = true;
            stream.body().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The stream was being closed already: its reader sees that.
            silent = true;
        }
    }

    @Override
    public void close() {
        watchdog.interrupt();
        try {
            stream.body().close();
        } catch (IOException e) {
            throw new NodeException.Unavailable("cannot close the subscription", e);
        }
    }
}
