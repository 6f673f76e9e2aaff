package suiload.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goal: a deadline interrupts a wait that is too long, and nothing that comes after it was ended. */
@Timeout(60)
class DeadlineTest {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void stop() {
        Thread.interrupted();
        timer.shutdownNow();
    }

    @Test
    void itInterruptsTheWaitAndSaysSo() {
        Deadline deadline = Deadline.in(Duration.ofMillis(10), timer);
        assertThrows(InterruptedException.class, () -> Thread.sleep(30_000));
        assertTrue(deadline.end());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void passedWithNobodyWaitingItLeavesNoInterrupt() {
        Deadline deadline = Deadline.in(Duration.ZERO, timer);
        while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();
        assertTrue(deadline.end());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void endedInTimeItNeverInterruptsAndLeavesOthersInterruptsAlone() throws InterruptedException {
        timer.setRemoveOnCancelPolicy(true);
        Deadline deadline = Deadline.in(Duration.ofMinutes(1), timer);
        Thread.currentThread().interrupt();
        assertFalse(deadline.end());
        assertTrue(Thread.interrupted(), "it was another's");
        assertTrue(timer.getQueue().isEmpty());
    }
}
