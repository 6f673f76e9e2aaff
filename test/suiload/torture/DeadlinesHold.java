package suiload.torture;

import java.io.IOException;
import suiload.http.ChildJvm;
import suiload.http.RawConnection;

/** D1: deadlines, with handlers that hang, handlers that ignore interruption, and requests that wait for a permit first. */
final class DeadlinesHold implements Promise {
    private static final double LIMIT_MILLIS = 25_250;
    private static final int PERMITS = 200;

    @Override
    public String id() {
        return "D1";
    }

    @Override
    public String promised() {
        return "every request that has arrived ends within 25 s + 250 ms; nothing of it starts after that";
    }

    @Override
    public Measured run(long seed) throws Exception {
        try (ChildJvm target = Target.start(PERMITS); Traffic traffic = new Traffic(target.port())) {
            traffic.burst(connection -> connection.post("/echo", "warm").answer(), PERMITS);
            traffic.connected(3 * PERMITS);
            long begin = System.nanoTime();
            Longest longest = new Longest();
            // As many hang as there are permits, half of them stubbornly; as many again wait for theirs in vain.
            Traffic.Tally tally = traffic.burst(connection -> longest.timed(begin, connection), 2 * PERMITS);
            long started = started(target);
            Thread.sleep(3000);
            long late = started(target) - started;
            long expired = tally.statuses().getOrDefault(408, 0L);
            long answered = tally.statuses().values().stream().mapToLong(Long::longValue).sum();
            return new Measured.Findings()
                    .add(answered == 2 * PERMITS && tally.resets() + tally.timeouts() == 0, "%d requests: %s", answered, tally.statuses())
                    .add(expired == PERMITS, "%d got 408", expired)
                    .add(longest.millis() <= LIMIT_MILLIS, "longest %.0f ms", longest.millis())
                    .add(late == 0, "%d started afterwards", late)
                    .measured();
        }
    }

    private static long started(ChildJvm target) throws IOException {
        try (RawConnection connection = target.connect()) {
            return Long.parseLong(connection.get("/started").answer().text());
        }
    }

    private static final class Longest {
        private final java.util.concurrent.atomic.AtomicLong nanos = new java.util.concurrent.atomic.AtomicLong();
        private final java.util.concurrent.atomic.AtomicInteger asked = new java.util.concurrent.atomic.AtomicInteger();

        RawConnection.Answer timed(long begin, RawConnection connection) throws IOException {
            String path = asked.incrementAndGet() % 2 == 0 ? "/hang" : "/stubborn";
            RawConnection.Answer answer = connection.post(path, "{}").answer();
            nanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
            return answer;
        }

        double millis() {
            return nanos.get() / 1e6;
        }
    }
}
