package suiload.load;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** All that a run measures with and calls through. */
final class Rig implements AutoCloseable {
    /** Connections for provisioning and settlement, beside those of the users. */
    private static final int SETUP_LINES = 10;

    private final LoadSettings settings;
    private final String runId;
    private final long seed;
    private final Measurements measurements = new Measurements();
    private final ErrorTable errors = new ErrorTable(InstantSource.system());
    private final Sockets sockets;
    private final Connections connections;
    private final Connections setup;
    private final Caller caller;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().name("user-timer").daemon().factory());

    Rig(LoadSettings settings, String runId, long seed) {
        this.settings = settings;
        this.runId = runId;
        this.seed = seed;
        this.sockets = new Sockets(settings.service().port());
        this.connections = settings.service().sharedConnections()
                ? Connections.shared(settings.service().connectionsMax(), settings.requestsPerSecond())
                : Connections.perUser();
        this.setup = Connections.shared();
        this.caller = new Caller(new Wire(settings, measurements, sockets, timer), RetryPolicy.of(settings.patience()),
                new RetryBudget(System::nanoTime), measurements, errors);
        timer.setRemoveOnCancelPolicy(true);
    }

    LoadSettings settings() {
        return settings;
    }

    String runId() {
        return runId;
    }

    long seed() {
        return seed;
    }

    Measurements measurements() {
        return measurements;
    }

    ErrorTable errors() {
        return errors;
    }

    Sockets sockets() {
        return sockets;
    }

    Caller caller() {
        return caller;
    }

    /** Wakes users after their pauses, and those whose request waits too long. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** A user's connection, opened when it first calls, and its randomness, which depends on seed and name only. */
    Caller.Line userLine(String name) {
        return new Caller.Line(connections.forUser(), new SplittableRandom(seed * 31 + name.hashCode()));
    }

    List<Api> setupLines() {
        List<Api> lines = new ArrayList<>();
        Api first = new Api(caller, setupLine(0), runId);
        lines.add(first);
        for (int i = 1; i < SETUP_LINES; i++) lines.add(first.on(setupLine(i)));
        return lines;
    }

    private Caller.Line setupLine(int number) {
        return new Caller.Line(setup.forUser(), new SplittableRandom(seed * 31 - number));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        connections.close();
        setup.close();
    }
}
