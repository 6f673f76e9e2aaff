package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: neither a web page on this machine nor a proxy passes for a local user, and writes need the token once there is one. */
class AccessTest {
    private static final String LOCAL = "Host: localhost\r\n";

    private static TestService service() throws IOException {
        return new TestService(TestService.config(), routes -> routes.add("GET", "/local", Policy.GUARDED, request -> Response.json(request.local())));
    }

    @Test
    void localMeansThisMachineAndNoPage() throws Exception {
        try (TestService service = service()) {
            for (String host : List.of("localhost", "LOCALHOST:4321", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:9")) {
                assertEquals("true", local(service, "Host: " + host + "\r\n"), host);
            }
            assertEquals("true", local(service, "Host: localhost:1\r\nOrigin: http://localhost:1\r\n"));
            for (String header : List.of("Forwarded: for=1.2.3.4", "X-Forwarded-For: 127.0.0.1", "Via: 1.1 proxy", "X-Real-IP: ::1")) {
                assertEquals("false", local(service, LOCAL + header + "\r\n"), header);
            }
        }
    }

    @Test
    void foreignHostsAndOriginsAreRefused() throws Exception {
        try (TestService service = service()) {
            for (String host : List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::2]")) {
                assertEquals("foreign_host", refusal(service, "Host: " + host + "\r\n"), host);
            }
            for (String origin : List.of("http://evil.example", "null", "https://localhost", "http://localhost:8080", "http://localhost.evil.example")) {
                assertEquals("foreign_origin", refusal(service, LOCAL + "Origin: " + origin + "\r\n"), origin);
            }
        }
    }

    @Test
    void writesNeedTheToken() throws Exception {
        var config = TestService.config().withAdminToken(AdminToken.of("s3cret"));
        assertEquals(false, config.toString().contains("s3cret"), "a configuration may be printed");
        try (TestService service = new TestService(config)) {
            assertEquals(200, status(service, "GET / HTTP/1.1\r\n" + LOCAL + "\r\n"));
            assertEquals(200, status(service, "POST /echo HTTP/1.1\r\n" + LOCAL + "Authorization: Bearer s3cret\r\n\r\n"));
            assertEquals(200, status(service, "POST /echo HTTP/1.1\r\n" + LOCAL + "Authorization: bearer s3cret\r\n\r\n"));
            for (String wrong : List.of("", "Authorization: Bearer s3cre\r\n", "Authorization: Bearer\r\n", "Authorization: s3cret\r\n",
                    "Authorization: Basic s3cret\r\n", "Authorization: Bearer s3cret2\r\n")) {
                assertEquals(401, status(service, "POST /echo HTTP/1.1\r\n" + LOCAL + wrong + "\r\n"), wrong);
            }
            assertEquals(2, service.handled.get());
        }
    }

    private static String local(TestService service, String headers) throws IOException {
        try (RawConnection connection = service.connect()) {
            return connection.send("GET /local HTTP/1.1\r\n" + headers + "\r\n").answer().text();
        }
    }

    private static String refusal(TestService service, String headers) throws IOException {
        try (RawConnection connection = service.connect()) {
            RawConnection.Answer answer = connection.send("GET /local HTTP/1.1\r\n" + headers + "\r\n").answer();
            assertEquals(403, answer.status());
            return answer.json().string("code");
        }
    }

    private static int status(TestService service, String request) throws IOException {
        try (RawConnection connection = service.connect()) {
            return connection.send(request).answer().status();
        }
    }
}
