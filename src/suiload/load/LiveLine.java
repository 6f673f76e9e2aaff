package suiload.load;

import java.util.Locale;
import suiload.report.Figures;

/** The figures of the moment beside the progress bar. */
final class LiveLine {
    private static final long EVERY_NANOS = 1_000_000_000L;

    private final Rig rig;
    private final Sampler sampler;
    private long at = System.nanoTime();
    private long requests;
    private double perSecond;

    LiveLine(Rig rig, Sampler sampler) {
        this.rig = rig;
        this.sampler = sampler;
        this.requests = rig.measurements().count(MetricName.HTTP_REQS);
    }

    String text(Population population) {
        Measurements measured = rig.measurements();
        long now = System.nanoTime();
        if (now - at >= EVERY_NANOS) {
            long count = measured.count(MetricName.HTTP_REQS);
            perSecond = (count - requests) * 1e9 / (now - at);
            requests = count;
            at = now;
        }
        return String.format(Locale.ROOT, "%d+%d users  %.0f req/s  p95 %s  %d errors  %d resets  %d messages", population.active(),
                population.passive(), perSecond, Figures.milliseconds(sampler.lastP95()),
                measured.share(MetricName.HTTP_REQ_FAILED).passes().sum(),
                measured.count(MetricName.CONNECTION_RESETS), measured.count(MetricName.MESSAGES_SENT));
    }
}
