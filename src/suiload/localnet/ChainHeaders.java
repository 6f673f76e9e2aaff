package suiload.localnet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.Mode;
import suiload.grpcweb.Trailers;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.StreamBody;

/** Responses with the headers that a node puts on each: where the chain stands, and leave for browsers (facts: sui-grpc.md 1.6, 1.10). */
final class ChainHeaders {
    private static final Response.Header ANY_ORIGIN = new Response.Header("Access-Control-Allow-Origin", "*");
    private static final Response.Header EXPOSED = new Response.Header("Access-Control-Expose-Headers",
            "grpc-status, grpc-message, grpc-status-details-bin, x-sui-chain-id, x-sui-chain, x-sui-epoch, x-sui-checkpoint-height, "
                    + "x-sui-timestamp-ms");
    private static final String PREFLIGHT_MAX_AGE = "86400";

    private record At(Checkpoint checkpoint, List<Response.Header> headers) {}

    private final Ledger ledger;
    private volatile At at;

    ChainHeaders(Ledger ledger) {
        this.ledger = ledger;
        at = at(ledger.latestCheckpoint());
    }

    /** A refusal without a word, for what is no call. */
    static Response nothing(int status) {
        return Response.empty(status).withHeader(ANY_ORIGIN.name(), ANY_ORIGIN.value());
    }

    /** The answer to a browser's question whether it may call. */
    static Response preflight(Request request) {
        Response answer = nothing(204)
                .withHeader("Access-Control-Allow-Methods", "POST, GET, OPTIONS")
                .withHeader("Access-Control-Allow-Headers", "*")
                .withHeader("Access-Control-Max-Age", PREFLIGHT_MAX_AGE);
        return request.header("access-control-request-private-network").isPresent()
                ? answer.withHeader("Access-Control-Allow-Private-Network", "true") : answer;
    }

    Response whole(Mode mode, byte[] body) {
        return new Response.Whole(200, headers(mode), body);
    }

    Response stream(Mode mode, StreamBody body) {
        return new Response.Stream(headers(mode), body);
    }

    /** Status and message as headers, no body: what a node does when there is no message. */
    Response error(GrpcException error, Mode mode) {
        List<Response.Header> all = new ArrayList<>(headers(mode));
        Trailers.of(error).values().forEach((name, value) -> all.add(new Response.Header(name, value)));
        return new Response.Whole(200, all, new byte[0]);
    }

    /** What a load balancer answers to a client that asks too often. */
    static Response tooMany(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return Response.text(429, "text/plain", "Too Many Requests\n").withHeader("Retry-After", Long.toString(seconds))
                .withHeader(ANY_ORIGIN.name(), ANY_ORIGIN.value());
    }

    static Response unavailable() {
        return Response.text(503, "text/plain", "no healthy upstream\n").withHeader(ANY_ORIGIN.name(), ANY_ORIGIN.value());
    }

    private List<Response.Header> headers(Mode mode) {
        Checkpoint newest = ledger.latestCheckpoint();
        At current = at;
        if (current.checkpoint != newest) {
            current = at(newest);
            at = current;
        }
        List<Response.Header> all = new ArrayList<>(current.headers.size() + 4);
        all.add(new Response.Header("Content-Type", mode.contentType()));
        all.addAll(current.headers);
        return all;
    }

    private At at(Checkpoint checkpoint) {
        return new At(checkpoint, List.of(ANY_ORIGIN, EXPOSED,
                new Response.Header("x-sui-chain-id", ledger.chainId().toString()),
                new Response.Header("x-sui-chain", "unknown"),
                new Response.Header("x-sui-epoch", Long.toString(ledger.epoch())),
                new Response.Header("x-sui-checkpoint-height", Long.toString(checkpoint.sequence())),
                new Response.Header("x-sui-timestamp-ms", Long.toString(checkpoint.timestampMs())),
                new Response.Header("x-sui-timestamp", Instant.ofEpochMilli(checkpoint.timestampMs()).toString()),
                new Response.Header("x-sui-lowest-available-checkpoint", "0"),
                new Response.Header("x-sui-lowest-available-checkpoint-objects", "0")));
    }
}
