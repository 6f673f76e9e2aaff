package suiload.torture;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** O5: health and metrics answer while everything is taken. */
final class HealthWhileFull implements Promise {
    private static final int SECONDS = 20;
    private static final double PROBES_PER_SECOND = 20;

    @Override
    public String id() {
        return "O5";
    }

    @Override
    public String promised() {
        return "health and metrics p99 within 100 ms at 5C";
    }

    @Override
    public Measured run(long seed) throws Exception {
        AtomicReference<Traffic.Tally> load = new AtomicReference<>();
        try (Overload overload = Overload.start(); Traffic probes = new Traffic(overload.target().port())) {
            Thread flood = Thread.ofVirtual().start(() -> {
                try {
                    load.set(overload.at(5, SECONDS + 5));
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            Thread.sleep(3000);
            Traffic.Tally health = probes.open(connection -> connection.get("/").answer(), PROBES_PER_SECOND, Duration.ofSeconds(SECONDS / 2));
            Traffic.Tally metrics = probes.open(connection -> connection.get("/metrics").answer(), PROBES_PER_SECOND, Duration.ofSeconds(SECONDS / 2));
            flood.join();
            double healthP99 = health.p99(health.served());
            double metricsP99 = metrics.p99(metrics.served());
            return new Measured.Findings()
                    .add(healthP99 <= 100, "health p99 %.0f ms", healthP99)
                    .add(metricsP99 <= 100, "metrics p99 %.0f ms", metricsP99)
                    .add(health.served().count() + metrics.served().count() == PROBES_PER_SECOND * SECONDS, "every probe answered")
                    .add(load.get().refused().count() > 0, "%d refused meanwhile", load.get().refused().count())
                    .measured();
        }
    }
}
