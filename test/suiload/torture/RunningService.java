package suiload.torture;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import suiload.json.Json;
import suiload.store.TestDatabase;

/** The whole service as a user starts it, in a process of its own that can be killed and started again on the same data. */
final class RunningService implements AutoCloseable {
    private static final Duration READY_WAIT = Duration.ofSeconds(60);

    private final Path data = TestDatabase.folder("service");
    private final int port = freePort();
    private final String weather;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private volatile Process process;

    RunningService(String weather) throws IOException, InterruptedException {
        this.weather = weather;
        start();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Starts it; how long until it was ready. */
    Duration start() throws IOException, InterruptedException {
        long began = System.nanoTime();
        var builder = new ProcessBuilder(TestDatabase.HOME.resolve("build/suiload").toString(), "serve");
        builder.environment().putAll(Map.of("PORT", Integer.toString(port), "DATA_DIR", data.toString(), "WEATHER", weather));
        Path log = data.resolve("torture.log");
        process = builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        while (!ready()) {
            if (!process.isAlive()) throw new IOException("the service ended with " + process.exitValue() + ": see " + log);
            if (System.nanoTime() - began > READY_WAIT.toNanos()) throw new IOException("the service does not get ready");
            Thread.sleep(50);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private boolean ready() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

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

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
