package suiload.http;

import org.junit.jupiter.api.Test;

/** Goal: a client that is gone before its answer is counted as such, and the JDK server hears of it: else it keeps the connection for ever. */
class ClientsGoneTest {
    @Test
    void aResetBeforeASmallAnswerIsALostRequest() throws Exception {
        try (TestService service = new TestService(TestService.config())) {
            for (int i = 0; i < 20; i++) {
                RawConnection client = service.connect().post("/hold", "{}");
                service.awaitHandled(i + 1);
                client.reset();
            }
            service.release.countDown();
            service.awaitMetric("suiload_http_requests_lost_total{route=\"/hold\"}", 20);
            service.awaitMetric("suiload_http_in_flight", 0);
        }
    }
}
