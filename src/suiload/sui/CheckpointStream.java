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
    private volatile boolean silent;

    CheckpointStream(Wire.Stream stream, Duration silence) {
        this.stream = stream;
        this.silence = silence;
        watchdog = Thread.ofVirtual().name("checkpoint-watchdog").start(this::watch);
    }

    @Override
    public CheckpointView next() throws InterruptedException {
        try {
            Frame frame = stream.frames().next().orElseThrow(() -> ended("without trailers", null));
            lastFrame = System.nanoTime();
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

    private static NodeException ended(Trailers trailers) {
        GrpcStatus status = trailers.status();
        return ended(status == GrpcStatus.OK ? "by the node" : status + ": " + trailers.message(), null);
    }

    private static NodeException ended(String how, Throwable cause) {
        return new NodeException.Unavailable("SubscribeCheckpoints ended " + how, cause);
    }

    private void watch() {
        try {
            while (System.nanoTime() - lastFrame < silence.toNanos()) Thread.sleep(silence.dividedBy(LOOKS_PER_SILENCE));
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
