package suiload.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import suiload.metrics.Metrics;

/**
 * Goal (short O1, H2): with our JDK server properties no kept-alive client loses its connection and every slow sender does;
 * with the JDK's default of 200 idle connections clients do lose theirs, so this test can fail.
 */
class JdkLimitsTest {
    /** The child: echoes until its standard input ends. */
    static final class Echo {
        public static void main(String[] arguments) throws IOException {
            Routes routes = new Routes()
                    .add("POST", "/echo", Policy.GUARDED, request -> Response.bytes(200, "application/octet-stream", request.body()));
            try (HttpService service = HttpService.start(HttpConfig.service("127.0.0.1", 0), routes, fault -> HttpError.internal(), new Metrics())) {
                service.ready();
                System.out.println(service.port());
                System.in.readAllBytes();
            }
        }
    }

    private static final int CLIENTS = 300;
    private static final int SLOW = 30;

    @Test
    void withTheJdksIdleLimitClientsLoseTheirConnections() throws IOException {
        int lost = lostConnections("-Dsun.net.httpserver.maxIdleConnections=200");
        assertTrue(lost > 0, lost + " of " + CLIENTS + " connections were closed under their clients");
    }

    @Test
    void withOursNoneDoes() throws IOException {
        assertEquals(0, lostConnections());
    }

    private static int lostConnections(String... flags) throws IOException {
        List<RawConnection> clients = new ArrayList<>();
        try (ChildJvm service = ChildJvm.start(Echo.class, List.of(flags))) {
            for (int i = 0; i < CLIENTS; i++) {
                RawConnection client = service.connect();
                clients.add(client);
                assertEquals(200, client.post("/echo", "x").answer().status());
            }
            int lost = 0;
            for (RawConnection client : clients) {
                lost += answers(client) ? 0 : 1;
            }
            return lost;
        } finally {
            for (RawConnection client : clients) {
                client.close();
            }
        }
    }

    private static boolean answers(RawConnection client) {
        try {
            return client.post("/echo", "x").answer().status() == 200;
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void slowSendersAreEndedAndOthersServed() throws IOException {
        List<RawConnection> slow = new ArrayList<>();
        try (ChildJvm service = ChildJvm.start(Echo.class, List.of("-Dsun.net.httpserver.maxReqTime=2"))) {
            for (int i = 0; i < SLOW; i++) {
                slow.add(service.connect().send("POST /echo HTTP/1.1\r\nHost: lo"));
                slow.add(service.connect().send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nslow"));
                slow.add(service.connect());
            }
            try (RawConnection other = service.connect()) {
                for (int i = 0; i < 100; i++) {
                    assertEquals(200, other.post("/echo", "x").answer().status());
                }
            }
            for (RawConnection connection : slow) {
                connection.end();
            }
        } finally {
            for (RawConnection connection : slow) {
                connection.close();
            }
        }
    }
}
