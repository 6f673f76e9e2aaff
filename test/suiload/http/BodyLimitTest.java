package suiload.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Goal (short H3): limits answer, and the answer arrives even while the client is still sending. */
class BodyLimitTest {
    @Test
    void aBodyOfExactlyTheLimitPasses() throws Exception {
        byte[] body = new byte[1 << 20];
        new Random(7).nextBytes(body);
        try (TestService service = new TestService(TestService.config()); RawConnection connection = service.connect()) {
            connection.send(head(body.length)).send(body);
            assertArrayEquals(body, connection.answer().body());
            service.awaitMetric("suiload_http_body_bytes", 0);
            assertEquals(200, connection.post("/echo", "x").answer().status());
        }
    }

    @Test
    void everySenderOfTooMuchReadsIts413() throws Exception {
        // A few at once: how long all of them together take to send is the machine's affair.
        try (TestService service = new TestService(TestService.config()); ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<RawConnection.End>> senders = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int megabytes = 2 + i % 7;
                senders.add(threads.submit(() -> send413(service, megabytes << 20)));
            }
            for (Future<RawConnection.End> sender : senders) {
                assertEquals(RawConnection.End.CLOSED, sender.get(30, TimeUnit.SECONDS));
            }
            assertEquals(0, service.handled.get());
        }
    }

    private static RawConnection.End send413(TestService service, int length) throws IOException {
        try (RawConnection connection = service.connect()) {
            connection.send(head(length));
            byte[] part = new byte[64 * 1024];
            for (int sent = 0; sent < length; sent += part.length) {
                connection.send(part);
            }
            RawConnection.Answer answer = connection.answer();
            assertEquals(413, answer.status());
            assertEquals("close", answer.header("Connection"));
            return connection.end();
        }
    }

    @Test
    void aSenderThatStopsAfterA413IsCutOff() throws Exception {
        try (TestService service = new TestService(TestService.config()); RawConnection connection = service.connect()) {
            connection.send(head(4 << 20)).send(new byte[1000]);
            assertEquals(413, connection.answer().status());
            connection.end();
        }
    }

    @Test
    void bodiesTogetherAreBounded() throws Exception {
        var config = TestService.config().withBodies(new HttpConfig.Bodies(1 << 20, 100_000, true));
        try (TestService service = new TestService(config);
                RawConnection first = service.connect();
                RawConnection second = service.connect();
                RawConnection third = service.connect()) {
            first.send("POST /hold HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90000\r\n\r\n").send(new byte[90_000]);
            service.awaitHandled(1);
            assertEquals(90_000, service.metric("suiload_http_body_bytes"));
            RawConnection.Answer refused = second.send(head(20_000)).send(new byte[20_000]).answer();
            assertEquals(503, refused.status());
            assertEquals("bodies_full", refused.json().string("code"));
            assertEquals("1", refused.header("Retry-After"));
            service.release.countDown();
            assertEquals(200, first.answer().status());
            service.awaitMetric("suiload_http_body_bytes", 0);
            assertEquals(200, third.send(head(20_000)).send(new byte[20_000]).answer().status());
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleLeavesNothingBehind() throws Exception {
        try (TestService service = new TestService(TestService.config())) {
            try (RawConnection connection = service.connect()) {
                connection.send(head(500_000)).send(new byte[100_000]);
            }
            service.awaitMetric("suiload_http_requests_lost_total{route=\"none\"}", 1);
            service.awaitMetric("suiload_http_body_bytes", 0);
            service.awaitMetric("suiload_http_in_flight", 0);
        }
    }

    @Test
    void malformedAndDeepJsonIsA400ThatNamesTheBody() throws Exception {
        try (TestService service = new TestService(TestService.config()); RawConnection connection = service.connect()) {
            for (String body : List.of("", "{", "{\"a\":1,\"a\":2}", "[".repeat(33) + "]".repeat(33), "[".repeat(500_000))) {
                RawConnection.Answer answer = connection.post("/json", body).answer();
                assertEquals(400, answer.status());
                assertEquals("body", answer.json().string("details").split(" ")[0]);
            }
        }
    }

    private static String head(int length) {
        return "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n";
    }
}
