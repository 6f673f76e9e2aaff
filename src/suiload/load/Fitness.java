package suiload.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import suiload.metrics.LatencySnapshot;

/**
 * Whether the driver itself kept up. A load generator that is late measures itself, so its result is void.
 */
final class Fitness {
    static final long LATE_MAX_MICROS = 100_000;
    static final int WINDOW_SECONDS = 10;
    /** Less of a short load than this says nothing. */
    private static final int WINDOW_SECONDS_MIN = 3;
    /** Of fewer, one in a hundred is any single one. */
    private static final int ITERATIONS_MIN = 100;
    private static final double BUSY_SHARE = 0.97;
    /** Descriptors of one HTTP client: its socket, its selector and what wakes that up. */
    private static final int DESCRIPTORS_PER_CLIENT = 3;
    private static final int DESCRIPTORS_OTHER = 200;

    private final double warmUpSeconds;
    private final int cpus;
    private final Deque<Second> window = new ArrayDeque<>();
    private Optional<String> unfit = Optional.empty();
    private double last;

    /**
     * What was seen in one second.
     *
     * @param delay   how late iterations began
     * @param blocked how long requests then waited for a connection
     */
    record Second(LatencySnapshot delay, LatencySnapshot blocked, double cpuPercent, long gcMillis) {
        /**
         * How late iterations began while a connection was free. Where most requests waited longer for one than hardly any iteration was
         * late, all connections are taken: being on time would only have meant to wait longer.
         */
        LatencySnapshot lateness() {
            long late = delay.percentile(99);
            return late > LATE_MAX_MICROS && blocked.percentile(50) > late ? LatencySnapshot.EMPTY : delay;
        }
    }

    Fitness(double warmUpSeconds, int cpus) {
        this.warmUpSeconds = warmUpSeconds;
        this.cpus = cpus;
    }

    /** @param at seconds since the first user started */
    void second(double at, Second second) {
        if (at <= warmUpSeconds + 1) return;
        last = at;
        window.addLast(second);
        if (window.size() > WINDOW_SECONDS) window.removeFirst();
        if (unfit.isEmpty() && window.size() == WINDOW_SECONDS) unfit = judge();
    }

    /** Why the result is void, asked when the load has ended; empty when the driver kept up. */
    Optional<String> unfit() {
        boolean brief = window.size() >= WINDOW_SECONDS_MIN && window.size() < WINDOW_SECONDS;
        return brief && window.stream().mapToLong(second -> second.delay().count()).sum() >= ITERATIONS_MIN ? judge() : unfit;
    }

    private Optional<String> judge() {
        LatencySnapshot delay = window.stream().map(Second::lateness).reduce(LatencySnapshot.EMPTY, LatencySnapshot::plus);
        double cpu = window.stream().mapToDouble(Second::cpuPercent).average().orElse(0);
        long gc = window.stream().mapToLong(Second::gcMillis).sum();
        String when = "the driver was unfit: in the " + window.size() + " s before second " + Math.round(last) + " ";
        String figures = " (driver CPU " + Math.round(cpu) + "% of " + cpus * 100 + "%, garbage collection " + gc + " ms)";
        if (delay.percentile(99) > LATE_MAX_MICROS) {
            return Optional.of(when + "one iteration in a hundred began over " + delay.percentile(99) / 1000 + " ms late" + figures
                    + ": use fewer users or a machine of its own");
        }
        if (cpu > BUSY_SHARE * cpus * 100) return Optional.of(when + "it used all of the machine's CPU" + figures);
        return Optional.empty();
    }

    /** Whether so many connections can be had at all. @return why not */
    static Optional<String> beforehand(LoadSettings settings) {
        return beforehand(settings, ProcessFigures.descriptorsMax(), ProcessFigures.portsMax());
    }

    /**
     * @param descriptors that the process may have
     * @param ports       that the system gives to connections which ask for none; all of ours lead to one address, so each takes one
     */
    static Optional<String> beforehand(LoadSettings settings, OptionalLong descriptors, OptionalLong ports) {
        boolean shared = settings.service().sharedConnections();
        long connections = shared ? settings.service().connectionsMax() : settings.mix().users();
        long needed = DESCRIPTORS_OTHER + (shared ? connections : connections * DESCRIPTORS_PER_CLIENT);
        String who = "the driver is unfit: " + connections + (shared ? " shared connections" : " users with a connection each") + " need ";
        String cure = shared ? "lower CONNECTIONS_MAX" : "use CONNECTIONS=shared";
        if (descriptors.isPresent() && needed > descriptors.getAsLong()) {
            return Optional.of(who + needed + " file descriptors, 'ulimit -n' allows " + descriptors.getAsLong() + ": raise it, or " + cure);
        }
        if (ports.isPresent() && connections > ports.getAsLong()) {
            return Optional.of(who + "a local port each, net.ipv4.ip_local_port_range has " + ports.getAsLong() + ": widen it, or " + cure);
        }
        return Optional.empty();
    }
}
