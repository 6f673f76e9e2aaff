package suiload.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The driver in a JVM of its own, as a person starts it; a few users and a short run unless told otherwise. */
final class LoadProcess {
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final String CLASSES = Stream.of("build/test-classes", "build/classes", "lib/runtime/*")
            .map(part -> HOME.resolve(part).toString()).collect(Collectors.joining(File.pathSeparator));
    private static final List<String> SHORT = List.of("ACTIVE=4", "PASSIVE=8", "STAGES=500ms:100,2s:100",
            "ACTIVE_USERS_THINK_TIME_SEC_MIN=0.1", "ACTIVE_USERS_THINK_TIME_SEC_MAX=0.2", "PASSIVE_USERS_POLLING_INTERVAL=0.2",
            "RETRY_BASE_DELAY=5ms");

    private final Path out;

    /** @param out where reports and the console's text go */
    LoadProcess(Path out) {
        this.out = out;
    }

    record Ended(int code, String text) {}

    Ended run(String command, String url, String... more) throws IOException, InterruptedException {
        return ended(start(command, url, List.of(more)));
    }

    /** A started JVM ignores Ctrl-C where its parent does, as in a shell's background: this one does not. */
    Process start(String command, String url, List<String> more) throws IOException {
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        if (!Files.exists(Path.of("/proc"))) line.clear();
        line.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + HOME.resolve("conf/jvm/load.args"), "-Dsuiload.home=" + HOME, "-cp", CLASSES,
                LoadTestMain.class.getName(), command, "PROVISIONING_API_URL=" + url, "OUT=" + out));
        line.addAll(SHORT);
        line.addAll(more);
        return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.resolve("console.txt").toFile()).start();
    }

    Ended ended(Process process) throws IOException, InterruptedException {
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the program ends");
        return new Ended(process.exitValue(), Files.readString(out.resolve("console.txt")));
    }
}
