package suiload.torture;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** S2: ready says what it means: the first requests after it are served. */
final class ReadyWhenWarm implements Promise {
    private static final int REQUESTS = 1_000;
    private static final int USERS = 20;
    private static final Duration COLD = Duration.ofSeconds(10);
    private static final Duration WARM = Duration.ofSeconds(3);

    @Override
    public String id() {
        return "S2";
    }

    @Override
    public String promised() {
        return "ready within 10 s of a cold start, 3 s of a warm one; the first 1,000 requests at 0.5C meet no refusal";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var findings = new Measured.Findings();
        long began = System.nanoTime();
        try (var service = WholeService.start()) {
            within(findings, "cold start", Duration.ofNanos(System.nanoTime() - began), COLD);
            var load = new ChatLoad(Chat.begin(service, USERS));
            double rate = load.capacity(service.port()) / 2;
            service.terminate();
            if (!service.process().waitFor(60, TimeUnit.SECONDS)) service.kill();
            within(findings, "warm start", service.restart(), WARM);
            Traffic.Tally first = load.open(service.port(), rate, Duration.ofNanos(Math.round(REQUESTS / rate * 1e9)));
            long served = first.statuses().getOrDefault(200, 0L);
            findings.add(served >= REQUESTS - 1 && first.statuses().size() == 1, "then %d sends at %.0f/s: %s", REQUESTS, rate,
                            first.statuses())
                    .add(first.resets() + first.timeouts() + first.unconnected() == 0, "0 without an answer");
        }
        return findings.measured();
    }

    private static void within(Measured.Findings findings, String what, Duration took, Duration most) {
        findings.add(took.compareTo(most) <= 0, "%s %.1f s", what, took.toMillis() / 1e3);
    }
}
