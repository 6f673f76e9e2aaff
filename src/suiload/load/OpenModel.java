package suiload.load;

import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends messages at a fixed rate whatever the answers do. Each arrival takes a user that is idle; where none is, the
 * arrival is dropped and counted. Latency counts from the arrival, so a service that stalls cannot hide it. What was due
 * before the end still arrives, however late this machine gets to it.
 */
final class OpenModel {
    private static final double ROUNDING = 1e-9;
    /** How often the profile is looked at. */
    private static final long STEP_NANOS = 10_000_000L;

    private final Rate rate;
    private final Profile profile;
    private final Measurements measurements;
    private final Queue<Behaviour> idle = new ConcurrentLinkedQueue<>();
    private final Set<Thread> busy = ConcurrentHashMap.newKeySet();
    /** When arrivals end, by {@link System#nanoTime}, once that is known. */
    private volatile OptionalLong until = OptionalLong.empty();
    private volatile Thread clock;

    OpenModel(Rate rate, Profile profile, List<? extends Behaviour> users, Measurements measurements) {
        this.rate = rate;
        this.profile = profile;
        this.measurements = measurements;
        this.idle.addAll(users);
    }

    /** @param start when the profile begins, by {@link System#nanoTime} */
    void start(long start) {
        clock = Thread.ofPlatform().name("arrivals").daemon().start(() -> arrivals(start));
    }

    /** No further arrivals from now on. Those that are due by now are still made. */
    void finish() {
        if (until.isEmpty()) until = OptionalLong.of(System.nanoTime());
        LockSupport.unpark(clock);
    }

    void interrupt() {
        finish();
        busy.forEach(Thread::interrupt);
    }

    int busy() {
        return busy.size();
    }

    boolean running() {
        // In this order: what the clock begins last is busy before it ends.
        return clock != null && clock.isAlive() || !busy.isEmpty();
    }

    private void arrivals(long start) {
        long end = start + profile.length().toNanos();
        long planned = start;
        double due = 1;
        while (planned < end && wanted(planned)) {
            double perSecond = rate.perSecond() * profile.at(planned - start);
            if (perSecond > 0 && due >= 1 - ROUNDING) {
                if (!sleptUntil(planned)) return;
                arrive(planned);
                due--;
            }
            // The rate changes under way, so it is summed up in small steps: a ramp's first gap must not be as long as its first rate says.
            long step = perSecond > 0 ? (long) Math.clamp((1 - due) * 1e9 / perSecond, 1, STEP_NANOS) : STEP_NANOS;
            due += perSecond * step / 1e9;
            planned += step;
        }
    }

    private void arrive(long planned) {
        Behaviour user = idle.poll();
        if (user == null) {
            measurements.count(MetricName.DROPPED_ITERATIONS, 1);
            return;
        }
        Thread thread = Thread.ofVirtual().name("arrival").unstarted(() -> iterate(user, planned));
        busy.add(thread);
        thread.start();
    }

    private void iterate(Behaviour user, long planned) {
        long begin = System.nanoTime();
        try {
            measurements.time(MetricName.SCHEDULE_DELAY, Math.max(0, begin - planned));
            user.iterate(planned);
            measurements.count(MetricName.ITERATIONS, 1);
            measurements.time(MetricName.ITERATION_DURATION, System.nanoTime() - begin);
        } finally {
            busy.remove(Thread.currentThread());
            idle.add(user);
        }
    }

    /** @return false when the end comes before */
    private boolean sleptUntil(long planned) {
        for (long left = planned - System.nanoTime(); wanted(planned) && left > 0; left = planned - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return wanted(planned);
    }

    private boolean wanted(long planned) {
        OptionalLong end = until;
        return end.isEmpty() || planned - end.getAsLong() < 0;
    }
}
