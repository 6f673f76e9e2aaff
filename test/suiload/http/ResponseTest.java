package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import suiload.metrics.LogCapture;

/** Goal: HEAD, empty and large answers keep the connection in step, and the access log has a line per request. */
class ResponseTest {
    @Test
    void headHasTheLengthOfGetAndNoBody() throws Exception {
        try (TestService service = new TestService(TestService.config()); RawConnection connection = service.connect()) {
            String length = connection.get("/").answer().header("Content-Length");
            RawConnection.Answer head = connection.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n").head();
            assertEquals(200, head.status());
            assertEquals(length, head.header("Content-Length"));
            assertEquals(405, connection.send("HEAD /echo HTTP/1.1\r\nHost: localhost\r\n\r\n").head().status());
            assertEquals(200, connection.get("/").answer().status(), "no body was in the way");
        }
    }

    @Test
    void emptyAndLargeAnswersKeepTheConnection() throws Exception {
        try (TestService service = new TestService(TestService.config(), routes ->
                        routes.add("POST", "/empty", Policy.GUARDED, request -> Response.empty(204).withHeader("X-Test", "y")));
                RawConnection connection = service.connect()) {
            for (int i = 0; i < 3; i++) {
                RawConnection.Answer empty = connection.post("/empty", "{}").answer();
                assertEquals(204, empty.status());
                assertEquals("y", empty.header("X-Test"));
                assertEquals(1 << 20, connection.get("/big").answer().body().length);
            }
            assertEquals(1, service.metric("suiload_http_connections"));
        }
    }

    @Test
    void theAccessLogHasALinePerRequest() throws Exception {
        try (LogCapture log = new LogCapture();
                TestService service = new TestService(TestService.config().withAccessLog(true));
                RawConnection connection = service.connect()) {
            connection.send("GET /things/7 HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: r7\r\n\r\n").answer();
            TestService.await("the line", () -> log.messages().stream().anyMatch(message -> message.contains("r7")));
            String line = log.messages().stream().filter(message -> message.contains("r7")).findFirst().orElseThrow();
            assertTrue(line.startsWith("event=http.request request_id=r7 method=GET path=/things/7 route=/things/{id} status=200 ms="), line);
        }
    }
}
