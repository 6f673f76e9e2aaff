package suiload.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What has no timeout of its own ends, and what ended is left alone. */
class WatchdogTest {
    @Test
    void whoOverstaysIsInterruptedAlsoWithinSomethingLonger() {
        try (Watchdog watchdog = new Watchdog()) {
            assertThrows(IOException.class, () -> watchdog.bounded(Duration.ofSeconds(30), () ->
                    watchdog.bounded(Duration.ofMillis(50), WatchdogTest::hang)));
        }
    }

    @Test
    void whoIsDoneIsLeftAlone() throws Exception {
        try (Watchdog watchdog = new Watchdog()) {
            for (int i = 0; i < 100; i++) watchdog.bounded(Duration.ofMillis(20), () -> { });
            assertFalse(new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS), "an interrupt would end the wait");
            assertThrows(IOException.class, () -> watchdog.bounded(Duration.ofMillis(20), WatchdogTest::hang));
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void aStreamWhoseClientHasStoppedReadingEnds() {
        var stuck = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                hang();
            }

            @Override
            public void flush() throws IOException {
                hang();
            }
        };
        try (Watchdog watchdog = new Watchdog()) {
            var out = new BoundedOutput(stuck, watchdog, Duration.ofMillis(50));
            assertThrows(IOException.class, () -> out.write(new byte[3]));
            assertThrows(IOException.class, () -> out.write(3));
            assertThrows(IOException.class, out::flush);
        }
    }

    private static void hang() throws IOException {
        try {
            assertTrue(new CountDownLatch(1).await(20, TimeUnit.SECONDS), "nobody interrupted");
        } catch (InterruptedException bitten) {
            throw new IOException("cut off", bitten);
        }
    }
}
