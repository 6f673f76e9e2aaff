package suiload.sui;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import suiload.metrics.Counter;
import suiload.metrics.Metrics;
import suiload.metrics.Timer;

/** What the node is asked, in numbers: calls on the wire by method and cause are the figure that the service is judged by. */
final class CallCounts {
    private final Metrics metrics;
    private final Map<Method, Map<Cause, Counter>> attempts = new HashMap<>();
    private final Map<Method, Counter> retries = new HashMap<>();
    private final Map<Method, Timer> times = new HashMap<>();

    /** @param methods all that will be called */
    CallCounts(Metrics metrics, Collection<? extends Method> methods) {
        this.metrics = metrics;
        for (Method method : methods) {
            Map<Cause, Counter> byCause = new EnumMap<>(Cause.class);
            for (Cause cause : Cause.values()) byCause.put(cause, metrics.counter("suiload_node_calls_total",
                    "Calls to the node, every attempt counted.", "method", method.label(), "cause", cause.label()));
            attempts.put(method, byCause);
            retries.put(method, metrics.counter("suiload_node_retries_total", "Reads that were tried again.", "method", method.label()));
            times.put(method, metrics.timer("suiload_node_call_seconds", "Duration of one attempt.", "method", method.label()));
        }
    }

    void watch(DoubleSupplier inFlight, DoubleSupplier waiting, DoubleSupplier well) {
        metrics.gauge("suiload_node_calls_in_flight", "Calls under way.", inFlight);
        metrics.gauge("suiload_node_calls_waiting", "Calls that wait for a place.", waiting);
        metrics.gauge("suiload_node_endpoints_well", "Endpoints that answer and do not limit our rate.", well);
    }

    void attempt(Method method, Cause cause) {
        attempts.get(method).get(cause).increment();
    }

    void retry(Method method) {
        retries.get(method).increment();
    }

    void failure(Method method, CallFailure.Kind kind) {
        metrics.counter("suiload_node_failures_total", "Attempts that brought no answer, by what went wrong.",
                "method", method.label(), "kind", kind.name().toLowerCase(java.util.Locale.ROOT)).increment();
    }

    void time(Method method, long nanos) {
        times.get(method).recordNanos(nanos);
    }
}
