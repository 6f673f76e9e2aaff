package suiload.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a process used that ended, looked at four times a second.
 *
 * @param code        exit code
 * @param cpu         that it used, but for its last quarter of a second
 * @param residentMax bytes; 0 where the system does not tell
 */
public record WatchedProcess(int code, Duration cpu, long residentMax) {
    /** Waits for its end; after {@code limit} it is asked to end. */
    public static WatchedProcess untilEnd(Process process, Duration limit) throws IOException, InterruptedException {
        Duration cpu = Duration.ZERO;
        long resident = 0;
        long end = System.nanoTime() + limit.toNanos();
        while (!process.waitFor(250, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            cpu = process.info().totalCpuDuration().orElse(cpu);
            resident = Math.max(resident, resident(process.pid()));
        }
        if (process.isAlive()) process.destroy();
        return new WatchedProcess(process.waitFor(), cpu, resident);
    }

    /** The program of that name on the PATH. */
    public static Optional<Path> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable).findFirst();
    }

    /** Bytes; 0 where the system does not tell, or it ended. */
    public static long resident(long pid) {
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
