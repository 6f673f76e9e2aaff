package suiload.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A point in time after which waiting is pointless. Everything that waits for a request draws on the request's one deadline. */
public final class Deadline {
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final Deadline NEVER = new Deadline(System::nanoTime, 0, true);

    private final LongSupplier nanoTime;
    private final long end;
    private final boolean never;

    private Deadline(LongSupplier nanoTime, long end, boolean never) {
        this.nanoTime = nanoTime;
        this.end = end;
        this.never = never;
    }

    public static Deadline after(Duration duration) {
        return after(duration, System::nanoTime);
    }

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime} */
    public static Deadline after(Duration duration, LongSupplier nanoTime) {
        Duration bounded = duration.compareTo(FOREVER) > 0 ? FOREVER : duration;
        return new Deadline(nanoTime, nanoTime.getAsLong() + bounded.toNanos(), false);
    }

    /** For work that nobody waits for. {@link #remaining} is then a year. */
    public static Deadline never() {
        return NEVER;
    }

    /** What is left; zero once it has passed, never negative. */
    public Duration remaining() {
        return never ? FOREVER : Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong()));
    }

    /** {@link #remaining} in milliseconds, rounded up, so that a wait of this length does not end before the deadline. */
    public long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(remaining().toNanos() + TimeUnit.MILLISECONDS.toNanos(1) - 1);
    }

    public boolean expired() {
        return remaining().isZero();
    }

    /** The earlier of this and {@code limit} from now. */
    public Deadline min(Duration limit) {
        return remaining().compareTo(limit) <= 0 ? this : after(limit, nanoTime);
    }

    @Override
    public String toString() {
        return never ? "never" : "in " + remaining();
    }
}
