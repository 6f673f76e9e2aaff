package suiload.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The service as a child process, started when nothing answers at a loopback address and stopped when the run ends. */
final class ServiceProcess {
    /** A cold start unpacks a database and builds a chain; with a busy machine that takes a while. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 100;
    private static final int TAIL_LINES = 12;

    private final Process process;
    private final Path log;

    private ServiceProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code build/suiload serve}. A terminal sends Ctrl-C to all its processes; the child ignores it, because it
     * is still needed while the driver finishes and is stopped by the driver in the end. Its priority is lower than the driver's:
     * where they contend for a processor the service gets slower, which is measured, and not the clock it is measured by.
     *
     * @param home the project's folder
     */
    static ServiceProcess start(Path home, LoadSettings.Service service, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve("service.log");
        String program = home.resolve("build/suiload").toString();
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "trap '' INT; renice -n 5 -p $$ >/dev/null 2>&1; exec \"$@\"", "sh",
                program, "serve", "--with-parent");
        builder.environment().put("PORT", Integer.toString(service.port()));
        builder.environment().put("WEATHER", service.weather());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        return new ServiceProcess(process, log);
    }

    /** Waits until the service is ready. @return why it never was; empty when it is */
    Optional<String> awaitReady(ServiceWatch watch) throws InterruptedException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        Optional<String> notReady = Optional.of("it did not answer");
        while (System.nanoTime() < end) {
            if (!process.isAlive()) return Optional.of("it ended with code " + process.exitValue() + ":" + tail());
            notReady = watch.notReady();
            if (notReady.isEmpty()) return Optional.empty();
            process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        return Optional.of("not ready within " + Words.time(READY_WITHIN) + " (" + notReady.get() + "):" + tail());
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    /** SIGTERM, and SIGKILL when that is not obeyed in time. @return what happened, in words */
    String stop() {
        if (!process.isAlive()) return "the service had already ended with code " + process.exitValue() + ":" + tail();
        process.destroy();
        boolean interrupted = Thread.interrupted();
        try {
            if (process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) return "service stopped";
            process.destroyForcibly().waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return "the service did not stop within " + Words.time(STOP_WITHIN) + " and was killed; see " + log;
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            return "the service was killed";
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** The last lines of its log, each on a line of its own. */
    String tail() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(log));
            List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return last.isEmpty() ? " " + log + " is empty" : " the end of " + log + ":\n  " + String.join("\n  ", last);
        } catch (IOException unreadable) {
            return " (" + log + " cannot be read)";
        }
    }
}
