package suiload.torture;

import java.time.Duration;
import java.util.Random;
import suiload.sui.Backoff;

/** R2: the waits of the node client and of settling. */
final class JitterIsFull implements Promise {
    private static final int DELAYS = 10_000;
    private static final int BINS = 20;
    /** Of chi-square with 19 degrees of freedom: exceeded by chance once in a thousand. */
    private static final double CHI_SQUARE_MAX = 43.8;

    @Override
    public String id() {
        return "R2";
    }

    @Override
    public String promised() {
        return "10,000 delays uniform on 0…cap, cap respected";
    }

    @Override
    public Measured run(long seed) {
        Duration cap = Duration.ofSeconds(5);
        var backoff = new Backoff(Duration.ofMillis(200), cap, new Random(seed));
        int[] bins = new int[BINS];
        long max = 0;
        for (int i = 0; i < DELAYS; i++) {
            long nanos = backoff.wait(10).toNanos();
            max = Math.max(max, nanos);
            bins[(int) Math.min(BINS - 1, nanos * BINS / cap.toNanos())]++;
        }
        double expected = (double) DELAYS / BINS;
        double chiSquare = 0;
        for (int count : bins) chiSquare += (count - expected) * (count - expected) / expected;
        return new Measured.Findings().add(chiSquare < CHI_SQUARE_MAX, "chi-square %.1f (limit %.1f)", chiSquare, CHI_SQUARE_MAX)
                .add(max <= cap.toNanos(), "longest %d ms of %d", max / 1_000_000, cap.toMillis()).measured();
    }
}
