package suiload.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import suiload.http.ChildJvm;
import suiload.load.StandIn;

/** P6: what the driver itself takes for 1,250 users against a stand-in for the service, five minutes with warm-up. */
final class DriverCost implements Measure {
    @Override
    public String id() {
        return "P6";
    }

    @Override
    public String what() {
        return "driver, 5 minutes: CPU seconds per 100,000 requests, resident memory, at 1,250 users (k6 0.48 recorded: 11.8 s, 296 MB; "
                + (onPath("k6") ? "k6 is here but speaks no stand-in" : "k6 not here") + ")";
    }

    @Override
    public String goal() {
        return "shared ≤ 9.4 s, ≤ 207 MB; per-user ≤ 23.6 s, ≤ 296 MB; ≤ 60 kB heap a user in shared mode";
    }

    @Override
    public Findings take() throws Exception {
        Findings found = new Findings();
        run(found, "shared", 9.4, 207);
        run(found, "per-user", 23.6, 296);
        return found;
    }

    private static void run(Findings found, String connections, double cpuGoal, double megabytesGoal) throws Exception {
        try (ChildJvm service = ChildJvm.start(StandIn.class, List.of(), "0")) {
            DriverRun run = DriverRun.of("load", "PROVISIONING_API_URL=http://127.0.0.1:" + service.port(), "CONNECTIONS=" + connections,
                    "ACTIVE=250", "PASSIVE=1000", "DURATION=280s");
            double cpu = run.cpu().toMillis() / 1e3 / run.figure("http_reqs", "count") * 100_000;
            double megabytes = run.figure("driver_rss", "max") / 1e6;
            found.add("CPU, " + connections, cpu, "s", cpu <= cpuGoal)
                    .add("resident, " + connections, megabytes, "MB", megabytes <= megabytesGoal);
            double heap = heapPerUser(run.text());
            if (connections.equals("shared")) found.add("heap a user", heap, "kB", heap <= 60);
            run.judged(found);
        }
    }

    private static double heapPerUser(String text) {
        String line = text.lines().filter(each -> each.contains("kB a user")).findFirst().orElseThrow();
        return Double.parseDouble(line.replaceAll(".*, (\\d+) kB a user.*", "$1"));
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
