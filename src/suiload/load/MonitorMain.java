package suiload.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import suiload.report.Exposition;
import suiload.report.Monitor;

/** {@code suiload monitor}: prints a line a second about a running service until it is interrupted. */
public final class MonitorMain {
    private static final int OK = 0;
    private static final int UNREACHABLE = 100;
    private static final int BAD_SETTINGS = 104;
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int HEADING_EVERY = 20;

    private final URI metrics;
    private final PrintStream out;
    private final HttpClient client;

    private MonitorMain(URI metrics, PrintStream out, HttpClient client) {
        this.metrics = metrics;
        this.out = out;
        this.client = client;
    }

    /**
     * @param arguments none, or how many lines to print
     * @param environment {@code PROVISIONING_API_URL}, else {@code PORT} on this machine
     * @return exit code: 0 after the lines asked for, 100 when the service does not answer at first, 104 for a bad argument or setting
     */
    public static int run(String[] arguments, Map<String, String> environment) throws InterruptedException {
        return run(arguments, environment, System.out);
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out) throws InterruptedException {
        boolean counted = arguments.length == 1 && arguments[0].matches("[1-9][0-9]{0,8}");
        if (arguments.length > 0 && !counted) {
            out.println("suiload monitor [LINES]: LINES is a whole number");
            return BAD_SETTINGS;
        }
        Variables variables = new Variables(environment);
        URI service = LoadVariables.url(variables);
        if (!variables.complaints().isEmpty()) {
            variables.complaints().forEach(complaint -> out.println("suiload monitor: " + complaint));
            return BAD_SETTINGS;
        }
        long lines = counted ? Long.parseLong(arguments[0]) : Long.MAX_VALUE;
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build()) {
            return new MonitorMain(service.resolve("/metrics"), out, client).watch(lines);
        }
    }

    private int watch(long lines) throws InterruptedException {
        Exposition before;
        try {
            before = scrape();
        } catch (IOException unreachable) {
            out.println("suiload monitor: no service at " + metrics + ". Start one with 'make run', or set PROVISIONING_API_URL.");
            return UNREACHABLE;
        }
        long taken = System.nanoTime();
        for (long line = 0; line < lines; line++) {
            Thread.sleep(EVERY);
            if (line % HEADING_EVERY == 0) {
                out.println(Monitor.HEADING);
            }
            try {
                Exposition now = scrape();
                out.println(new Monitor(before, now, Duration.ofNanos(System.nanoTime() - taken)).row(LocalTime.now()));
                before = now;
                taken = System.nanoTime();
            } catch (IOException away) {
                out.println("no answer");
            }
        }
        return OK;
    }

    private Exposition scrape() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(metrics).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return Exposition.parse(answer.body());
    }
}
