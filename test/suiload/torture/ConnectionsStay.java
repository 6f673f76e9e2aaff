package suiload.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import suiload.http.ChildJvm;
import suiload.http.RawConnection;
import suiload.metrics.Latencies;

/** O1: connections do not stall or get closed under a client. */
final class ConnectionsStay implements Promise {
    private static final int BURST = 2000;
    private static final int SEQUENCE = 1000;
    /** Within the published 120 s, with a margin for the walk over all connections. */
    private static final Duration IDLE = Duration.ofSeconds(100);

    @Override
    public String id() {
        return "O1";
    }

    @Override
    public String promised() {
        return "1,000 connects one after another within 1 s; 2,000 at once p99 within 250 ms; of 2,000 kept-alive 0 closed by us within the idle time";
    }

    @Override
    public Measured run(long seed) throws Exception {
        Measured.Findings findings = new Measured.Findings();
        try (ChildJvm target = Target.start(2000)) {
            double sequence = sequence(target);
            findings.add(sequence <= 1000, "1,000 connects %.0f ms", sequence);
            List<RawConnection> all = new ArrayList<>();
            Latencies connects = burst(target, all);
            double p99 = connects.total().percentile(99) / 1000.0;
            findings.add(p99 <= 250, "2,000 at once p99 %.0f ms", p99);
            lost(all);
            Thread.sleep(IDLE);
            int lost = lost(all);
            findings.add(lost == 0, "%d of %d closed after %d s of silence", lost, all.size(), IDLE.toSeconds());
            for (RawConnection connection : all) {
                connection.close();
            }
        }
        return findings.measured();
    }

    private static double sequence(ChildJvm target) throws IOException {
        List<RawConnection> all = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < SEQUENCE; i++) {
            all.add(target.connect());
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        for (RawConnection connection : all) {
            connection.close();
        }
        return millis;
    }

    private static Latencies burst(ChildJvm target, List<RawConnection> all) throws Exception {
        Latencies connects = new Latencies();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RawConnection>> opening = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                opening.add(threads.submit(() -> {
                    long begin = System.nanoTime();
                    RawConnection connection = target.connect();
                    connects.record((System.nanoTime() - begin) / 1000);
                    return connection;
                }));
            }
            for (Future<RawConnection> connection : opening) {
                all.add(connection.get());
            }
        }
        return connects;
    }

    private static int lost(List<RawConnection> all) {
        int lost = 0;
        for (RawConnection connection : all) {
            try {
                lost += connection.post("/echo", "x").answer().status() == 200 ? 0 : 1;
            } catch (IOException closed) {
                lost++;
            }
        }
        return lost;
    }
}
