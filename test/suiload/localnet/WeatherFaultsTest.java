package suiload.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static suiload.localnet.TestFront.EXECUTION;
import static suiload.localnet.TestFront.LEDGER;
import static suiload.localnet.TestFront.STATE;
import static suiload.localnet.TestFront.mask;
import static suiload.localnet.TestNetwork.key;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import suiload.chain.SignedTransaction;
import suiload.grpcweb.Frame;
import suiload.grpcweb.Frames;
import suiload.grpcweb.GrpcException;
import suiload.grpcweb.GrpcStatus;
import suiload.grpcweb.Mode;
import suiload.grpcweb.proto.GetBalanceRequest;
import suiload.grpcweb.proto.GetBalanceResponse;
import suiload.grpcweb.proto.GetObjectRequest;
import suiload.grpcweb.proto.GetObjectResponse;
import suiload.grpcweb.proto.GetServiceInfoRequest;
import suiload.grpcweb.proto.GetTransactionRequest;
import suiload.grpcweb.proto.ListOwnedObjectsRequest;
import suiload.grpcweb.proto.ListOwnedObjectsResponse;
import suiload.grpcweb.proto.SubscribeCheckpointsRequest;
import suiload.http.RawConnection;
import suiload.metrics.LogCapture;

/**
 * Goal: each fault is to a client what its name says, does or does not do the call, and is counted once. Method: weather that
 * deals out one fault for certain.
 */
@Timeout(60)
class WeatherFaultsTest {
    private static final GetServiceInfoRequest INFO = GetServiceInfoRequest.getDefaultInstance();

    private TestFront front;

    @BeforeEach
    void open() throws IOException {
        front = TestFront.create();
    }

    @AfterEach
    void close() throws IOException {
        front.close();
    }

    @Test
    void callsThatAreNotDone() throws Exception {
        SignedTransaction signed = front.payment(key(1), 5);
        front.weather("execute.reset-before", "1");
        assertThrows(IOException.class, () -> front.execute(signed));
        front.weather("execute.hang", "1", "hang.for", "10ms");
        assertThrows(IOException.class, () -> front.execute(signed));
        front.weather("execute.429", "1");
        assertEquals("HTTP 429", assertThrows(IOException.class, () -> front.execute(signed)).getMessage());
        front.weather("execute.503", "1");
        assertEquals("HTTP 503", assertThrows(IOException.class, () -> front.execute(signed)).getMessage());
        assertFalse(isKnown(signed));
        assertCounts(Map.of("reset-before", 1L, "hang", 1L, "429", 1L, "503", 1L));
    }

    @Test
    void callsThatAreDoneWithoutAnAnswer() throws Exception {
        SignedTransaction reset = front.payment(key(1), 5);
        front.weather("execute.reset-after", "1");
        assertThrows(IOException.class, () -> front.execute(reset));
        assertTrue(isKnown(reset));
        SignedTransaction lost = front.payment(key(1), 6);
        front.weather("execute.lost-answer", "1", "hang.for", "10ms");
        assertThrows(IOException.class, () -> front.execute(lost));
        assertTrue(isKnown(lost));
        SignedTransaction timedOut = front.payment(key(1), 7);
        front.weather("execute.timeout", "1");
        assertEquals(GrpcStatus.UNAVAILABLE, assertThrows(GrpcException.class, () -> front.execute(timedOut)).status());
        assertTrue(isKnown(timedOut));
        assertCounts(Map.of("reset-after", 1L, "lost-answer", 1L, "timeout", 1L));
    }

    @Test
    void staleReadsShowThePast() throws Exception {
        var clockless = front.payment(key(2), 5);
        front.weather("read.stale", "1", "stale.by", "1m");
        var coin = clockless.data().gas().payment().getFirst();
        front.execute(clockless);
        var request = GetObjectRequest.newBuilder().setObjectId(coin.id().toString()).build();
        assertEquals(coin.version(), front.call(LEDGER + "GetObject", request, GetObjectResponse.parser()).getObject().getVersion());
        assertEquals(GrpcStatus.NOT_FOUND, front.status(LEDGER + "GetTransaction", lookUp(clockless)));
        assertEquals(2L, front.weather.counts().get("stale"));
        front.weather();
        assertTrue(front.call(LEDGER + "GetObject", request, GetObjectResponse.parser()).getObject().getVersion() > coin.version());
    }

    @Test
    void aTransactionThatIsSentAgainIsNotNewAgain() throws Exception {
        SignedTransaction payment = front.payment(key(2), 5);
        front.execute(payment);
        front.weather("read.stale", "1", "stale.by", "1m");
        front.execute(payment);
        assertEquals(GrpcStatus.OK, front.status(LEDGER + "GetTransaction", lookUp(payment)));
    }

    @Test
    void staleReadsDoNotKnowYetWhatTheFaucetGave() throws Exception {
        front.weather("read.stale", "1", "stale.by", "1m");
        String account = TestNetwork.address(key(9)).toString();
        byte[] body = ("{\"FixedAmountRequest\":{\"recipient\":\"" + account + "\"}}").getBytes(StandardCharsets.UTF_8);
        var gift = HttpRequest.newBuilder(front.uri("v2/gas")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        assertEquals(200, front.client.send(gift, HttpResponse.BodyHandlers.discarding()).statusCode());
        var listing = ListOwnedObjectsRequest.newBuilder().setOwner(account).build();
        var balance = GetBalanceRequest.newBuilder().setOwner(account).setCoinType("0x2::sui::SUI").build();
        assertEquals(0, front.call(STATE + "ListOwnedObjects", listing, ListOwnedObjectsResponse.parser()).getObjectsCount());
        assertEquals(0, front.call(STATE + "GetBalance", balance, GetBalanceResponse.parser()).getBalance().getBalance());
        front.weather();
        assertEquals(5, front.call(STATE + "ListOwnedObjects", listing, ListOwnedObjectsResponse.parser()).getObjectsCount());
        assertEquals(1_000_000_000_000L,
                front.call(STATE + "GetBalance", balance, GetBalanceResponse.parser()).getBalance().getBalance());
    }

    @Test
    void aClientsDeadlineEndsItsWaitNotTheTransaction() throws Exception {
        SignedTransaction signed = front.payment(key(3), 5);
        front.weather("execute.latency", "300ms");
        byte[] body = Frames.encode(Mode.BINARY, Frame.message(TestFront.executeRequest(signed).toByteArray()));
        var response = front.post(EXECUTION + "ExecuteTransaction", body, Mode.BINARY, Map.of("grpc-timeout", "10m"));
        assertEquals(GrpcStatus.DEADLINE_EXCEEDED, assertThrows(GrpcException.class, () -> TestFront.raiseError(response)).status());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!isKnown(signed) && System.nanoTime() < end) Thread.sleep(20);
        assertTrue(isKnown(signed));
    }

    /** Nobody is there any more to be told, so a ledger that cannot run it is a line in the log. */
    @Test
    void whatFailsAfterAClientsDeadlineIsLogged() throws Exception {
        SignedTransaction signed = front.payment(key(3), 5);
        front.weather("execute.latency", "50ms");
        byte[] body = Frames.encode(Mode.BINARY, Frame.message(TestFront.executeRequest(signed).toByteArray()));
        front.network.ledger.close();
        try (LogCapture log = new LogCapture()) {
            front.post(EXECUTION + "ExecuteTransaction", body, Mode.BINARY, Map.of("grpc-timeout", "10m"));
            String line = "event=localnet.call.failed reason=\"the ledger is closed\"";
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!log.messages().contains(line) && System.nanoTime() < end) Thread.sleep(20);
            assertTrue(log.messages().contains(line), log.messages()::toString);
        }
        front.network.open();
    }

    /** Read from the bare socket: the JDK's client may drop what came right before the end. */
    @Test
    void aStreamIsCut() throws Exception {
        front.weather("stream.cut", "1");
        var request = SubscribeCheckpointsRequest.newBuilder().setReadMask(mask("sequence_number")).build();
        byte[] body = Frames.encode(Mode.BINARY, Frame.message(request.toByteArray()));
        int messages = 0;
        boolean trailers = false;
        try (var connection = new RawConnection(front.uri("").getPort())) {
            connection.send("POST /sui.rpc.v2.SubscriptionService/SubscribeCheckpoints HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                    + Mode.BINARY.contentType() + "\r\nContent-Length: " + body.length + "\r\n\r\n").send(body);
            assertEquals(200, connection.head().status());
            // Each message is flushed by itself, and so a chunk.
            for (byte[] chunk = connection.chunk(); chunk.length > 0 && messages < 25; chunk = connection.chunk()) {
                Frame frame = Frames.decode(Mode.BINARY, chunk).getFirst();
                trailers |= frame.isTrailers();
                messages++;
                front.network.ledger.checkpointNow();
            }
        } catch (IOException broken) {
            // Broken off, as a proxy would.
        }
        assertEquals(20, messages);
        assertFalse(trailers);
        assertCounts(Map.of("cut", 1L));
    }

    @Test
    void tooManyCallsAreRefusedWithTheTimeToWait() throws Exception {
        front.weather("rate.calls", "3", "rate.window", "60s");
        for (int i = 0; i < 3; i++) assertEquals(GrpcStatus.OK, front.status(LEDGER + "GetServiceInfo", INFO));
        var response = front.post(LEDGER + "GetServiceInfo", new byte[5], Mode.BINARY, Map.of());
        assertEquals(429, response.statusCode());
        long wait = Long.parseLong(response.headers().firstValue("retry-after").orElseThrow());
        assertTrue(wait > 0 && wait <= 60, wait + " s");
        assertCounts(Map.of("rate-limit", 1L));
    }

    @Test
    void aRunningNetworkChangesItsWeather() throws Exception {
        assertTrue(control("{\"name\":\"storm\"}").body().contains("\"weather\":\"storm\""));
        assertEquals("storm", front.weather.climate().name());
        assertEquals(200, control("{\"name\":\"calm\",\"changes\":{\"read.429\":\"1\"}}").statusCode());
        assertEquals(429, front.post(LEDGER + "GetServiceInfo", new byte[5], Mode.BINARY, Map.of()).statusCode());
        assertEquals(400, control("{\"name\":\"tornado\"}").statusCode());
        assertEquals(400, control("{\"name\":\"calm\",\"changes\":{\"read.frogs\":\"1\"}}").statusCode());
        assertEquals(400, control("[]").statusCode());
    }

    private HttpResponse<String> control(String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(front.uri("weather")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return front.client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private boolean isKnown(SignedTransaction signed) {
        return front.network.ledger.transaction(signed.digest()).isPresent();
    }

    private static GetTransactionRequest lookUp(SignedTransaction signed) {
        return GetTransactionRequest.newBuilder().setDigest(signed.digest().toString()).build();
    }

    private void assertCounts(Map<String, Long> expected) {
        front.weather.counts().forEach((kind, count) -> assertEquals(expected.getOrDefault(kind, 0L), count, kind));
    }
}
