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
    private static final Frame OK_TRAILERS = Frame.trailers(Trailers.OK);
    /** Checkpoints that a stream delivers before the weather cuts it. */
    private static final int CUT_AFTER = 20;
    private static final String TIMED_OUT = "Transaction timed out before finality could be reached";

    private final Ledger ledger;
    private final Weather weather;
    private final Metrics metrics;
    private final RecentChanges recent;
    private final Services services;
    private final CheckpointStream stream;
    private final ChainHeaders headers;
    private final LongSupplier nanoTime;

    Front(Ledger ledger, Weather weather, RecentChanges recent, LongSupplier nanoTime, Metrics metrics) {
        this.ledger = ledger;
        this.weather = weather;
        this.recent = recent;
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
        Optional<Duration> refused = weather.refuse(request.peer().getAddress());
        if (refused.isPresent()) return headers.tooMany(refused.get());
        Weather.Fate fate = weather.fate(rpc.kind());
        Optional<Response> early = before(fate);
        if (early.isPresent()) return early.get();
        Mode answerMode = answerMode(request);
        try {
            ClientTimeout timeout = ClientTimeout.of(request.header("grpc-timeout"), nanoTime);
            byte[] message = RequestFrame.message(mode.get(), request.body());
            Response response = run(rpc, message, fate, timeout, answerMode);
            outcomes.count(GrpcStatus.OK);
            return after(fate, response, answerMode);
        } catch (GrpcException error) {
            outcomes.count(error.status());
            return after(fate, headers.error(error, answerMode), answerMode);
        } catch (RuntimeException bug) {
            Log.error("localnet.call.failed", bug, "path", request.path());
            outcomes.count(GrpcStatus.INTERNAL);
            return headers.error(new GrpcException(GrpcStatus.INTERNAL, "internal error"), answerMode);
        }
    }

    /** What the weather does in place of the call. */
    private Optional<Response> before(Weather.Fate fate) throws InterruptedException {
        if (fate.fault().isEmpty()) return Optional.empty();
        return switch (fate.fault().get()) {
            case BUSY -> Optional.of(headers.tooMany(Duration.ofSeconds(1)));
            case UNAVAILABLE -> Optional.of(headers.unavailable());
            case RESET_BEFORE -> Optional.of(Response.abort());
            case HANG -> Optional.of(silence());
            case RESET_AFTER, LOST_ANSWER, TIMEOUT, STALE, CUT, RATE_LIMIT -> Optional.empty();
        };
    }

    /** What the weather does to the answer of a call that was done. */
    private Response after(Weather.Fate fate, Response response, Mode mode) throws InterruptedException {
        if (fate.fault().isEmpty()) return response;
        return switch (fate.fault().get()) {
            case RESET_AFTER -> Response.abort();
            case LOST_ANSWER -> silence();
            case TIMEOUT -> headers.error(new GrpcException(GrpcStatus.UNAVAILABLE, TIMED_OUT), mode);
            case HANG, RESET_BEFORE, BUSY, UNAVAILABLE, STALE, CUT, RATE_LIMIT -> response;
        };
    }

    private Response silence() throws InterruptedException {
        Thread.sleep(weather.climate().hangFor());
        return Response.abort();
    }

    private Response run(Rpc rpc, byte[] message, Weather.Fate fate, ClientTimeout timeout, Mode mode) throws InterruptedException {
        return switch (rpc) {
            case Rpc.Read read -> {
                timeout.await(fate.delay());
                yield whole(read.answer().apply(message, replica(fate)), mode);
            }
            case Rpc.Execute() -> whole(execute(message, fate, timeout), mode);
            case Rpc.Subscribe() -> {
                var request = RequestFrame.parse(SubscribeCheckpointsRequest.parser(), message);
                timeout.await(fate.delay());
                yield headers.stream(mode, out -> subscribe(request, fate, mode, out));
            }
        };
    }

    private Replica replica(Weather.Fate fate) {
        return fate.fault().filter(fault -> fault == Fault.STALE).isPresent()
                ? recent.replica(ledger, weather.climate().staleBy()) : Replica.live(ledger);
    }

    /** A client's deadline ends its waiting, not the transaction. */
    private MessageLite execute(byte[] message, Weather.Fate fate, ClientTimeout timeout) throws InterruptedException {
        var submission = services.executions().read(RequestFrame.parse(ExecuteTransactionRequest.parser(), message));
        if (timeout.isBefore(fate.delay())) {
            Thread.ofVirtual().start(() -> runLater(submission, fate.delay()));
            timeout.await(fate.delay());
        }
        Thread.sleep(fate.delay());
        return services.executions().answer(submission, submit(submission));
    }

    private void runLater(Executions.Submission submission, Duration delay) {
        try {
            Thread.sleep(delay);
            submit(submission);
        } catch (GrpcException refused) {
            Log.info("localnet.refused", "status", refused.status(), "reason", refused.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private ExecutedTransaction submit(Executions.Submission submission) {
        ExecutedTransaction executed = services.executions().run(submission);
        Climate climate = weather.climate();
        recent.record(executed, climate.hasStaleReads() ? climate.staleBy() : Duration.ZERO);
        return executed;
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
            weather.count(Fault.CUT);
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
                counters.put(status, metrics.counter("suiload_localnet_calls_total", "Calls answered by the embedded network.",
                        "method", name.substring(name.indexOf('/') + 1), "status", status.name()));
            }
        }

        void count(GrpcStatus status) {
            counters.get(status).increment();
        }
    }
}
