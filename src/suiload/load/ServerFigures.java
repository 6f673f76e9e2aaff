package suiload.load;

import java.util.OptionalDouble;
import suiload.report.Exposition;

/** The service's own figures, read each second on a thread of its own, so that a slow answer holds nobody up. */
final class ServerFigures implements AutoCloseable {
    private static final long EVERY_MILLIS = 1000;

    private final ServiceWatch watch;
    private final Thread thread;
    private volatile Sample last = new Sample(Exposition.NONE, 0);
    private volatile Sample before = last;

    private record Sample(Exposition metrics, long nanos) {}

    ServerFigures(ServiceWatch watch) {
        this.watch = watch;
        this.thread = Thread.ofVirtual().name("server-figures").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Sample sample = new Sample(watch.metrics(), System.nanoTime());
                before = last;
                last = sample;
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Per cent of one processor between the last two readings. */
    OptionalDouble cpu() {
        OptionalDouble perSecond = perSecond("suiload_process_cpu_seconds_total");
        return perSecond.isPresent() ? OptionalDouble.of(perSecond.getAsDouble() * 100) : perSecond;
    }

    OptionalDouble resident() {
        return last.metrics().sum("suiload_process_resident_bytes");
    }

    OptionalDouble connections() {
        return last.metrics().sum("suiload_http_connections");
    }

    OptionalDouble nodeCallsPerSecond() {
        return perSecond(NodeCalls.CALLS);
    }

    private OptionalDouble perSecond(String counter) {
        Sample to = last;
        Sample from = before;
        OptionalDouble now = to.metrics().sum(counter);
        OptionalDouble then = from.metrics().sum(counter);
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        if (now.isEmpty() || then.isEmpty() || seconds <= 0) return OptionalDouble.empty();
        return OptionalDouble.of(Math.max(0, now.getAsDouble() - then.getAsDouble()) / seconds);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
