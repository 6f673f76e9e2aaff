package suiload.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** A {@code .hlog} file, the field's exchange format for interval histograms. One thread at a time. */
public final class HistogramLog implements AutoCloseable {
    private static final double MICROS_PER_MILLI = 1000;

    private final OutputStream file;
    private final HistogramLogWriter writer;

    private final Instant start;

    private HistogramLog(OutputStream file, HistogramLogWriter writer, Instant start) {
        this.file = file;
        this.writer = writer;
        this.start = start;
    }

    /** Creates or replaces the file; {@code comment} must be one line. */
    public static HistogramLog create(Path path, Instant start, String comment) throws IOException {
        OutputStream file = Files.newOutputStream(path);
        HistogramLogWriter writer = new HistogramLogWriter(file);
        writer.outputComment(comment);
        writer.outputLogFormatVersion();
        writer.outputStartTime(start.toEpochMilli());
        writer.setBaseTime(start.toEpochMilli());
        writer.outputLegend();
        return new HistogramLog(file, writer, start);
    }

    /** One interval of the series {@code tag} (no comma, space or line break). Values are microseconds, maxima milliseconds. */
    public void write(String tag, Instant from, Instant to, LatencySnapshot interval) {
        Histogram histogram = interval.histogram().copy();
        histogram.setTag(tag);
        writer.outputIntervalHistogram(seconds(from), seconds(to), histogram, MICROS_PER_MILLI);
    }

    private double seconds(Instant instant) {
        return Duration.between(start, instant).toMillis() / 1000.0;
    }

    @Override
    public void close() throws IOException {
        writer.close();
        file.close();
    }
}
