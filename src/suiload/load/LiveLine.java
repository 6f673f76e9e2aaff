package suiload.load;

import java.util.List;
import java.util.Locale;
import suiload.report.Figures;

/** The figures of the moment, for the progress bar and for what a terminal shows under it. */
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

    /** The short form, for where {@link #block} says the rest. */
    String users(Population population) {
        return population.active() + "+" + population.passive() + " users";
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

    List<String> block(boolean colour) {
        Measurements measured = rig.measurements();
        Measurements.Share failed = measured.share(MetricName.HTTP_REQ_FAILED);
        var counts = new LiveBlock.Counts(failed.fails().sum(), failed.passes().sum(), measured.count(MetricName.HTTP_REQ_RETRIES),
                measured.count(MetricName.CONNECTION_RESETS), measured.count(MetricName.MESSAGES_SENT),
                measured.count(MetricName.MESSAGES_SEEN));
        return LiveBlock.lines(new LiveBlock.Moment(sampler.latest(), measured.latencies(MetricName.HTTP_REQ_DURATION).total(),
                rig.errors().counts(), counts), colour);
    }
}
