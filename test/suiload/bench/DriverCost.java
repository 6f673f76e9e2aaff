package suiload.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.http.ChildJvm;
import suiload.load.K6;
import suiload.load.StandIn;

/**
 * P6: what the driver itself takes for 1,250 users against a stand-in for the service, five minutes with warm-up. The yardstick is k6 with
 * {@code conf/k6/messaging.js}, run here where it is on the PATH: CPU per request differs several times between machines, and with
 * how idle one is, so k6's figures of another one say little.
 */
final class DriverCost implements Measure {
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final String ACTIVE = "250";
    private static final String PASSIVE = "1000";
    private static final String DURATION = "280s";
    /** Version 0.48 on another machine. */
    private static final Cost RECORDED = new Cost(11.8, 296);

    /**
     * @param cpu       seconds per 100,000 requests
     * @param megabytes resident at most
     */
    private record Cost(double cpu, double megabytes) {}

    @Override
    public String id() {
        return "P6";
    }

    @Override
    public String what() {
        return "driver, 5 minutes: CPU seconds per 100,000 requests, resident memory, at 1,250 users; beside k6 ("
                + (K6.installed().isPresent() ? "run here" : "not on the PATH: 0.48 recorded on another machine, 11.8 s, 296 MB") + ")";
    }

    @Override
    public String goal() {
        return "shared ≤ 0.8× k6's CPU, ≤ 0.7× its memory; per-user ≤ 2×, ≤ 1×; ≤ 60 kB heap a user in shared mode";
    }

    @Override
    public Findings take() throws Exception {
        Findings found = new Findings();
        Cost yardstick = RECORDED;
        Optional<K6> k6 = K6.installed();
        if (k6.isPresent()) {
            yardstick = measured(k6.get());
            found.remark(k6.get().version()).note("CPU, k6", yardstick.cpu(), "s").note("resident, k6", yardstick.megabytes(), "MB");
        }
        run(found, "shared", yardstick, 0.8, 0.7);
        run(found, "per-user", yardstick, 2, 1);
        return found;
    }

    private static Cost measured(K6 k6) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(HOME.resolve("build/test-data")), "k6-");
        try (ChildJvm service = standIn()) {
            K6.Run run = k6.run(folder, url(service), Map.of("ACTIVE", ACTIVE, "PASSIVE", PASSIVE, "DURATION", DURATION));
            if (run.process().code() != 0) throw new IllegalStateException("k6 ended with " + run.process().code() + ": " + run.text());
            return new Cost(run.process().cpu().toMillis() / 1e3 / run.figure("http_reqs", "count") * 100_000,
                    run.process().residentMax() / 1e6);
        }
    }

    private static void run(Findings found, String connections, Cost yardstick, double cpuGoal, double memoryGoal) throws Exception {
        try (ChildJvm service = standIn()) {
            DriverRun run = DriverRun.of("load", "PROVISIONING_API_URL=" + url(service), "CONNECTIONS=" + connections,
                    "ACTIVE=" + ACTIVE, "PASSIVE=" + PASSIVE, "DURATION=" + DURATION);
            double cpu = run.cpu().toMillis() / 1e3 / run.figure("http_reqs", "count") * 100_000;
            double megabytes = run.figure("driver_rss", "max") / 1e6;
            ratio(found, "CPU, " + connections, cpu, "s", yardstick.cpu(), cpuGoal);
            ratio(found, "resident, " + connections, megabytes, "MB", yardstick.megabytes(), memoryGoal);
            double heap = heapPerUser(run.text());
            if (connections.equals("shared")) found.add("heap a user", heap, "kB", heap <= 60);
            run.judged(found);
        }
    }

    private static void ratio(Findings found, String name, double figure, String unit, double yardstick, double goal) {
        found.note(name, figure, unit).add(name + " of k6's", figure / yardstick, "×", figure <= goal * yardstick);
    }

    private static ChildJvm standIn() throws Exception {
        return ChildJvm.start(StandIn.class, List.of(), "0");
    }

    private static String url(ChildJvm service) {
        return "http://127.0.0.1:" + service.port();
    }

    private static double heapPerUser(String text) {
        String line = text.lines().filter(each -> each.contains("kB a user")).findFirst().orElseThrow();
        return Double.parseDouble(line.replaceAll(".*, (\\d+) kB a user.*", "$1"));
    }
}
