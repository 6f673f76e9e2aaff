package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Goal (short O2, O3, O5): past the limit every client gets a complete answer, the permits stay busy, and health still answers. */
class AdmissionTest {
    private static final Duration LONG = Duration.ofSeconds(15);

    @Test
    void everyRequestOfABurstGetsACompleteAnswer() throws Exception {
        try (TestService service = new TestService(TestService.config(10, 20, Duration.ofMillis(100), LONG))) {
            List<RawConnection> burst = post(service, 60);
            service.awaitHandled(10);
            Map<Integer, Integer> refused = new TreeMap<>();
            // 20 wait and are refused after the wait, 30 are refused at once; the 10 are held.
            service.awaitMetric("suiload_http_requests_total{route=\"/hold\",status=\"503\"}", 50);
            assertTrue(service.metrics.prometheus().contains("suiload_http_requests_total{route=\"/hold\",status=\"500\"} 0"),
                    "there from the start, so that an alert sees the first one");
            assertEquals(10, service.handled.get());
            service.release.countDown();
            for (RawConnection connection : burst) {
                RawConnection.Answer answer = connection.answer();
                refused.merge(answer.status(), 1, Integer::sum);
                if (answer.status() == 503) {
                    assertEquals("overloaded", answer.json().string("code"));
                    assertEquals("1", answer.header("Retry-After"));
                    assertEquals(null, answer.header("Connection"), "a refused client keeps its connection");
                }
                connection.close();
            }
            assertEquals(Map.of(200, 10, 503, 50), refused);
            service.awaitMetric("suiload_http_permits_in_use", 0);
            assertEquals(0, service.metric("suiload_http_waiting"));
        }
    }

    @Test
    void whoWaitsGetsThePermitThatComesFree() throws Exception {
        try (TestService service = new TestService(TestService.config(2, 20, LONG.minusSeconds(5), LONG))) {
            List<RawConnection> all = post(service, 12);
            service.awaitHandled(2);
            service.release.countDown();
            for (RawConnection connection : all) {
                assertEquals(200, connection.answer().status());
                connection.close();
            }
            assertEquals(12, service.handled.get());
        }
    }

    @Test
    void healthAnswersWhileAllPermitsAreTaken() throws Exception {
        try (TestService service = new TestService(TestService.config(1, 5, LONG.minusSeconds(5), LONG))) {
            List<RawConnection> all = post(service, 6);
            service.awaitHandled(1);
            try (RawConnection health = service.connect()) {
                for (int i = 0; i < 20; i++) {
                    assertEquals(200, health.get("/").answer().status());
                }
            }
            assertEquals(1, service.handled.get(), "permits were taken all the while");
            assertEquals(1, service.metric("suiload_http_permits_in_use"));
            service.release.countDown();
            for (RawConnection connection : all) {
                assertEquals(200, connection.answer().status());
                connection.close();
            }
        }
    }

    @Test
    void afterOverloadNothingIsRefused() throws Exception {
        try (TestService service = new TestService(TestService.config(4, 4, Duration.ofMillis(50), LONG))) {
            List<RawConnection> burst = post(service, 40);
            service.awaitMetric("suiload_http_requests_total{route=\"/hold\",status=\"503\"}", 36);
            service.release.countDown();
            for (RawConnection connection : burst) {
                assertTrue(List.of(200, 503).contains(connection.answer().status()));
                for (int i = 0; i < 3; i++) {
                    assertEquals(200, connection.post("/echo", "x").answer().status(), "the same connection serves on");
                }
                connection.close();
            }
        }
    }

    private static List<RawConnection> post(TestService service, int count) throws IOException {
        List<RawConnection> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(service.connect().post("/hold", "{}"));
        }
        return all;
    }
}
