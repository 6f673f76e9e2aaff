package suiload;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import suiload.crypto.SecretKey;
import suiload.json.Json;
import suiload.json.JsonException;
import suiload.metrics.Log;
import suiload.store.CannotStart;

/**
 * The embedded network as our child: a process of its own, so that its memory and CPU are not the service's. It reads its
 * standard input, a pipe that only we hold open, and ends when we end, however we end.
 */
final class EmbeddedNetwork implements AutoCloseable {
    private static final Duration START_WAIT = Duration.ofSeconds(120);
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final Process process;
    private final Json ready;

    private EmbeddedNetwork(Process process, Json ready) {
        this.process = process;
        this.ready = ready;
    }

    /** @throws CannotStart in one line, with what the child said last */
    static EmbeddedNetwork start(Settings settings, Path home, Path data) {
        Path log = data.resolve("localnet.log");
        try {
            Files.createDirectories(data);
            Process process = new ProcessBuilder(command(settings, home, data)).redirectError(log.toFile()).start();
            return new EmbeddedNetwork(process, awaitReady(process, log));
        } catch (IOException e) {
            throw new CannotStart("cannot start the embedded network: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while starting the embedded network", e);
        }
    }

    private static List<String> command(Settings settings, Path home, Path data) {
        List<String> command = new ArrayList<>();
        // A session of its own: Ctrl-C in a terminal reaches only us, and we stop it when our work is done.
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) command.add("/usr/bin/setsid");
        else command.addAll(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.addAll(List.of(home.resolve("build/suiload").toString(), "localnet", "--managed",
                "--data", data.resolve("localnet").toString(),
                "--port", settings.text(Setting.LOCALNET_PORT),
                "--faucet-port", settings.text(Setting.LOCALNET_FAUCET_PORT),
                "--weather", settings.text(Setting.WEATHER),
                "--seed", settings.text(Setting.LOCALNET_SEED)));
        return command;
    }

    /** The child's ready line is a JSON object; before it a JVM may have something to say about its options. */
    private static Json awaitReady(Process process, Path log) throws IOException, InterruptedException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread.ofVirtual().name("localnet-output").start(() -> {
            try {
                String first = out.readLine();
                while (first != null && !first.startsWith("{")) first = out.readLine();
                line.complete(first);
                // Its JVM says here why it had to end, if it had to: out of memory.
                for (String said = out.readLine(); said != null; said = out.readLine()) Log.warn("localnet_said", "line", said);
            } catch (IOException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            String text = line.get(START_WAIT.toSeconds(), TimeUnit.SECONDS);
            if (text != null) return Json.parse(text);
            throw new CannotStart("the embedded network does not start: " + lastLine(log));
        } catch (TimeoutException | ExecutionException | JsonException e) {
            process.destroyForcibly();
            throw new CannotStart("the embedded network did not get ready within " + START_WAIT.toSeconds() + " s; its log is " + log, e);
        }
    }

    private static String lastLine(Path log) throws IOException {
        return Files.readAllLines(log).stream().filter(line -> !line.isBlank()).reduce((first, second) -> second).orElse("its log is empty");
    }

    /** Where it answers gRPC-Web. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + ready.integer("port", 1, 65_535));
    }

    int faucetPort() {
        return Math.toIntExact(ready.integer("faucet_port", 0, 65_535));
    }

    /** The key of its own funded account. */
    SecretKey fundingKey() {
        try {
            return SecretKey.parse(Files.readString(Path.of(ready.string("funding_key"))).strip());
        } catch (IOException e) {
            throw new CannotStart("cannot read the embedded network's funding key", e);
        }
    }

    /** Runs {@code onDeath} if the child ends without having been asked to. */
    void onUnexpectedEnd(Runnable onDeath) {
        process.onExit().thenAccept(ended -> onDeath.run());
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                Log.warn("localnet_killed", "pid", process.pid());
                process.destroyForcibly();
            }
        } catch (IOException e) {
            Log.error("localnet_stop_failed", e, "pid", process.pid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
