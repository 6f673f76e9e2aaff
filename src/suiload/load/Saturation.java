package suiload.load;

import java.util.Optional;
import suiload.report.Figures;
import suiload.report.Metric;

/**
 * Whether users asked for more than their shared connections carried. They were then served later than planned, which no threshold on
 * single requests shows: those count from when a connection was free.
 */
final class Saturation {
    private static final double WAITED_MILLIS = 1;

    private Saturation() {}

    /** In words, from {@code http_req_blocked}; empty where most requests found a connection free. */
    static Optional<String> of(Metric blocked) {
        double median = blocked instanceof Metric.Trend trend ? trend.percentile(50) : 0;
        return median < WAITED_MILLIS ? Optional.empty()
                : Optional.of("half of all requests waited " + Figures.milliseconds(median) + " or more for a connection, so users were served"
                        + " later than planned (http_req_e2e): lower the load, or raise CONNECTIONS_MAX if the service has room");
    }
}
