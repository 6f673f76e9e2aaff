package suiload;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import suiload.http.HttpError;
import suiload.http.Policy;
import suiload.http.Request;
import suiload.http.Response;
import suiload.http.Routes;
import suiload.http.ServiceState;
import suiload.json.Json;
import suiload.metrics.Deadline;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.DatabaseException;
import suiload.sui.Cause;
import suiload.sui.Node;
import suiload.sui.NodeException;

/** What an operator asks: alive, ready, metrics, settings. None of it takes a permit. */
final class SystemRoutes {
    private static final Duration CHECK_BOUND = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);

    private final Settings settings;
    private final Database database;
    private final Node node;
    private final Metrics metrics;
    private final ReentrantLock asking = new ReentrantLock();
    private Map<String, Object> found = Map.of();
    private long askedNanos;

    private SystemRoutes(Settings settings, Database database, Node node, Metrics metrics) {
        this.settings = settings;
        this.database = database;
        this.node = node.because(Cause.HEALTH);
        this.metrics = metrics;
    }

    static void register(Routes routes, Settings settings, Database database, Node node, Metrics metrics) {
        var system = new SystemRoutes(settings, database, node, metrics);
        Response root = Response.json(Json.object("status", "healthy", "service", "User Provisioning Service",
                "version", Version.text(), "network", settings.text(Setting.NETWORK)));
        routes.add("GET", "/", Policy.OPEN, request -> root)
                .add("GET", "/health/live", Policy.OPEN, request -> Response.json(Json.object("status", "live")))
                .add("GET", "/health/ready", Policy.OPEN, system::ready)
                .add("GET", "/metrics", Policy.OPEN, system::metrics)
                .add("GET", "/settings", Policy.OPEN, system::settings);
    }

    private Response ready(Request request) {
        if (request.service() != ServiceState.READY) {
            throw HttpError.unavailable("not_ready", "Not ready: the service is " + request.service().name().toLowerCase(Locale.ROOT) + ".", RETRY_SOON);
        }
        Map<String, Object> parts = parts();
        if (parts.values().stream().allMatch("ok"::equals)) return Response.json(Json.object("status", "ready", "parts", parts));
        throw HttpError.unavailable("not_ready", "Not ready: " + parts, RETRY_SOON);
    }

    /** Asked by one at a time, and not again within a moment: whoever asks for readiness takes no permit, and must not take the pool. */
    private Map<String, Object> parts() {
        asking.lock();
        try {
            if (found.isEmpty() || System.nanoTime() - askedNanos > FRESH.toNanos()) {
                Map<String, Object> parts = new LinkedHashMap<>();
                parts.put("database", state(this::askDatabase));
                parts.put("node", state(() -> node.info(Deadline.after(CHECK_BOUND))));
                found = parts;
                askedNanos = System.nanoTime();
            }
            return found;
        } finally {
            asking.unlock();
        }
    }

    private void askDatabase() {
        database.transaction(Deadline.after(CHECK_BOUND), session -> session.first("SELECT 1 AS one", row -> row.intValue("one")));
    }

    private static String state(Runnable question) {
        try {
            question.run();
            return "ok";
        } catch (DatabaseException e) {
            return e.getMessage();
        } catch (NodeException e) {
            return ErrorTable.answer(e).details();
        }
    }

    private Response metrics(Request request) {
        return Response.bytes(200, Metrics.CONTENT_TYPE, metrics.prometheus().getBytes(StandardCharsets.UTF_8));
    }

    /** The effective settings, secrets masked; still nobody's business but the operator's. */
    private Response settings(Request request) {
        if (!request.local()) throw HttpError.forbidden("local_only", "Settings are shown to this machine only.");
        return Response.json(settings.effective());
    }
}
