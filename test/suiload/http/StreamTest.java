package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Goal: each flush reaches the client, streams take no permit but are bounded, and draining ends them in order. */
class StreamTest {
    private final CountDownLatch more = new CountDownLatch(1);

    private Consumer<Routes> stream() {
        return routes -> routes.add("GET", "/stream", Policy.STREAM, request -> Response.stream("text/plain", out -> {
            out.write("first".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            more.await();
            out.write("second".getBytes(StandardCharsets.US_ASCII));
        }));
    }

    private static String firstChunk(RawConnection connection) throws IOException {
        while (!connection.line().isEmpty()) {
            continue;
        }
        connection.line();
        return connection.line();
    }

    @Test
    void everyFlushReachesTheClient() throws Exception {
        try (TestService service = new TestService(TestService.config(), stream()); RawConnection connection = service.connect()) {
            assertEquals("first", firstChunk(connection.get("/stream")));
            more.countDown();
            connection.line();
            assertEquals("second", connection.line());
            assertEquals("0", connection.line());
            connection.line();
            assertEquals(200, connection.post("/echo", "x").answer().status());
        }
    }

    @Test
    void streamsAreBoundedAndTakeNoPermit() throws Exception {
        var config = TestService.config(1, 0, Duration.ZERO, Duration.ofSeconds(5));
        try (TestService service = new TestService(config, stream());
                RawConnection first = service.connect();
                RawConnection second = service.connect();
                RawConnection third = service.connect()) {
            assertEquals("first", firstChunk(first.get("/stream")));
            assertEquals("first", firstChunk(second.get("/stream")));
            RawConnection.Answer refused = third.get("/stream").answer();
            assertEquals(503, refused.status());
            assertEquals("too_many_streams", refused.json().string("code"));
            assertEquals(200, third.post("/echo", "x").answer().status());
            assertEquals(2, service.metric("suiload_http_streams"));
        }
    }

    @Test
    void drainingEndsAStreamInOrder() throws Exception {
        try (TestService service = new TestService(TestService.config(), stream()); RawConnection connection = service.connect()) {
            assertEquals("first", firstChunk(connection.get("/stream")));
            service.service.drain(Duration.ofSeconds(10));
            assertEquals("0", connection.line());
            assertEquals("", connection.line());
            assertEquals(RawConnection.End.CLOSED, connection.end());
            assertEquals(0, service.service.inFlight());
        }
    }

    @Test
    void aStreamThatFailsIsNotTakenForAWhole() throws Exception {
        try (TestService service = new TestService(TestService.config(), routes ->
                        routes.add("GET", "/half", Policy.STREAM, request -> Response.stream("text/plain", out -> {
                            out.write("first".getBytes(StandardCharsets.US_ASCII));
                            out.flush();
                            throw new IllegalStateException("broken");
                        })));
                RawConnection connection = service.connect()) {
            assertEquals("first", firstChunk(connection.get("/half")));
            connection.end();
        }
    }

    @Test
    void abortDropsTheConnectionWithoutAnAnswer() throws Exception {
        Routes routes = new Routes().add("POST", "/abort", Policy.OPEN, request -> Response.abort());
        try (HttpService service = HttpService.start(HttpConfig.plain("127.0.0.1", 0), routes, fault -> HttpError.internal(), new suiload.metrics.Metrics());
                RawConnection connection = new RawConnection(service.port())) {
            connection.post("/abort", "x").end();
        }
    }
}
