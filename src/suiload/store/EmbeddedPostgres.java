package suiload.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import suiload.metrics.Deadline;
import suiload.metrics.Log;

/**
 * A real PostgreSQL as our child: loopback only, a free port, a generated password, data kept in one folder.
 *
 * <p>Between it and us stands a shell whose standard input is a pipe that only we hold open. When we end, however we end, the shell
 * reads end-of-file and shuts PostgreSQL down. Shell and server are a session of their own, so that Ctrl-C in a terminal reaches
 * only us and we can finish our work first. A server that dies while we live is started again on the same port.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /**
     * Arguments: the server's command. SIGINT is the fast shutdown (clients are cut off, a checkpoint is written), SIGQUIT the
     * immediate one, and SIGKILL ends even a server that somebody has frozen; 5 s each.
     */
    private static final String SUPERVISOR = """
            exec 3<&0
            "$@" </dev/null &
            server=$!
            (
              while read -r _ <&3; do :; done
              for signal in INT QUIT KILL; do
                kill -$signal $server
                tries=50
                while [ $tries -gt 0 ] && kill -0 $server; do sleep 0.1; tries=$((tries - 1)); done
              done
            ) >/dev/null 2>&1 &
            watch=$!
            wait $server
            code=$?
            kill $watch 2>/dev/null
            exit $code
            """;
    private static final Duration START_WAIT = Duration.ofSeconds(60);
    private static final Duration STOP_WAIT = Duration.ofSeconds(16);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(500);
    private static final Duration RESTART_PAUSE = Duration.ofMillis(100);
    private static final int RESTART_STEPS_MAX = 7;
    private static final int START_ATTEMPTS = 5;

    private final Cluster cluster;
    private final PostgresLog log;
    private final int port;
    private final ReentrantLock lock = new ReentrantLock();
    private Process supervisor;
    private boolean closing;

    private EmbeddedPostgres(Cluster cluster, PostgresLog log, int port) {
        this.cluster = cluster;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts it and waits until it accepts connections.
     *
     * @param binaries where {@code bin/postgres} is
     * @param home     our folder for it, made where missing; nobody else may be using it (see {@link DataFolder})
     * @throws CannotStart in one line
     */
    public static EmbeddedPostgres start(Path binaries, Path home) {
        Path folder = home.toAbsolutePath().normalize();
        if (!Files.isExecutable(binaries.resolve("bin/postgres"))) {
            throw new CannotStart("no PostgreSQL for this platform in " + binaries + ": run ./build.sh, or set DATABASE_URL");
        }
        try {
            Files.createDirectories(folder);
            var cluster = new Cluster(binaries.toAbsolutePath(), folder, RunAs.choose(folder));
            cluster.create(new SecureRandom());
            stopOrphan(cluster.path());
            return start(cluster, new PostgresLog(folder.resolve("log")));
        } catch (IOException e) {
            throw new CannotStart("cannot start PostgreSQL in " + folder + ": " + DataFolder.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while starting PostgreSQL", e);
        }
    }

    /** Another program may take the free port before PostgreSQL does: a few attempts. */
    private static EmbeddedPostgres start(Cluster cluster, PostgresLog log) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var postgres = new EmbeddedPostgres(cluster, log, freePort());
            if (postgres.launch()) {
                cluster.syncOnce();
                return postgres;
            }
            if (attempt == START_ATTEMPTS) throw new CannotStart("PostgreSQL does not start in " + cluster.path() + ": " + log.reason());
            Thread.sleep(RETRY_PAUSE);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A server left over from a service that was killed together with its shell: stopped, so that ours is the only one. */
    private static void stopOrphan(Path cluster) throws IOException, InterruptedException {
        Optional<Postmaster> found = Postmaster.of(cluster);
        if (found.isEmpty()) return;
        Optional<ProcessHandle> orphan = found.get().process(cluster);
        if (orphan.isPresent()) {
            Log.warn("postgres_orphan_stopped", "pid", orphan.get().pid());
            stop(orphan.get());
        }
        Files.deleteIfExists(Postmaster.file(cluster));
    }

    private static void stop(ProcessHandle server) throws IOException, InterruptedException {
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + server.pid()).start().waitFor();
            Deadline deadline = Deadline.after(STOP_WAIT);
            while (server.isAlive() && !deadline.expired()) Thread.sleep(POLL);
            if (!server.isAlive()) return;
        }
        throw new CannotStart("an earlier PostgreSQL (process " + server.pid() + ") does not end");
    }

    /** Whether the server accepts connections; false if it ended instead, or we are closing. */
    private boolean launch() throws IOException, InterruptedException {
        Optional<Process> started = superviseUnlessClosing();
        if (started.isEmpty()) return false;
        Deadline deadline = Deadline.after(START_WAIT);
        while (started.get().isAlive() && !deadline.expired()) {
            if (Postmaster.of(cluster.path()).filter(Postmaster::ready).flatMap(found -> found.process(cluster.path())).isPresent()) {
                started.get().onExit().thenRunAsync(this::restart, task -> Thread.ofVirtual().name("postgres-restart").start(task));
                return true;
            }
            Thread.sleep(POLL);
        }
        end(started.get());
        return false;
    }

    private Optional<Process> superviseUnlessClosing() throws IOException {
        lock.lock();
        try {
            if (closing) return Optional.empty();
            supervisor = supervise();
            return Optional.of(supervisor);
        } finally {
            lock.unlock();
        }
    }

    private Process supervise() throws IOException {
        List<String> command = new ArrayList<>();
        boolean setsid = RunAs.works("setsid", "true");
        if (setsid) command.add("setsid");
        // Where there is no setsid (macOS), job control gives the server a process group of its own.
        command.addAll(List.of("sh", "-c", setsid ? SUPERVISOR : "set -m\n" + SUPERVISOR, "suiload-postgres"));
        command.addAll(cluster.command("postgres", PostgresSettings.arguments(cluster.path(), port)));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        log.follow(process.getInputStream());
        return process;
    }

    private void restart() {
        for (int attempt = 1; !closing(); attempt++) {
            try {
                Thread.sleep(restartPause(attempt));
                Log.warn("postgres_ended", "reason", log.reason(), "restart", attempt);
                if (launch()) return;
            } catch (IOException e) {
                Log.error("postgres_restart_failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Short at first, since most deaths are accidents; the disk may stay full for a while, so it never gives up. */
    private static Duration restartPause(int attempt) {
        int steps = Math.min(attempt, RESTART_STEPS_MAX);
        return RESTART_PAUSE.multipliedBy((long) steps * steps);
    }

    private boolean closing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private Process beginClosing() {
        lock.lock();
        try {
            closing = true;
            return supervisor;
        } finally {
            lock.unlock();
        }
    }

    /** Fast shutdown, within a bound. */
    @Override
    public void close() {
        try {
            end(beginClosing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process supervisor) throws IOException, InterruptedException {
        supervisor.getOutputStream().close();
        if (!supervisor.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)) supervisor.destroyForcibly();
    }

    public int port() {
        return port;
    }

    /** How to reach database {@code postgres} of this server. */
    public DatabaseConfig config() {
        return config("postgres");
    }

    public DatabaseConfig config(String database) {
        return cluster.config(port, database);
    }

    /** The server's process, while it runs: for tests that stop, freeze or kill it. */
    public Optional<ProcessHandle> process() {
        return cluster.running().flatMap(postmaster -> postmaster.process(cluster.path()));
    }

    /** How to reach the server that another process of ours runs on this folder, if there is one. */
    public static Optional<DatabaseConfig> running(Path home) {
        var cluster = new Cluster(home, home.toAbsolutePath().normalize(), new RunAs(List.of()));
        return cluster.running().map(postmaster -> cluster.config(postmaster.port(), "postgres"));
    }
}
