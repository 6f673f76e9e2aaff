package suiload.localnet;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Mode;
import suiload.grpcweb.Trailers;
import suiload.grpcweb.proto.ExecuteTransactionRequest;
import suiload.grpcweb.proto.SubscribeCheckpointsRequest;
import suiload.http.Policy;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.metrics.Log;
import suiload.metrics.Metrics;

/**
 * The embedded network's gRPC-Web door: frames in, frames out, with whatever the weather does to a call in between
 * (facts: sui-grpc.md section 1). Errors are answered with HTTP 200 and a status, as nodes do; HTTP errors only stand for a load balancer.
 */
final class Front {
    static final String CALLS_METRIC = "suiload_localnet_calls_total";
    static final String CALLS_HELP = "Calls answered by the embedded network.";
    private static final Frame OK_TRAILERS = Frame.trailers(Trailers.OK);
    /** Checkpoints that a stream delivers before the weather cuts it. */
    private static final int CUT_AFTER = 20;
    private static final String TIMED_OUT = "Transaction timed out before finality could be reached";

    private final Passage passage;
    private final Metrics metrics;
    private final Services services;
    private final CheckpointStream stream;
    private final ChainHeaders headers;
    private final LongSupplier nanoTime;

    Front(Ledger ledger, Passage passage, LongSupplier nanoTime, Metrics metrics) {
        this.passage = passage;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        services = new Services(ledger);
        stream = new CheckpointStream(ledger, services.checkpoints());
        headers = new ChainHeaders(ledger);
    }

    void addTo(Routes routes) {
        services.procedures().forEach((name, rpc) -> {
            var counted = new Outcomes(metrics, name);
            Policy policy = rpc.kind() == CallKind.STREAM ? Policy.STREAM : Policy.OPEN;
            routes.add("POST", "/" + name, policy, request -> answer(rpc, request, counted));
            routes.add("OPTIONS", "/" + name, Policy.OPEN, ChainHeaders::preflight);
        });
        routes.add("POST", "/{service}/{method}", Policy.OPEN, this::unknown);
        routes.add("OPTIONS", "/{service}/{method}", Policy.OPEN, ChainHeaders::preflight);
    }

    private Response unknown(Request request) {
        if (!Services.isService(request.parameter("service"))) return ChainHeaders.nothing(404);
        return headers.error(new GrpcException(GrpcStatus.UNIMPLEMENTED, ""), answerMode(request));
    }

    private static Mode answerMode(Request request) {
        return Mode.accepted(request.header("accept").orElse(""));
    }

    private Response answer(Rpc rpc, Request request, Outcomes outcomes) throws InterruptedException {
        Optional<Mode> mode = Mode.of(request.header("content-type").orElse(""));
        if (mode.isEmpty()) return ChainHeaders.nothing(400);
        Mode answerMode = answerMode(request);
        return passage.pass(request.peer().getAddress(), rpc.kind(), () -> timedOut(answerMode), fate -> {
            try {
                ClientTimeout timeout = ClientTimeout.of(request.header("grpc-timeout"), nanoTime);
                Response response = run(rpc, RequestFrame.message(mode.get(), request.body()), fate, timeout, answerMode);
                outcomes.count(GrpcStatus.OK);
                return response;
            } catch (GrpcException error) {
                outcomes.count(error.status());
                return headers.error(error, answerMode);
            } catch (RuntimeException bug) {
                Log.error("localnet.call.failed", bug, "path", request.path());
                outcomes.count(GrpcStatus.INTERNAL);
                return headers.error(new GrpcException(GrpcStatus.INTERNAL, "internal error"), answerMode);
            }
        });
    }

    private Response timedOut(Mode mode) {
        return headers.error(new GrpcException(GrpcStatus.UNAVAILABLE, TIMED_OUT), mode);
    }

    private Response run(Rpc rpc, byte[] message, Weather.Fate fate, ClientTimeout timeout, Mode mode) throws InterruptedException {
        return switch (rpc) {
            case Rpc.Read read -> {
                timeout.await(fate.delay());
                yield whole(read.answer().apply(message, passage.replica(fate)), mode);
            }
            case Rpc.Execute() -> whole(execute(message, fate, timeout), mode);
            case Rpc.Subscribe() -> {
                var request = RequestFrame.parse(SubscribeCheckpointsRequest.parser(), message);
                timeout.await(fate.delay());
                yield headers.stream(mode, out -> subscribe(request, fate, mode, out));
            }
        };
    }

    /** A client's deadline ends its waiting, not the transaction. */
    private MessageLite execute(byte[] message, Weather.Fate fate, ClientTimeout timeout) throws InterruptedException {
        var submission = services.executions().read(RequestFrame.parse(ExecuteTransactionRequest.parser(), message));
        if (timeout.isBefore(fate.delay())) {
            Thread.ofVirtual().start(() -> runLater(submission, fate.delay()));
            timeout.await(fate.delay());
        }
        // A sleep of nothing would still give up the processor.
        if (fate.delay().isPositive()) Thread.sleep(fate.delay());
        return services.executions().answer(submission, services.executions().run(submission));
    }

    private void runLater(Executions.Submission submission, Duration delay) {
        try {
            Thread.sleep(delay);
            services.executions().run(submission);
        } catch (GrpcException refused) {
            Log.info("localnet.refused", "status", refused.status(), "reason", refused.getMessage());
        } catch (LedgerException broken) {
            Log.warn("localnet.call.failed", "reason", broken.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Response whole(MessageLite message, Mode mode) {
        return headers.whole(mode, Frames.encode(mode, Frame.message(message.toByteArray()), OK_TRAILERS));
    }

    /** Each message is flushed by itself and, in text mode, ends on a Base64 group: a client decodes only whole groups. */
    private void subscribe(SubscribeCheckpointsRequest request, Weather.Fate fate, Mode mode, OutputStream out)
            throws IOException, InterruptedException {
        boolean cut = fate.fault().filter(fault -> fault == Fault.CUT).isPresent();
        var delivered = new int[1];
        Frame end = OK_TRAILERS;
        try {
            stream.run(request, message -> {
                out.write(Frames.encode(mode, Frame.message(message.toByteArray())));
                out.flush();
                return !cut || ++delivered[0] < CUT_AFTER;
            });
        } catch (GrpcException error) {
            end = Frame.trailers(Trailers.of(error));
        }
        if (cut && delivered[0] == CUT_AFTER) {
            passage.count(Fault.CUT);
            throw new IOException("cut by the weather");
        }
        out.write(Frames.encode(mode, end));
        out.flush();
    }

    /** Calls of one procedure by how they ended. */
    private static final class Outcomes {
        private final Map<GrpcStatus, suiload.metrics.Counter> counters = new HashMap<>();

        Outcomes(Metrics metrics, String name) {
            for (GrpcStatus status : List.of(GrpcStatus.values())) {
                counters.put(status, metrics.counter(CALLS_METRIC, CALLS_HELP,
                        "method", name.substring(name.indexOf('/') + 1), "status", status.name()));
            }
        }

        void count(GrpcStatus status) {
            counters.get(status).increment();
        }
    }
}
