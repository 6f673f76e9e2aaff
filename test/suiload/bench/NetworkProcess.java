package suiload.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import suiload.crypto.SecretKey;
import suiload.json.Json;
import suiload.load.WatchedProcess;

/** The embedded network as a process of its own, in calm weather, as the service starts it. */
final class NetworkProcess implements AutoCloseable {
    static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final String PROCESSOR = "0";
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final Duration readyAfter;
    private final Json endpoint;

    private NetworkProcess(Process process, Duration readyAfter, Json endpoint) {
        this.process = process;
        this.readyAfter = readyAfter;
        this.endpoint = endpoint;
    }

    /**
     * Starts it on a folder, which may have a ledger, and waits until it answers.
     *
     * @param pinned to one processor, by {@link #TASKSET}
     * @throws IOException when it ends instead, with what it said
     */
    static NetworkProcess start(Path data, boolean pinned) throws IOException {
        List<String> command = new ArrayList<>(pinned ? List.of(TASKSET.toString(), "-c", PROCESSOR) : List.of());
        command.addAll(List.of(Path.of(System.getProperty("suiload.home"), "build", "suiload").toString(), "localnet", "--managed",
                "--port", "0", "--faucet-port", "0", "--data", data.toString(), "--weather", "calm"));
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(data.resolve("log").toFile()).start();
        try {
            String line = readyLine(process, data);
            return new NetworkProcess(process, Duration.ofNanos(System.nanoTime() - began), Json.parse(line));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The line that says how it is reached; a JVM with a flight recorder has something to say before. */
    private static String readyLine(Process process, Path data) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) if (line.startsWith("{")) return line;
        throw new IOException("the network did not start: " + Files.readString(data.resolve("log")));
    }

    static Path newFolder() throws IOException {
        return Files.createTempDirectory("network");
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    int port() {
        return (int) endpoint.integer("port", 1, 65_535);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    SecretKey fundingKey() throws IOException {
        return SecretKey.parse(Files.readString(Path.of(endpoint.string("funding_key"))).strip());
    }

    /** From the command until it said how it is reached, which it does once it answers. */
    Duration readyAfter() {
        return readyAfter;
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** 0 where the system does not say. */
    long residentMb() {
        return WatchedProcess.resident(process.pid()) >> 20;
    }

    /** {@code kill -9}: it writes nothing more. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
