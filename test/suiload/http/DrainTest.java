package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Goal (short S1): what was accepted is answered, kept-alive clients are told, newcomers are refused in order, then the port closes. */
class DrainTest {
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static Thread drain(TestService service) throws InterruptedException {
        Thread drain = Thread.ofVirtual().start(() -> service.service.drain(BOUND));
        awaitState(service, ServiceState.DRAINING);
        return drain;
    }

    private static void awaitState(TestService service, ServiceState state) throws InterruptedException {
        TestService.await("state " + state, () -> service.service.state().compareTo(state) >= 0);
    }

    @Test
    void whatIsInHandIsAnsweredAndTheRestRefused() throws Exception {
        try (TestService service = new TestService(TestService.config());
                RawConnection held = service.connect();
                RawConnection kept = service.connect();
                RawConnection late = service.connect()) {
            assertEquals(null, kept.post("/echo", "x").answer().header("Connection"));
            held.post("/hold", "{}");
            service.awaitHandled(2);
            Thread drain = drain(service);
            RawConnection.Answer told = kept.get("/").answer();
            assertEquals(200, told.status());
            assertEquals("close", told.header("Connection"));
            assertEquals(RawConnection.End.CLOSED, kept.end());
            awaitState(service, ServiceState.REFUSING);
            RawConnection.Answer refused = late.post("/echo", "x").answer();
            assertEquals(503, refused.status());
            assertEquals("shutting_down", refused.json().string("code"));
            assertEquals("1", refused.header("Retry-After"));
            service.release.countDown();
            RawConnection.Answer answer = held.answer();
            assertEquals(200, answer.status());
            assertEquals("close", answer.header("Connection"));
            assertEquals(RawConnection.End.CLOSED, held.end());
            drain.join(BOUND);
            assertEquals(ServiceState.STOPPED, service.service.state());
            assertThrows(IOException.class, service::connect);
        }
    }

    /** A signal's thread says so at once; the drain follows from another. */
    @Test
    void readinessEndsBeforeTheDrainBegins() throws Exception {
        try (TestService service = new TestService(TestService.config()); RawConnection kept = service.connect()) {
            service.service.endReadiness();
            assertEquals(ServiceState.DRAINING, service.service.state());
            assertEquals("close", kept.post("/echo", "x").answer().header("Connection"));
            service.service.drain(BOUND);
            assertEquals(ServiceState.STOPPED, service.service.state());
            service.service.drain(BOUND);
            assertThrows(IOException.class, service::connect);
        }
    }

    @Test
    void aRequestThatNeverEndsDoesNotHoldTheServiceForEver() throws Exception {
        try (TestService service = new TestService(TestService.config()); RawConnection held = service.connect()) {
            held.post("/hold", "{}");
            service.awaitHandled(1);
            service.service.drain(Duration.ofMillis(600));
            assertEquals(ServiceState.STOPPED, service.service.state());
        }
    }

    @Test
    void aClientThatLeftDoesNotDelayTheDrain() throws Exception {
        try (TestService service = new TestService(TestService.config())) {
            for (int i = 0; i < 5; i++) {
                try (RawConnection gone = service.connect()) {
                    gone.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
                }
            }
            service.awaitMetric("suiload_http_requests_lost_total{route=\"none\"}", 5);
            // The JDK's own count stays at 5 for ever.
            TestService.await("nothing in hand", () -> service.service.inFlight() == 0);
            service.service.drain(BOUND);
            assertEquals(ServiceState.STOPPED, service.service.state());
        }
    }

    @Test
    void beforeItIsReadyOnlyOpenRoutesAnswer() throws Exception {
        Routes routes = new Routes()
                .add("GET", "/", Policy.OPEN, request -> Response.json(request.service()))
                .add("GET", "/x", Policy.GUARDED, request -> Response.json(2));
        try (HttpService service = HttpService.start(TestService.config(), routes, fault -> HttpError.internal(), new suiload.metrics.Metrics());
                RawConnection connection = new RawConnection(service.port())) {
            assertEquals("\"STARTING\"", connection.get("/").answer().text());
            RawConnection.Answer early = connection.get("/x").answer();
            assertEquals(503, early.status());
            assertEquals("starting", early.json().string("code"));
            service.ready();
            assertEquals(200, connection.get("/x").answer().status());
        }
    }
}
