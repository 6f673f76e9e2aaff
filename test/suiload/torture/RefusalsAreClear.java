package suiload.torture;

import java.time.Duration;
import suiload.http.ChildJvm;

/** O3: refusals are cheap and clear. */
final class RefusalsAreClear implements Promise {
    private static final double ADMISSION_WAIT_MILLIS = 2000;
    private static final int BURST = 6000;
    private static final int SECONDS = 30;

    @Override
    public String id() {
        return "O3";
    }

    @Override
    public String promised() {
        return "503 with Retry-After, p99 within 50 ms after the admission wait at a steady 2C, within 1 s in a burst of 6,000; 0 resets, 0 client timeouts";
    }

    @Override
    public Measured run(long seed) throws Exception {
        Measured.Findings findings = new Measured.Findings();
        try (Overload overload = Overload.start()) {
            judge("2C", overload.at(2, SECONDS), 50, findings);
        }
        try (ChildJvm target = Target.start(2000); Traffic traffic = new Traffic(target.port())) {
            traffic.closed(connection -> connection.post("/echo", "warm").answer(), 50, Duration.ofSeconds(15));
            traffic.connected(BURST - traffic.connections());
            // The first one meets a heap that was never that full: how soon the machine gives it memory is part of its figure.
            burst("a burst of 6,000", traffic, findings);
            burst("another one", traffic, findings);
        }
        return findings.measured();
    }

    private static void burst(String what, Traffic traffic, Measured.Findings findings) {
        Traffic.Tally burst = traffic.burst(connection -> connection.post("/hold", "{}").answer(), BURST);
        judge(what, burst, 1000, findings);
        long answered = burst.statuses().values().stream().mapToLong(Long::longValue).sum();
        findings.add(answered == BURST, "%d complete answers %s", answered, burst.statuses());
    }

    private static void judge(String what, Traffic.Tally tally, double afterWait, Measured.Findings findings) {
        double over = tally.p99(tally.refused()) - ADMISSION_WAIT_MILLIS;
        long refused = tally.statuses().getOrDefault(503, 0L);
        findings.add(refused > 0 && refused == tally.refused().count(), "%s: %d refused, all with Retry-After", what, refused);
        findings.add(over <= afterWait, "p99 %.0f ms after the wait", over);
        findings.add(tally.resets() == 0 && tally.timeouts() == 0, "%d resets, %d timeouts", tally.resets(), tally.timeouts());
    }
}
