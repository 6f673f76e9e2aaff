package suiload.localnet;

import com.google.protobuf.FieldMask;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import suiload.chain.SignedTransaction;
import suiload.crypto.SecretKey;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Mode;
import suiload.grpcweb.Trailers;
import suiload.grpcweb.proto.Bcs;
import suiload.grpcweb.proto.ExecuteTransactionRequest;
import suiload.grpcweb.proto.ExecuteTransactionResponse;
import suiload.grpcweb.proto.ExecutedTransaction;
import suiload.grpcweb.proto.Transaction;
import suiload.grpcweb.proto.UserSignature;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Routes;
import suiload.metrics.Metrics;

/** A front on a socket before a test's ledger, and a client that speaks frames. */
final class TestFront implements AutoCloseable {
    static final String LEDGER = "sui.rpc.v2.LedgerService/";
    static final String STATE = "sui.rpc.v2.StateService/";
    static final String EXECUTION = "sui.rpc.v2.TransactionExecutionService/";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    final TestNetwork network;
    final Weather weather;
    final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
    private final HttpService service;

    private TestFront(TestNetwork network) throws IOException {
        this.network = network;
        var metrics = new Metrics();
        weather = new Weather(Climate.load(WeatherTest.FOLDER, "calm"), 1, System::nanoTime, metrics);
        var routes = new Routes();
        var passage = new Passage(network.ledger, weather, new RecentChanges(System::nanoTime));
        new Front(network.ledger, passage, System::nanoTime, metrics).addTo(routes);
        new JsonRpcFront(network.ledger, passage, metrics).addTo(routes);
        new Faucet(network.ledger).addTo(routes);
        new WeatherControl(WeatherTest.FOLDER, weather).addTo(routes);
        service = HttpService.start(HttpConfig.plain("127.0.0.1", 0), routes, bug -> HttpError.internal(), metrics);
    }

    static TestFront create() throws IOException {
        return new TestFront(TestNetwork.create());
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        service.close();
        network.close();
    }

    /** Weather of keys and values alone. */
    void weather(String... keysAndValues) {
        var properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        weather.change(Climate.parse("test", properties));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + service.port() + "/" + path);
    }

    /** The answer to a message. @throws GrpcException the status, where it is an error */
    <T> T call(String method, MessageLite request, Parser<T> parser) throws IOException, InterruptedException {
        return call(method, request, parser, Mode.BINARY);
    }

    <T> T call(String method, MessageLite request, Parser<T> parser, Mode mode) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = post(method, Frames.encode(mode, Frame.message(request.toByteArray())), mode, Map.of());
        if (response.statusCode() != 200) throw new IOException("HTTP " + response.statusCode());
        return message(response, parser);
    }

    static <T> T message(HttpResponse<byte[]> response, Parser<T> parser) throws InvalidProtocolBufferException {
        raiseError(response);
        List<Frame> frames = Frames.decode(modeOf(response), response.body());
        if (frames.size() != 2 || !frames.getLast().isTrailers()) throw new AssertionError(frames.size() + " frames");
        frames.getLast().trailers().error().ifPresent(error -> {
            throw error;
        });
        return parser.parseFrom(frames.getFirst().payload());
    }

    static void raiseError(HttpResponse<?> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        new Trailers(headers).error().ifPresent(error -> {
            throw error;
        });
    }

    static Mode modeOf(HttpResponse<?> response) {
        return Mode.of(response.headers().firstValue("content-type").orElse("")).orElseThrow();
    }

    HttpResponse<byte[]> post(String method, byte[] body, Mode mode, Map<String, String> headers) throws IOException, InterruptedException {
        return client.send(request(method, body, mode, headers), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<InputStream> open(String method, MessageLite message, Mode mode) throws IOException, InterruptedException {
        byte[] body = Frames.encode(mode, Frame.message(message.toByteArray()));
        return client.send(request(method, body, mode, Map.of()), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest request(String method, byte[] body, Mode mode, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(uri(method)).timeout(LIMIT).POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", mode.contentType()).header("Accept", mode.contentType());
        headers.forEach(request::setHeader);
        return request.build();
    }

    ExecutedTransaction execute(SignedTransaction signed, String... paths) throws IOException, InterruptedException {
        return call(EXECUTION + "ExecuteTransaction", executeRequest(signed, paths), ExecuteTransactionResponse.parser()).getTransaction();
    }

    static ExecuteTransactionRequest executeRequest(SignedTransaction signed, String... paths) {
        var request = ExecuteTransactionRequest.newBuilder()
                .setTransaction(Transaction.newBuilder().setBcs(Bcs.newBuilder().setValue(ObjectProto.bytes(signed.transaction()))));
        signed.signatures().forEach(signature -> request.addSignatures(
                UserSignature.newBuilder().setBcs(Bcs.newBuilder().setValue(ObjectProto.bytes(signature)))));
        if (paths.length > 0) request.setReadMask(mask(paths));
        return request.build();
    }

    static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }

    /** A payment of {@code amount} from the funded account to a fresh one. */
    SignedTransaction payment(SecretKey recipient, long amount) {
        var ptb = new TestNetwork.Ptb();
        ptb.transfer(TestNetwork.address(recipient), ptb.split(new suiload.chain.Argument.GasCoin(), amount));
        return SignedTransaction.sign(network.data(network.funder(), ptb), network.funder());
    }

    /** The status that a call ends with. */
    GrpcStatus status(String method, MessageLite request) throws IOException, InterruptedException {
        try {
            TestFront.raiseError(post(method, Frames.encode(Mode.BINARY, Frame.message(request.toByteArray())), Mode.BINARY, Map.of()));
            return GrpcStatus.OK;
        } catch (GrpcException error) {
            return error.status();
        }
    }
}
