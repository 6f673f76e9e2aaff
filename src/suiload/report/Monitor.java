package suiload.report;

import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** One line per look at a running service's figures: what it uses, what it holds, what it does. */
public final class Monitor {
    public static final String HEADING =
            "    time   cpu %  rss MB  conns  permits  waiting  req/s  p95 ms  err/s   db  db wait  node/s  unsettled";

    private static final String ROW = "%8s %7s %7s %6s %8s %8s %6s %7s %6s %4s %8s %7s %10s";
    private static final String REQUESTS = "suiload_http_requests_total";
    private static final double MEGA = 1e6;
    private static final double P95 = 0.95;
    private static final Predicate<String> ALL = labels -> true;
    /** What the service could not do: its own faults, and what its limits refused. */
    private static final Predicate<String> ERRORS = labels -> labels.matches(".*status=\"(5..|408|429)\".*");

    private final Exposition before;
    private final Exposition now;
    private final double seconds;

    public Monitor(Exposition before, Exposition now, Duration between) {
        this.before = before;
        this.now = now;
        this.seconds = Math.max(1, between.toMillis()) / 1000.0;
    }

    public String row(LocalTime time) {
        return ROW.formatted(
                time.truncatedTo(ChronoUnit.SECONDS).format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME),
                whole(perSecond("suiload_process_cpu_seconds_total", ALL), 100),
                whole(now.sum("suiload_process_resident_bytes"), 1 / MEGA),
                whole(now.sum("suiload_http_connections"), 1),
                whole(now.sum("suiload_http_permits_in_use"), 1),
                whole(now.sum("suiload_http_waiting"), 1),
                whole(perSecond(REQUESTS, ALL), 1),
                p95(),
                whole(perSecond(REQUESTS, ERRORS), 1),
                whole(now.sum("suiload_database_connections", labels -> labels.contains("active")), 1),
                whole(now.sum("suiload_database_waiting"), 1),
                whole(perSecond("suiload_node_calls_total", ALL), 1),
                whole(now.sum("suiload_transactions_in_hand"), 1));
    }

    private OptionalDouble perSecond(String counter, Predicate<String> labels) {
        OptionalDouble growth = now.growth(before, counter, labels);
        return growth.isEmpty() ? growth : OptionalDouble.of(growth.getAsDouble() / seconds);
    }

    private String p95() {
        OptionalDouble bound = now.quantile(before, "suiload_http_request_seconds", P95);
        if (bound.isEmpty()) {
            return "-";
        }
        if (bound.getAsDouble() == Double.POSITIVE_INFINITY) {
            return ">30000";
        }
        return "<" + Figures.plain(bound.getAsDouble() * 1000);
    }

    private static String whole(OptionalDouble value, double factor) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f", value.getAsDouble() * factor);
    }
}
