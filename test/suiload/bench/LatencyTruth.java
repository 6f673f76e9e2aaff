package suiload.bench;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import suiload.load.StandIn;
import suiload.metrics.Latencies;
import suiload.metrics.LatencySnapshot;

/** P7: the driver's latencies against those that are recorded at the socket of a server with random delays. */
final class LatencyTruth implements Measure {
    private static final double MEDIAN_MILLIS = 40;
    private static final double SPREAD = 0.8;
    private static final int[] PERCENTILES = {50, 95, 99};

    @Override
    public String id() {
        return "P7";
    }

    @Override
    public String what() {
        return "driver's latency against the record at the server's socket, log-normal delays with a median of 40 ms";
    }

    @Override
    public String goal() {
        return "p50, p95, p99 within 2 % or 1 ms";
    }

    @Override
    public Findings take() throws Exception {
        Findings found = new Findings();
        for (String connections : List.of("per-user", "shared")) run(found, connections);
        return found;
    }

    private static void run(Findings found, String connections) throws Exception {
        Latencies truth = new Latencies();
        Random random = new Random(7);
        DriverRun run;
        // Not in whole milliseconds: such a distribution has gaps, and a percentile that falls into one says little about the rest.
        Supplier<Duration> delay = () -> Duration.ofNanos(Math.round(MEDIAN_MILLIS * 1e6 * Math.exp(SPREAD * random.nextGaussian())));
        // The driver counts what its users ask for, not its own looks at health and metrics.
        try (StandIn server = StandIn.start().withDelays(delay);
                WireTap wire = new WireTap(server.port(), line -> !line.matches("GET /(metrics|health\\S*)? .*"), truth)) {
            run = DriverRun.of("load", "PROVISIONING_API_URL=" + wire.url(), "CONNECTIONS=" + connections, "ACTIVE=250", "PASSIVE=1000",
                    "DURATION=60s", "SEED=7", "THRESHOLDS=http_req_duration:p(95)<60000");
        }
        LatencySnapshot served = truth.total();
        found.note("requests, " + connections, served.count(), "");
        for (int percentile : PERCENTILES) {
            double own = run.figure("http_req_duration", percentile == 50 ? "med" : "p(" + percentile + ")");
            double real = served.percentile(percentile) / 1000.0;
            String name = "p" + percentile + ", " + connections;
            found.note(name, own, "ms").add(name + ", off by", own - real, "ms", Math.abs(own - real) <= Math.max(1, 0.02 * real));
        }
        run.judged(found);
    }
}
