package suiload.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import suiload.json.Json;

/**
 * The table of performance goals with this machine's own figures: {@code Bench [ID…]}, all lines without one. Writes out/bench.json
 * after each line. Nothing here is a test: a goal that is missed is said, and the program still ends with 0.
 */
public final class Bench {
    private static final int BAD_SETTINGS = 104;
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final Path RESULTS = HOME.resolve("out/bench.json");
    private static final List<Measure> ALL = List.of(new LaptopRun(), new LargestLoad(), new NodeCallsPerOperation(), new ServiceOverhead(),
            new RequestRate(), new DriverCost(), new LatencyTruth(), new SigningCost(), new NetworkRate(), new ColdStart(), new Growth());

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(Set.of(arguments)));
    }

    private static int run(Set<String> ids) throws IOException, InterruptedException {
        Set<String> unknown = new TreeSet<>(ids);
        ALL.forEach(measure -> unknown.remove(measure.id()));
        if (!unknown.isEmpty()) {
            System.err.println("bench: no such line: " + unknown + ", there are " + ALL.stream().map(Measure::id).toList());
            return BAD_SETTINGS;
        }
        Map<String, Object> about = Json.object("machine", machine(), "commit", commit(),
                "date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), "java", Runtime.version().toString());
        about.forEach((name, value) -> System.out.println(name + ": " + value));
        System.out.println("\n| id | what | goal | here | |\n|---|---|---|---|---|");
        Map<String, Object> lines = new LinkedHashMap<>();
        for (Measure measure : ALL) {
            if (!ids.isEmpty() && !ids.contains(measure.id())) continue;
            Findings found = taken(measure);
            System.out.printf("| %s | %s | %s | %s | %s |%n", measure.id(), measure.what(), measure.goal(), found.text(), found.verdict());
            lines.put(measure.id(), Json.object("what", measure.what(), "goal", measure.goal(), "found", found.json()));
            Files.createDirectories(RESULTS.getParent());
            Files.writeString(RESULTS, Json.pretty(Json.object("about", about, "lines", lines)));
        }
        System.out.println("\nwritten: " + RESULTS);
        return 0;
    }

    private static Findings taken(Measure measure) throws InterruptedException {
        try {
            return measure.take();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Exception fault) {
            return new Findings().voided("could not be taken: " + fault);
        }
    }

    private static String machine() throws IOException {
        String cpu = Files.exists(Path.of("/proc/cpuinfo")) ? Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name")).map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst()
                .orElse("") : "";
        return Runtime.getRuntime().availableProcessors() + " x " + cpu + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    private static String commit() throws IOException, InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "-C", HOME.toString(), "describe", "--always", "--dirty").start();
            String commit = git.inputReader().lines().collect(Collectors.joining());
            return git.waitFor() == 0 ? commit : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        }
    }
}
