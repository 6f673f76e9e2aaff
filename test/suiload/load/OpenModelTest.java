package suiload.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Goal: as many arrivals as were planned until the end, no fewer and no more. Method: starts that lie back, as for one who was held up. */
@Timeout(60)
class OpenModelTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Measurements measurements = new Measurements();

    @Test
    void whatWasDueBeforeTheEndStillArrives() throws InterruptedException {
        OpenModel model = model("5s:100");
        model.start(System.nanoTime() - 5 * SECOND);
        model.finish();
        model.interrupt();
        assertEquals(250, arrived(model), "half of 100/s over 5 s");
    }

    @Test
    void nothingArrivesThatIsDueLater() throws InterruptedException {
        OpenModel model = model("0s:100,60s:100");
        long start = System.nanoTime() - 3 * SECOND;
        model.start(start);
        long before = System.nanoTime();
        model.finish();
        long after = System.nanoTime();
        long arrived = arrived(model);
        assertTrue(arrived >= (before - start) * 100 / SECOND && arrived <= (after - start) * 100 / SECOND + 1, arrived + " arrivals");
    }

    private OpenModel model(String profile) {
        return new OpenModel(new Rate(100), Profile.parse(profile).orElseThrow(), List.of(new Instant()), measurements);
    }

    private long arrived(OpenModel model) throws InterruptedException {
        while (model.running()) Thread.sleep(5);
        return measurements.count(MetricName.ITERATIONS) + measurements.count(MetricName.DROPPED_ITERATIONS);
    }

    /** A user whose messages take no time. */
    private static final class Instant implements Behaviour {
        @Override
        public void iterate(long plannedNanos) {}

        @Override
        public long pauseNanos() {
            return 0;
        }
    }
}
