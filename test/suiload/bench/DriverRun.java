package suiload.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import suiload.http.ChildJvm;
import suiload.json.Json;
import suiload.load.WatchedProcess;

/**
 * A run of the driver as a person starts it, in a process of its own.
 *
 * @param code    exit code
 * @param text    what it printed
 * @param summary its summary.json; empty where it wrote none
 * @param cpu     that its process used, but for its last quarter of a second
 */
record DriverRun(int code, String text, Optional<Json> summary, Duration cpu) {
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final int UNFIT = 97;
    private static final Duration LIMIT = Duration.ofHours(2);

    /** @param settings {@code NAME=value}; a service that is not there is started on data of its own */
    static DriverRun of(String command, String... settings) throws IOException, InterruptedException {
        Path out = Files.createTempDirectory(Files.createDirectories(HOME.resolve("build/test-data")), "bench-");
        var builder = new ProcessBuilder(HOME.resolve("build/suiload").toString(), command, "OUT=" + out);
        builder.command().addAll(java.util.List.of(settings));
        builder.environment().putAll(Map.of("PORT", Integer.toString(ChildJvm.freePort()), "DATA_DIR", out.resolve("data").toString()));
        Path console = out.resolve("console.txt");
        Process process = builder.redirectErrorStream(true).redirectOutput(console.toFile()).start();
        WatchedProcess ended = WatchedProcess.untilEnd(process, LIMIT);
        Path summary = out.resolve("summary.json");
        return new DriverRun(ended.code(), Files.readString(console),
                Files.exists(summary) ? Optional.of(Json.parse(Files.readAllBytes(summary))) : Optional.empty(), ended.cpu());
    }

    /** @param figure {@code value}, {@code count}, {@code p(95)} … */
    double figure(String metric, String figure) {
        return summary.orElseThrow(() -> new IllegalStateException("the driver ended with " + code + ": " + text))
                .get("metrics").get(metric).get(figure).asDouble();
    }

    /** Void where the driver says that it was unfit. */
    Findings judged(Findings findings) {
        if (code != UNFIT) return findings;
        return findings.voided(text.lines().filter(line -> line.contains("unfit")).findFirst().orElse("unfit").strip());
    }
}
