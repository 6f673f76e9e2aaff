package suiload.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import suiload.http.ChildJvm;
import suiload.json.Json;
import suiload.store.TestDatabase;

/**
 * The service as a person starts it, {@code build/suiload serve}, with its own database and embedded network, in a process of its own
 * that can be stopped, killed and started again on the same data and port.
 */
public final class WholeService implements AutoCloseable {
    static final Path HOME = TestDatabase.HOME;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Path data;
    /** What it has printed, over all its starts. */
    final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
    private final String[] settings;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private volatile Process process;

    private WholeService(Path data, String[] settings, int port) {
        this.data = data;
        this.settings = settings;
        this.port = port;
    }

    public static Path newFolder() {
        return TestDatabase.folder("torture");
    }

    /** On a new data folder, in calm weather. @param settings {@code NAME=value} */
    public static WholeService start(String... settings) throws IOException, InterruptedException {
        return start(newFolder(), settings);
    }

    public static WholeService start(Path data, String... settings) throws IOException, InterruptedException {
        var service = new WholeService(data, settings, ChildJvm.freePort());
        service.restart();
        return service;
    }

    /** Starts it, for the first time or after its end. How long until {@code /health/ready} said so. */
    Duration restart() throws IOException, InterruptedException {
        long began = System.nanoTime();
        process = launch(data, port, settings);
        BufferedReader lines = process.inputReader();
        Thread.ofVirtual().start(() -> follow(lines));
        while (!ready()) {
            if (!process.isAlive()) throw new IOException("the service ended with " + process.exitValue() + ": " + output);
            if (System.nanoTime() - began > PATIENCE.toNanos()) throw new IOException("the service does not get ready: " + output);
            Thread.sleep(20);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void follow(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) output.add(line);
        } catch (IOException e) {
            output.add("(the output ends here: " + e.getMessage() + ")");
        }
    }

    /** What a service says that does not start: its output, after its end. */
    static List<String> refusal(Path data, String... settings) throws IOException, InterruptedException {
        Process process = launch(data, 0, settings);
        List<String> lines = process.inputReader().lines().toList();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        return lines;
    }

    private static Process launch(Path data, int port, String... settings) throws IOException {
        var builder = new ProcessBuilder(HOME.resolve("build/suiload").toString(), "serve").redirectErrorStream(true);
        builder.environment().putAll(Map.of("PORT", Integer.toString(port), "DATA_DIR", data.toString(), "WEATHER", "calm"));
        for (String setting : settings) builder.environment().put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        return builder.start();
    }

    public int port() {
        return port;
    }

    Process process() {
        return process;
    }

    boolean ready() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, Object json) throws IOException, InterruptedException {
        return post(path, json, Optional.empty());
    }

    /** @param key the idempotency key */
    HttpResponse<String> post(String path, Object json, Optional<String> key) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(json)));
        key.ifPresent(value -> request.header("Idempotency-Key", value));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Posts until there is an answer that will not change: 200 or 422. What else happened on the way goes to {@code otherwise}. */
    HttpResponse<String> insist(String path, Object json, String key, Otherwise otherwise) throws InterruptedException, IOException {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < end) {
            try {
                HttpResponse<String> response = post(path, json, Optional.of(key));
                if (response.statusCode() == 200 || response.statusCode() == 422) return response;
                otherwise.status(response.statusCode());
            } catch (IOException gone) {
                otherwise.status(0);
            }
            Thread.sleep(200);
        }
        throw new IOException("no lasting answer for " + key);
    }

    /** Told of every answer that is not the last word; 0 stands for none at all. */
    interface Otherwise {
        void status(int status);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    }

    /** The value of a metric without labels, or with the labels given as they stand. */
    public double metric(String name) throws IOException, InterruptedException {
        return get("/metrics").body().lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).findFirst().orElseThrow();
    }

    /** Changes the embedded network's weather; {@code changes} as keys of a weather file and their values. */
    void weather(String name, Map<String, Object> changes) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(node().resolve("/weather")).timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Json.object("name", name, "changes", changes)))).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new IOException(response.body());
    }

    /** Where the embedded network answers. */
    URI node() throws IOException {
        Json endpoint = Json.parse(Files.readAllBytes(data.resolve("localnet/endpoint.json")));
        return URI.create("http://127.0.0.1:" + endpoint.integer("port", 1, 65_535));
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM: it is to end in order. {@link Process#destroy} would also close the pipe through which it tells how it went. */
    void terminate() {
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
