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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import suiload.json.Json;

/** The service as a person starts it: {@code build/suiload serve}, with its own database and embedded network, on a free port. */
final class WholeService implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final Pattern READY = Pattern.compile("is ready on (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Path data;
    final Process process;
    final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    private WholeService(Path data, Process process, URI address) {
        this.data = data;
        this.process = process;
        this.address = address;
    }

    static Path newFolder() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(HOME.resolve("build/test-data")), "torture-");
    }

    /** @param settings {@code NAME=value}, beside PORT, DATA_DIR and calm weather */
    static WholeService start(Path data, String... settings) throws IOException {
        Process process = launch(data, settings);
        BufferedReader lines = process.inputReader();
        List<String> early = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            early.add(line);
            Matcher ready = READY.matcher(line);
            if (!ready.find()) continue;
            var service = new WholeService(data, process, URI.create(ready.group(1)));
            service.output.addAll(early);
            Thread.ofVirtual().start(() -> service.follow(lines));
            return service;
        }
        throw new IOException("the service did not start: " + early);
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
        Process process = launch(data, settings);
        List<String> lines = process.inputReader().lines().toList();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        return lines;
    }

    private static Process launch(Path data, String... settings) throws IOException {
        var builder = new ProcessBuilder(HOME.resolve("build/suiload").toString(), "serve").redirectErrorStream(true);
        builder.environment().putAll(java.util.Map.of("PORT", "0", "DATA_DIR", data.toString(), "WEATHER", "calm"));
        for (String setting : settings) builder.environment().put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        return builder.start();
    }

    int port() {
        return address.getPort();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
        return client.send(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    }

    /** @throws IOException unless it is answered with 200 */
    Json posted(String path, Object body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(path, body);
        if (answer.statusCode() != 200) throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        return Json.parse(answer.body());
    }

    /** The value of a metric without labels, or with the labels given as they stand. */
    double metric(String name) throws IOException, InterruptedException {
        return get("/metrics").body().lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).findFirst().orElseThrow();
    }

    /** Makes a channel for a new, funded user: what sending takes. */
    List<Sender> senders(int count) throws IOException, InterruptedException {
        Json made = posted("/users/generate/active?count=" + count, Json.object());
        posted("/users/fund", Json.object("amount_per_user", "2000000000"));
        List<Sender> senders = new ArrayList<>();
        for (Json user : made.list("users")) {
            String address = user.string("sui_address");
            Json channel = posted("/contract/channel", Json.object("sui_address", address, "channel_name", "torture",
                    "initial_members", List.of())).get("channel");
            senders.add(new Sender(address, channel.string("channelId"), channel.list("memberCaps").getFirst().string("memberCapId")));
        }
        return senders;
    }

    record Sender(String address, String channel, String memberCap) {
        Object message(String text) {
            return Json.object("sui_address", address, "channel_id", channel, "member_cap_id", memberCap, "message", text);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** In order, as Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
