package suiload.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import suiload.http.HttpConfig;
import suiload.http.HttpError;
import suiload.http.HttpService;
import suiload.http.Policy;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.json.Json;
import suiload.metrics.Metrics;

/**
 * The report's charts while the run is on, at a loopback address, by server-sent events. A page that comes late, or comes
 * back, is told everything from the beginning.
 */
public final class Dashboard implements AutoCloseable {
    /** Where it is looked for. */
    public static final int PORT = 5665;

    /** Four hours of rows, a second each; older ones are forgotten. */
    private static final int EVENTS_MAX = 14_400;
    /** A comment at least this often shows that the connection lives, and finds out pages that are gone. */
    private static final long SILENCE_SECONDS = 10;

    private final EventLog log = new EventLog(EVENTS_MAX);
    private final HttpService service;

    private Dashboard(int port, String page) throws IOException {
        var routes = new Routes();
        routes.add("GET", "/", Policy.OPEN, request -> Response.text(200, "text/html; charset=utf-8", page));
        routes.add("GET", "/events", Policy.STREAM, request ->
                Response.stream("text/event-stream; charset=utf-8", this::follow).withHeader("Cache-Control", "no-store"));
        service = HttpService.start(HttpConfig.plain("127.0.0.1", port), routes,
                fault -> HttpError.of(500, "internal_error", "Internal error", "The dashboard failed."), new Metrics());
    }

    /**
     * @param port on 127.0.0.1; 0 for any free one
     * @param subtitle what is run, in a line
     * @param notes sentences worth reading, such as that the network is embedded
     * @throws IOException when the port is taken
     */
    public static Dashboard start(int port, String subtitle, List<String> notes) throws IOException {
        String page = Html.page("dashboard.html", Map.of("subtitle", Html.escape(subtitle),
                "notes", notes.stream().map(Html::note).collect(Collectors.joining()), "tiles", tiles(),
                "footer", "This page asks nobody but the load driver on this machine."));
        return new Dashboard(port, page);
    }

    public int port() {
        return service.port();
    }

    public void phase(Timeline.Phase phase) {
        log.add(event("phase", ChartData.phase(phase)));
    }

    public void row(Timeline.Row row) {
        log.add(event("row", ChartData.row(row)));
    }

    /**
     * The run is over: pages keep what they show, and say {@code text}.
     *
     * @param held whether it is good news
     */
    public void end(String text, boolean held) {
        log.add(event("end", Json.object("text", text, "held", held)));
        log.end();
    }

    @Override
    public void close() {
        service.close();
    }

    private void follow(OutputStream out) throws IOException, InterruptedException {
        write(out, event("start", Json.object()));
        EventLog.Batch batch = log.from(0, 0);
        while (true) {
            for (String event : batch.events()) write(out, event);
            if (batch.last()) return;
            if (batch.events().isEmpty()) write(out, ":\n\n");
            out.flush();
            batch = log.from(batch.next(), SILENCE_SECONDS);
        }
    }

    private static String tiles() {
        return liveTile(Column.USERS_ACTIVE, "", "active users") + liveTile(Column.USERS_PASSIVE, "", "passive users")
                + liveTile(Column.REQUESTS, "", "requests per second")
                + liveTile(Column.percentile(Column.REQUEST, 95), "ms", "request latency, p95")
                + liveTile(Column.percentile(Column.DELIVERY, 95), "ms", "delivery, p95")
                + liveTile(Column.FAILED, "", "failed per second") + liveTile(Column.RESETS, "", "resets per second")
                + liveTile(Column.MESSAGES_SENT, "", "messages sent per second");
    }

    private static String liveTile(String column, String unit, String label) {
        return "<div class=\"tile\"><b data-column=\"" + column + "\" data-unit=\"" + unit + "\">–</b><span>" + label + "</span></div>\n";
    }

    private static String event(String name, Map<String, Object> data) {
        return "event: " + name + "\ndata: " + Json.text(data) + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
