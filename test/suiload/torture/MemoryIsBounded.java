package suiload.torture;

import java.io.IOException;
import suiload.http.RawConnection;

/** O6: memory is bounded. Idle means the same connections, open and silent: what a waiting request adds is what is judged. */
final class MemoryIsBounded implements Promise {
    private static final int SECONDS = 15;
    private static final int LOOKS = 4;

    @Override
    public String id() {
        return "O6";
    }

    @Override
    public String promised() {
        return "live heap after GC during 5C at most 1.5x of idle; no queue over its bound";
    }

    @Override
    public Measured run(long seed) throws Exception {
        try (Overload overload = Overload.start()) {
            overload.at(5, 5);
            long idle = heap(overload);
            Thread flood = Thread.ofVirtual().start(() -> {
                try {
                    overload.at(5, SECONDS);
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            });
            long most = 0;
            double waiting = 0;
            for (int look = 0; look < LOOKS; look++) {
                Thread.sleep(SECONDS * 1000L / (LOOKS + 1));
                most = Math.max(most, heap(overload));
                waiting = Math.max(waiting, waiting(overload));
            }
            flood.join();
            double ratio = (double) most / idle;
            return new Measured.Findings()
                    .add(ratio <= 1.5, "%.1f MB with %.0f waiting, %.2fx of %.1f MB idle", most / 1e6, waiting, ratio, idle / 1e6)
                    .add(waiting <= 8000, "waiting line within its 8,000")
                    .measured();
        }
    }

    private static long heap(Overload overload) throws IOException {
        try (RawConnection connection = overload.target().connect()) {
            return Long.parseLong(connection.get("/heap").answer().text());
        }
    }

    private static double waiting(Overload overload) throws IOException {
        try (RawConnection connection = overload.target().connect()) {
            return connection.get("/metrics").answer().text().lines()
                    .filter(line -> line.startsWith("suiload_http_waiting "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                    .findFirst().orElseThrow();
        }
    }
}
