package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import suiload.metrics.RequestContext;

/** Goal (short D1): past its deadline a request gets a complete 408, its work is interrupted, and its permit stays taken until the work ends. */
class RequestDeadlineTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);

    @Test
    void slowWorkIsAnsweredWith408AndInterrupted() throws Exception {
        try (TestService service = new TestService(TestService.config(5, 5, Duration.ofMillis(50), DEADLINE));
                RawConnection connection = service.connect()) {
            RawConnection.Answer answer = connection.post("/hold", "{}").answer();
            assertEquals(408, answer.status());
            assertEquals("Request timeout - blockchain operation took too long", answer.json().string("error"));
            assertEquals("The Sui network may be congested. Please try again.", answer.json().string("details"));
            assertTrue(Integer.parseInt(answer.header("Retry-After")) >= 1);
            TestService.await("the interruption", () -> service.interrupted.get() == 1);
            assertEquals(200, connection.get("/").answer().status(), "the connection serves on");
        }
    }

    @Test
    void workThatIgnoresInterruptionKeepsItsPermitButNotItsClient() throws Exception {
        CountDownLatch stubborn = new CountDownLatch(1);
        var config = TestService.config(1, 5, Duration.ofMillis(20), DEADLINE);
        try (TestService service = new TestService(config, routes -> routes.add("POST", "/stubborn", Policy.GUARDED, request -> {
            while (stubborn.getCount() > 0) {
                Thread.interrupted();
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            return Response.empty(204);
        }))) {
            try (RawConnection first = service.connect(); RawConnection second = service.connect()) {
                assertEquals(408, first.post("/stubborn", "{}").answer().status(), "answered while the work goes on");
                assertEquals(1, service.metric("suiload_http_permits_in_use"));
                int status = second.post("/echo", "x").answer().status();
                assertTrue(isRefusal(status), "its permit is not given to another, but " + status);
                stubborn.countDown();
                for (int tries = 0; isRefusal(status) && tries < 1000; tries++) {
                    status = second.post("/echo", "x").answer().status();
                }
                assertEquals(200, status);
            }
        }
    }

    @Test
    void admissionWaitCountsTowardsTheDeadline() throws Exception {
        try (TestService service = new TestService(TestService.config(1, 5, Duration.ofMillis(250), DEADLINE));
                RawConnection first = service.connect();
                RawConnection second = service.connect()) {
            first.post("/hold", "{}");
            service.awaitHandled(1);
            second.post("/hold", "{}");
            assertEquals(408, first.answer().status());
            int status = second.answer().status();
            assertTrue(isRefusal(status), "not 25 s from its permit on, but " + status);
        }
    }

    /** For want of a permit: whether its wait or the deadline ends first is the machine's affair. */
    private static boolean isRefusal(int status) {
        return status == 408 || status == 503;
    }

    /** The work is still waiting when its client gets the answer. */
    @Test
    void anAnswerAtTheDeadlineTellsOfTheWaitForTheChain() throws Exception {
        try (TestService service = new TestService(TestService.config(2, 2, Duration.ofSeconds(2), Duration.ofSeconds(2)),
                routes -> routes.add("POST", "/chain", Policy.GUARDED, request -> {
                    try (var _ = RequestContext.chainWait()) {
                        Thread.sleep(20_000);
                        return Response.json("too late");
                    }
                }));
                RawConnection connection = service.connect()) {
            RawConnection.Answer answer = connection.post("/chain", "{}").answer();
            assertEquals(408, answer.status());
            assertTrue(Integer.parseInt(answer.header("X-Contract-Duration")) > 0, answer.headers().toString());
        }
    }

    @Test
    void workSeesTheDeadlineAndMetersWhatItCost() throws Exception {
        AtomicReference<Duration> seen = new AtomicReference<>();
        try (TestService service = new TestService(TestService.config(), routes -> routes.add("POST", "/cost", Policy.GUARDED, request -> {
                    RequestContext context = RequestContext.current().orElseThrow();
                    seen.set(context.deadline().remaining());
                    context.addChainTime(7_900_000);
                    context.setGas(-42);
                    return Response.json(context.id());
                }));
                RawConnection connection = service.connect()) {
            RawConnection.Answer answer = connection
                    .send("POST /cost HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: my-id.1\r\nContent-Length: 0\r\n\r\n").answer();
            assertEquals("\"my-id.1\"", answer.text());
            assertEquals("my-id.1", answer.header("X-Request-Id"));
            assertEquals("7", answer.header("X-Contract-Duration"));
            assertEquals("-42", answer.header("X-Gas-Cost"));
            assertTrue(Integer.parseInt(answer.header("X-Internal-Duration")) >= 0);
            assertTrue(seen.get().compareTo(Duration.ofSeconds(25)) <= 0 && seen.get().compareTo(Duration.ofSeconds(20)) > 0, seen.toString());
            RawConnection.Answer plain = connection.post("/echo", "x").answer();
            assertEquals(null, plain.header("X-Contract-Duration"), "the chain was not asked");
            assertEquals(null, plain.header("X-Gas-Cost"));
        }
    }
}
