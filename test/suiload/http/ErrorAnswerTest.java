package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import suiload.json.Json;
import suiload.metrics.LogCapture;

/** Goal (short H4): every error is valid escaped JSON with its request id, and tells nothing of the inside. */
class ErrorAnswerTest {
    private static final Set<String> SHAPE = Set.of("error", "details", "code", "request_id");

    @Test
    void aBugShowsNothingAndIsLoggedInFull() throws Exception {
        try (LogCapture log = new LogCapture();
                TestService service = new TestService(TestService.config());
                RawConnection connection = service.connect()) {
            RawConnection.Answer answer = connection.get("/fail").answer();
            assertEquals(500, answer.status());
            checkShape(answer);
            var record = log.records().stream().filter(r -> r.getMessage().startsWith("event=http.fault")).findFirst().orElseThrow();
            assertEquals("secret detail", record.getThrown().getMessage());
            assertTrue(record.getMessage().contains("request_id=" + answer.header("X-Request-Id")), record.getMessage());
        }
    }

    @Test
    void hostilePathsAndBodiesComeBackAsJson() throws Exception {
        try (TestService service = new TestService(TestService.config()); RawConnection connection = service.connect()) {
            for (String path : List.of("/%3Cscript%3E", "/nope%22%7D%5C", "/%F0%9F%92%A9", "/things/", "/things//x", "/;drop%20table", "/'")) {
                RawConnection.Answer answer = connection.get(path).answer();
                assertEquals(404, answer.status(), path);
                checkShape(answer);
            }
            for (String body : List.of("{\"<script>\\u0000\":", "\"'; select 1; --", "{\"a\":\"\\ud800\"")) {
                RawConnection.Answer answer = connection.post("/json", body).answer();
                assertEquals(400, answer.status(), body);
                checkShape(answer);
            }
        }
    }

    @Test
    void aWrongMethodNamesTheRightOnes() throws Exception {
        try (TestService service = new TestService(TestService.config()); RawConnection connection = service.connect()) {
            RawConnection.Answer answer = connection.get("/echo").answer();
            assertEquals(405, answer.status());
            assertEquals("POST", answer.header("Allow"));
            checkShape(answer);
            assertEquals("GET, HEAD", connection.post("/things/1", "").answer().header("Allow"));
        }
    }

    @Test
    void onlyHarmlessRequestIdsAreEchoed() throws Exception {
        try (TestService service = new TestService(TestService.config()); RawConnection connection = service.connect()) {
            assertEquals("abc-1", echoed(connection, "abc-1"));
            for (String id : List.of("a b", "\"", "<x>", "x".repeat(129), "é", "a=\\n")) {
                String generated = echoed(connection, id);
                assertFalse(generated.isEmpty() || generated.equals(id), id);
            }
        }
    }

    private static String echoed(RawConnection connection, String id) throws IOException {
        return connection.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id + "\r\n\r\n").answer().header("X-Request-Id");
    }

    private static void checkShape(RawConnection.Answer answer) {
        Json error = answer.json();
        assertEquals(SHAPE, error.entries().keySet());
        assertEquals("application/json; charset=utf-8", answer.header("Content-Type"));
        assertEquals(answer.header("X-Request-Id"), error.string("request_id"));
        assertTrue(error.string("code").matches("[a-z_]+"));
        for (String inside : List.of("java.", "suiload.", "Exception", "jackson", "\tat ", "select", "secret detail")) {
            assertFalse(answer.text().contains(inside), answer.text());
        }
    }
}
