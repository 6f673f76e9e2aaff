package suiload.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import suiload.http.ChildJvm;
import suiload.http.RawConnection;
import suiload.json.Json;
import suiload.json.JsonException;

/** H4: errors leak nothing, whatever the path and the body. */
final class ErrorsLeakNothing implements Promise {
    private static final int CASES = 10_000;
    private static final Set<String> SHAPE = Set.of("error", "details", "code", "request_id");
    private static final List<String> INSIDE = List.of("java.", "suiload.", "Exception", "jackson", "\tat ", "SELECT ", "inside ");
    private static final List<String> PARTS = List.of(
            "%3Cscript%3E", "%22%7D", "';--", "%5C", "%E2%80%A8", "%F0%9F%92%A9", "$%7Bjndi:x%7D", "things", "fail", "json", "n=9999", "%ff", "%7F", "..", "a");

    @Override
    public String id() {
        return "H4";
    }

    @Override
    public String promised() {
        return "hostile paths and bodies: valid escaped JSON, request id, no class name, SQL or stack trace";
    }

    @Override
    public Measured run(long seed) throws Exception {
        Random random = new Random(seed);
        List<String> leaks = new ArrayList<>();
        int errors = 0;
        try (ChildJvm target = Target.start(2000)) {
            for (int i = 0; i < CASES; i++) {
                String request = random.nextBoolean() ? hostilePath(random) : hostileBody(random);
                RawConnection.Answer answer = ask(target, request);
                errors += answer.status() >= 400 ? 1 : 0;
                if (answer.status() >= 400 && !clean(answer)) {
                    leaks.add(request.lines().findFirst().orElse("") + " → " + answer.text());
                }
            }
        }
        return new Measured.Findings()
                .add(leaks.isEmpty(), "%d errors of %d requests, unclean: %d %s", errors, CASES, leaks.size(), leaks.stream().limit(3).toList())
                .measured();
    }

    private static RawConnection.Answer ask(ChildJvm target, String request) throws IOException {
        try (RawConnection connection = target.connect()) {
            return connection.send(request).answer();
        }
    }

    private static boolean clean(RawConnection.Answer answer) {
        if (INSIDE.stream().anyMatch(answer.text()::contains)) {
            return false;
        }
        try {
            Json error = answer.json();
            return error.entries().keySet().equals(SHAPE) && error.string("request_id").equals(answer.header("X-Request-Id"));
        } catch (JsonException notJson) {
            return false;
        }
    }

    private static String hostilePath(Random random) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i <= random.nextInt(4); i++) {
            path.append('/').append(PARTS.get(random.nextInt(PARTS.size())));
        }
        String query = random.nextBoolean() ? "?n=" + PARTS.get(random.nextInt(PARTS.size())) : "";
        return "GET " + path + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String hostileBody(Random random) {
        StringBuilder body = new StringBuilder("{\"a\":\"");
        for (int i = 0; i < random.nextInt(40); i++) {
            body.append((char) random.nextInt(256));
        }
        return "POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
