package suiload.torture;

import java.io.IOException;
import java.time.Duration;
import suiload.http.ChildJvm;

/** A target whose permits are few enough that five times its capacity still fits the machine, and its capacity C, as measured. */
final class Overload implements AutoCloseable {
    static final Traffic.Ask WORK = connection -> connection.post("/work", "{}").answer();

    private static final int PERMITS = 4;

    private final ChildJvm target;
    private final Traffic traffic;
    private final double capacity;

    private Overload(ChildJvm target, Traffic traffic, double capacity) {
        this.target = target;
        this.traffic = traffic;
        this.capacity = capacity;
    }

    /** Warm: the first seconds of a JVM are not what a promise is about. */
    static Overload start() throws IOException {
        ChildJvm target = Target.start(PERMITS);
        Traffic traffic = new Traffic(target.port());
        traffic.closed(connection -> connection.post("/echo", "warm").answer(), 4 * PERMITS, Duration.ofSeconds(10));
        Traffic.Tally saturated = traffic.closed(WORK, 2 * PERMITS, Duration.ofSeconds(10));
        return new Overload(target, traffic, saturated.perSecond());
    }

    /** Requests a second, the most that is served. */
    double capacity() {
        return capacity;
    }

    Traffic traffic() {
        return traffic;
    }

    Traffic.Tally at(double timesCapacity, int seconds) throws InterruptedException {
        return traffic.open(WORK, timesCapacity * capacity, Duration.ofSeconds(seconds));
    }

    ChildJvm target() {
        return target;
    }

    @Override
    public void close() throws IOException {
        traffic.close();
        target.close();
    }
}
