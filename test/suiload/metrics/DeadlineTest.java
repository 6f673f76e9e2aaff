package suiload.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Goal: one budget, spent down. Method: a clock that is moved by hand. */
class DeadlineTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);

    @Test
    void runsDownAndStopsAtZero() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(2), clock::get);
        clock.addAndGet(Duration.ofMillis(500).toNanos());
        assertEquals(Duration.ofMillis(1500), deadline.remaining());
        assertEquals(1500, deadline.remainingMillis());
        clock.addAndGet(1);
        assertEquals(1500, deadline.remainingMillis(), "rounded up");
        clock.addAndGet(Duration.ofSeconds(9).toNanos());
        assertTrue(deadline.expired());
        assertEquals(Duration.ZERO, deadline.remaining());
    }

    @Test
    void theEarlierOfTwo() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(2), clock::get);
        assertEquals(Duration.ofSeconds(1), deadline.min(Duration.ofSeconds(1)).remaining());
        assertEquals(Duration.ofSeconds(2), deadline.min(Duration.ofSeconds(5)).remaining());
        assertFalse(Deadline.never().min(Duration.ofMinutes(1)).expired());
    }

    @Test
    void neverDoesNotExpire() {
        assertFalse(Deadline.never().expired());
        assertTrue(Deadline.after(Duration.ZERO).expired());
        assertTrue(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)).remaining().toDays() > 300);
    }
}
