package suiload.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import suiload.metrics.Metrics;
import suiload.store.Database;
import suiload.store.EmbeddedPostgres;

/** F2: the database is stopped, killed, frozen, slow, and its connections are cut, each for ten seconds, under load. */
final class DatabaseFaults implements Promise {
    private static final Duration FAULT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double RECOVERY_MILLIS = 5_000;
    private static final double DEADLINE_MILLIS = 25_250;
    /** A clean refusal, or the deadline's. */
    private static final Set<Integer> CLEAN = Set.of(200, 408, 503);
    private static final int USERS = 20;
    private static final int FEW = 4;

    private interface Fault {
        void happen(WholeService service, long end) throws Exception;
    }

    private record Named(String name, Fault fault) {}

    @Override
    public String id() {
        return "F2";
    }

    @Override
    public String promised() {
        return "database faults of 10 s each: success or a clean 503, never past the deadline; normal within 5 s; pool as before";
    }

    @Override
    public Measured run(long seed) throws Exception {
        var findings = new Measured.Findings();
        try (var service = WholeService.start()) {
            List<Chat.Member> users = Chat.begin(service, USERS).members();
            List<Named> faults = List.of(new Named("killed again and again", DatabaseFaults::kill), new Named("frozen", DatabaseFaults::freeze),
                    new Named("slow", DatabaseFaults::slow), new Named("cut", DatabaseFaults::cut));
            var warmUp = new Senders(service, users);
            Thread.sleep(10_000);
            // What the pool and the runtime make once, at the first fault of all, is no leak.
            server(service).forEach(ProcessHandle::destroyForcibly);
            Thread.sleep(5_000);
            warmUp.finish();
            for (Named fault : faults) measure(service, users, fault, findings);
        }
        return findings.measured();
    }

    private static void measure(WholeService service, List<Chat.Member> users, Named named, Measured.Findings findings) throws Exception {
        double threads = service.metric("suiload_jvm_platform_threads");
        try (var senders = new Senders(service, users)) {
            Thread.sleep(2000);
            named.fault.happen(service, System.nanoTime() + FAULT.toNanos());
            double recovery = senders.recovery(System.nanoTime(), PATIENCE);
            Thread.sleep(2000);
            senders.finish();
            double longest = senders.all().stream().mapToDouble(Senders.Sent::millis).max().orElse(0);
            boolean clean = CLEAN.containsAll(senders.statuses().keySet());
            findings.add(clean && longest <= DEADLINE_MILLIS && recovery <= RECOVERY_MILLIS, "%s: %s, longest %.0f ms, normal after %.0f ms",
                    named.name, senders.statuses(), longest, recovery);
        }
        double after = threadsAtRest(service, threads + FEW);
        double active = service.metric("suiload_database_connections{state=\"active\"}");
        findings.add(active <= 1 && after <= threads + FEW, "%.0f connections busy afterwards, %.0f → %.0f platform threads", active, threads, after);
    }

    /** Carriers that came in while others were blocked leave after half a minute without work. */
    private static double threadsAtRest(WholeService service, double most) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        double threads = service.metric("suiload_jvm_platform_threads");
        while (threads > most && System.nanoTime() < end) {
            Thread.sleep(1_000);
            threads = service.metric("suiload_jvm_platform_threads");
        }
        return threads;
    }

    private static void kill(WholeService service, long end) throws InterruptedException {
        while (System.nanoTime() < end) {
            server(service).forEach(ProcessHandle::destroyForcibly);
            Thread.sleep(1000);
        }
    }

    private static void freeze(WholeService service, long end) throws Exception {
        List<ProcessHandle> frozen = server(service).toList();
        signal("STOP", frozen);
        try {
            sleepUntil(end);
        } finally {
            signal("CONT", frozen);
        }
    }

    /** Every statement waits behind a lock for most of a second. */
    private static void slow(WholeService service, long end) throws InterruptedException {
        try (Database other = Database.open(EmbeddedPostgres.running(service.data.resolve("postgres")).orElseThrow().withConnections(1), new Metrics())) {
            while (System.nanoTime() < end) {
                other.transaction(session -> {
                    session.update("LOCK TABLE transactions, users IN ACCESS EXCLUSIVE MODE");
                    return session.first("SELECT pg_sleep(0.8)", row -> true);
                });
                Thread.sleep(50);
            }
        }
    }

    private static void cut(WholeService service, long end) throws InterruptedException {
        try (Database other = Database.open(EmbeddedPostgres.running(service.data.resolve("postgres")).orElseThrow().withConnections(1), new Metrics())) {
            while (System.nanoTime() < end) {
                other.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
                        row -> true);
                Thread.sleep(100);
            }
        }
    }

    private static Stream<ProcessHandle> server(WholeService service) {
        return service.process().descendants().filter(process -> process.info().command().orElse("").endsWith("/postgres"));
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        new ProcessBuilder(command).start().waitFor();
    }

    private static void sleepUntil(long end) throws InterruptedException {
        Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
    }
}
