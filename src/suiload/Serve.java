package suiload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import suiload.metrics.Log;
import suiload.store.CannotStart;
import suiload.sui.NodeException;

/** {@code suiload serve}: starts the service, waits for a signal, stops it in order. */
final class Serve {
    /** As the driver's: a setting is wrong. */
    private static final int BAD_SETTINGS = 104;
    private static final int CANNOT_START = 1;
    /** sysexits.h: an internal software error, ours or the embedded network's. */
    private static final int BUG = 70;
    private static final int FORCED = 130;

    private final ShutdownScript shutdown = new ShutdownScript();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();
    private final AtomicBoolean signalled = new AtomicBoolean();

    private Serve() {}

    /**
     * @param arguments {@code --with-parent}: stop when the process that started us ends, as {@code make run} wants
     * @return the exit code
     */
    static int run(String[] arguments, Map<String, String> environment) throws InterruptedException {
        return new Serve().serve(List.of(arguments), environment);
    }

    private int serve(List<String> arguments, Map<String, String> environment) throws InterruptedException {
        for (String argument : arguments) {
            if (!argument.equals("--with-parent")) {
                System.err.println("suiload serve: unknown argument '" + argument + "'; settings come from the environment and conf/suiload.env");
                return BAD_SETTINGS;
            }
        }
        Signals.onStop(this::onSignal);
        if (arguments.contains("--with-parent")) stopWithParent();
        OldGeneration.watched(OldGeneration.ROOM);
        Path home = Path.of(System.getProperty("suiload.home"));
        try {
            Settings settings = Settings.load(environment, home.resolve("conf/suiload.env"));
            announce(settings, Service.start(settings, home, shutdown));
            stop.await();
        } catch (Settings.Refused refused) {
            System.err.println(refused.getMessage().indent(0).strip().replaceAll("(?m)^", "suiload serve: "));
            return BAD_SETTINGS;
        } catch (CannotStart | NodeException | IOException e) {
            System.err.println("suiload serve: " + e.getMessage());
            exitCode.set(CANNOT_START);
        } catch (RuntimeException bug) {
            Log.error("start_failed", bug);
            exitCode.set(BUG);
        }
        shutdown.run();
        return exitCode.get();
    }

    private void announce(Settings settings, Service.Running running) {
        running.embedded().ifPresent(network -> network.onUnexpectedEnd(() -> {
            if (shutdown.begun() || stop.getCount() == 0) return;
            Log.warn("localnet_died", "hint", "see localnet.log in the data folder");
            exitCode.set(BUG);
            stop.countDown();
        }));
        settings.effective().forEach((name, value) -> Log.info("setting", "name", name, "value", value));
        Log.info("ready", "port", running.port(), "network", settings.text(Setting.NETWORK), "node", Settings.shown(running.node()));
        System.out.println("suiload " + Version.text() + " is ready on http://" + settings.text(Setting.HOST) + ":" + running.port()
                + running.embedded().map(network -> "  (embedded network on " + network.uri() + ", weather " + settings.text(Setting.WEATHER) + ")").orElse(""));
    }

    private void onSignal() {
        // The network's end or the parent's may have begun the stop already: a first signal is no second one.
        if (!signalled.compareAndSet(false, true)) {
            System.err.println("suiload serve: forced to stop");
            Runtime.getRuntime().halt(FORCED);
        }
        shutdown.announce();
        stop.countDown();
        System.err.println("suiload serve: stopping; once more to force");
    }

    private void stopWithParent() {
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        parent.ifPresent(process -> process.onExit().thenRun(stop::countDown));
    }
}
