package suiload.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import suiload.json.Json;

/** The real k6 with our script, where somebody installed it: it is in no registry that the build reaches. */
public final class K6 {
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private final Path program;

    /**
     * A run that ended.
     *
     * @param process what it used
     * @param text    what it printed
     * @param summary what it wrote with {@code --summary-export}
     */
    public record Run(WatchedProcess process, String text, Json summary) {
        /** @param figure {@code value}, {@code count}, {@code p(95)} … */
        public double figure(String metric, String figure) {
            return summary.get("metrics").get(metric).get(figure).asDouble();
        }
    }

    private K6(Path program) {
        this.program = program;
    }

    /** The one on the PATH. */
    public static Optional<K6> installed() {
        return WatchedProcess.program("k6").map(K6::new);
    }

    /** As it says itself. */
    public String version() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.toString(), "version").start();
        String text = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return text;
    }

    /**
     * Runs {@code conf/k6/messaging.js} to its end; it tells nobody of it.
     *
     * @param folder   for what it writes
     * @param settings the script's own: ACTIVE, PASSIVE, DURATION
     */
    public Run run(Path folder, String url, Map<String, String> settings) throws IOException, InterruptedException {
        Path summary = folder.resolve("k6.json");
        Path console = folder.resolve("k6.txt");
        List<String> command = new ArrayList<>(List.of(program.toString(), "run", "--quiet", "--no-usage-report", "--summary-export",
                summary.toString(), "-e", "PROVISIONING_API_URL=" + url));
        settings.forEach((name, value) -> command.addAll(List.of("-e", name + "=" + value)));
        command.add(HOME.resolve("conf/k6/messaging.js").toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(console.toFile()).start();
        WatchedProcess ended = WatchedProcess.untilEnd(process, LIMIT);
        String text = Files.readString(console);
        if (!Files.exists(summary)) throw new IllegalStateException("k6 ended with " + ended.code() + " and wrote no summary: " + text);
        return new Run(ended, text, Json.parse(Files.readAllBytes(summary)));
    }
}
