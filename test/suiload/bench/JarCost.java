package suiload.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What each runtime jar costs: {@code test/main suiload.bench.JarCost} starts the service with its embedded database and network, notes
 * which classes of which jar are loaded until it is ready, and then how long a JVM takes that loads just those (median of five, beyond
 * a JVM that loads none).
 */
public final class JarCost {
    private static final Path HOME = Path.of(System.getProperty("suiload.home"));
    private static final String JAVA = ProcessHandle.current().info().command().orElse("java");
    private static final Pattern LOADED = Pattern.compile("\\] ([\\w.$]+) source: .*/lib/runtime/([^/]+\\.jar)$");
    private static final int ROUNDS = 5;
    private static final int PATIENCE_SECONDS = 60;

    private JarCost() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("load")) {
            for (String name : Files.readAllLines(Path.of(arguments[1]))) Class.forName(name, false, JarCost.class.getClassLoader());
            return;
        }
        Path work = Files.createTempDirectory(Files.createDirectories(HOME.resolve("build/test-data")), "jar-cost-");
        Map<String, List<String>> loaded = loadedByTheService(work);
        long none = median(work, List.of());
        System.out.printf("%-34s %9s %8s %8s%n", "jar", "bytes", "classes", "ms");
        try (Stream<Path> jars = Files.list(HOME.resolve("lib/runtime"))) {
            for (Path jar : jars.sorted().toList()) {
                List<String> classes = loaded.getOrDefault(jar.getFileName().toString(), List.of());
                double millis = classes.isEmpty() ? 0 : Math.max(0, median(work, classes) - none) / 1e6;
                System.out.printf(Locale.ROOT, "%-34s %9d %8d %8.0f%n", jar.getFileName(), Files.size(jar), classes.size(), millis);
            }
        }
    }

    private static Map<String, List<String>> loadedByTheService(Path work) throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path log = work.resolve("classes.log");
        List<String> command = java("serve.args");
        command.add("-Xlog:class+load:file=" + log);
        command.addAll(List.of("-cp", HOME.resolve("build/suiload.jar") + ":" + HOME.resolve("lib/runtime") + "/*", "suiload.Main",
                "serve"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("PORT", Integer.toString(port), "DATA_DIR", work.resolve("data").toString()));
        Process service = builder.start();
        try {
            awaitReady(service, port);
        } finally {
            service.destroy();
            if (!service.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) service.destroyForcibly();
        }
        Map<String, List<String>> loaded = new TreeMap<>();
        for (String line : Files.readAllLines(log)) {
            Matcher matcher = LOADED.matcher(line);
            if (matcher.find()) loaded.computeIfAbsent(matcher.group(2), jar -> new ArrayList<>()).add(matcher.group(1));
        }
        return loaded;
    }

    private static void awaitReady(Process service, int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end && service.isAlive()) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) return;
                } catch (IOException notYet) {
                    Thread.sleep(50);
                }
            }
        }
        throw new IOException("the service does not get ready");
    }

    private static List<String> java(String arguments) {
        return new ArrayList<>(List.of(JAVA, "@" + HOME.resolve("conf/jvm/" + arguments), "-Dsuiload.home=" + HOME));
    }

    /** Nanoseconds of a whole JVM's life. */
    private static long median(Path work, List<String> classes) throws Exception {
        Path list = Files.write(work.resolve("classes.list"), classes);
        List<String> command = java("default.args");
        command.addAll(List.of("-cp", HOME.resolve("build/test-classes") + ":" + HOME.resolve("lib/runtime") + "/*",
                JarCost.class.getName(), "load", list.toString()));
        long[] times = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) throw new IOException("could not load the classes of " + list);
            times[i] = System.nanoTime() - began;
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
    }
}
