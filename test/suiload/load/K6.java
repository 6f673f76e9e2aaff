package suiload.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import suiload.json.Json;

/** The real k6 with our script, where somebody installed it: it is in no registry that the build reaches. */
public final class K6 {
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private final Path program;

    /**
     * A run that ended.
     *
     * @param code        exit code
     * @param text        what it printed
     * @param summary     what it wrote with {@code --summary-export}
     * @param cpu         that its process used, but for its last quarter of a second
     * @param residentMax bytes, looked at four times a second; 0 where the system does not tell
     */
    public record Run(int code, String text, Json summary, Duration cpu, long residentMax) {
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
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(folder -> Path.of(folder, "k6"))
                .filter(Files::isExecutable).findFirst().map(K6::new);
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
        Duration cpu = Duration.ZERO;
        long resident = 0;
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!process.waitFor(250, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            cpu = process.info().totalCpuDuration().orElse(cpu);
            resident = Math.max(resident, resident(process.pid()));
        }
        if (process.isAlive()) process.destroy();
        int code = process.waitFor();
        String text = Files.readString(console);
        if (!Files.exists(summary)) throw new IllegalStateException("k6 ended with " + code + " and wrote no summary: " + text);
        return new Run(code, text, Json.parse(Files.readAllBytes(summary)), cpu, resident);
    }

    private static long resident(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) return 0;
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst().orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }
}
