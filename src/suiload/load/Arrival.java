package suiload.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Finds the service, or starts it when nothing answers at a loopback address. */
final class Arrival implements AutoCloseable {
    /** A service that answers but is not ready is given this long: it may just have been started. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;

    private final ServiceWatch watch;
    private final ServiceWatch.Presence.Found found;
    private final Optional<ServiceProcess> own;
    private final Progress progress;

    private Arrival(ServiceWatch watch, ServiceWatch.Presence.Found found, Optional<ServiceProcess> own, Progress progress) {
        this.watch = watch;
        this.found = found;
        this.own = own;
        this.progress = progress;
    }

    /** @throws CannotRun when there is no service that is ready */
    static Arrival at(LoadSettings settings, Progress progress) throws InterruptedException {
        ServiceWatch watch = new ServiceWatch(settings.service().url());
        Optional<ServiceProcess> own = Optional.empty();
        try {
            if (watch.presence() instanceof ServiceWatch.Presence.Nothing nothing) {
                own = Optional.of(start(settings, nothing, watch, progress));
            }
            ServiceWatch.Presence.Found found = found(watch, settings);
            awaitReady(watch, settings);
            progress.line("service " + found.version() + " at " + settings.service().url() + ", network " + found.network());
            return new Arrival(watch, found, own, progress);
        } catch (CannotRun | InterruptedException failed) {
            own.ifPresent(process -> progress.line(process.stop()));
            watch.close();
            throw failed;
        }
    }

    ServiceWatch watch() {
        return watch;
    }

    String version() {
        return found.version();
    }

    String network() {
        return found.network();
    }

    boolean startedHere() {
        return own.isPresent();
    }

    /** Stops the service if it was started here. */
    @Override
    public void close() {
        watch.close();
        own.ifPresent(process -> progress.line(process.stop()));
    }

    /** Why a service that was started here is gone; empty while it lives. */
    Optional<String> died() {
        return own.filter(process -> !process.alive()).map(process -> "the service ended while it was needed;" + process.tail());
    }

    private static ServiceWatch.Presence.Found found(ServiceWatch watch, LoadSettings settings) throws InterruptedException {
        return switch (watch.presence()) {
            case ServiceWatch.Presence.Found found -> found;
            case ServiceWatch.Presence.SomethingElse other -> throw CannotRun.unreachable(
                    "something answers at " + settings.service().url() + " but it is " + other.what()
                            + ": set PROVISIONING_API_URL or PORT");
            case ServiceWatch.Presence.Nothing nothing -> throw CannotRun.unreachable("the service at " + settings.service().url()
                    + " is gone: " + nothing.why());
        };
    }

    private static void awaitReady(ServiceWatch watch, LoadSettings settings) throws InterruptedException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        Optional<String> notReady = watch.notReady();
        while (notReady.isPresent() && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            notReady = watch.notReady();
        }
        if (notReady.isPresent()) throw CannotRun.unreachable("the service at " + settings.service().url() + " is not ready: "
                + notReady.get());
    }

    private static ServiceProcess start(LoadSettings settings, ServiceWatch.Presence.Nothing nothing, ServiceWatch watch, Progress progress)
            throws InterruptedException {
        String where = "nothing answers at " + settings.service().url() + " (" + nothing.why() + ")";
        if (!settings.service().loopback()) throw CannotRun.unreachable(where + ": start the service there, or set PROVISIONING_API_URL");
        if (!settings.service().autostart()) throw CannotRun.unreachable(where + " and AUTOSTART=false: start it with 'make run'");
        progress.line(where + ": starting the service with embedded database and network, weather " + settings.service().weather());
        ServiceProcess process = process(settings);
        try {
            Optional<String> failed = process.awaitReady(watch);
            if (failed.isPresent()) throw CannotRun.unreachable("the service could not be started: " + failed.get());
            progress.line("service started, process " + process.pid() + ", at a lower priority than the driver, log " + process.log());
            return process;
        } catch (CannotRun | InterruptedException failed) {
            process.stop();
            throw failed;
        }
    }

    private static ServiceProcess process(LoadSettings settings) {
        try {
            return ServiceProcess.start(Path.of(System.getProperty("suiload.home", ".")), settings.service(), settings.output().folder());
        } catch (IOException cannot) {
            throw CannotRun.unreachable("the service could not be started: " + cannot.getMessage());
        }
    }
}
