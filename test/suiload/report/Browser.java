package suiload.report;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Headless Chromium, where there is one. Each visit has a profile of its own and a bound on its time. */
final class Browser {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"),
            Path.of("/usr/bin/google-chrome"));
    private static final long BOUND_SECONDS = 60;
    private static final String SIZE = "1400,3900";
    private static final Pattern REQUEST = Pattern.compile("\"initiator\":\"(?!not an origin)[^\"]*\".*\"url\":\"((?:https?|wss?)://[^\"]*)\"");

    private final Path program;
    private final Path folder;

    private Browser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** What a visit left: the page as it stood at the end, what the console said, and every URL asked for. */
    record Visit(String dom, List<String> console, List<String> requests) {
        /** The value of {@code data-name} on the element with this id, or on the document for an empty id. */
        String data(String id, String name) {
            Matcher element = Pattern.compile(id.isEmpty() ? "<html[^>]*>" : "<[a-z]+[^>]*\\bid=\"" + Pattern.quote(id) + "\"[^>]*>")
                    .matcher(dom);
            assertTrue(element.find(), "no element " + id);
            Matcher value = Pattern.compile("data-" + name + "=\"([^\"]*)\"").matcher(element.group());
            assertTrue(value.find(), "no data-" + name + " in " + element.group());
            return value.group(1);
        }
    }

    /** Skips the test where no browser is installed. */
    static Browser find(Path folder) {
        Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(program != null, "no Chromium on this machine");
        return new Browser(program, folder);
    }

    /** Opens a page, lets its scripts run for 3 s of its own time, and keeps a picture of it. */
    Visit open(String url, Path picture, String... more) throws IOException, InterruptedException {
        Path net = folder.resolve("net.json");
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("log.txt");
        Files.deleteIfExists(picture);
        Files.createDirectories(picture.toAbsolutePath().getParent());
        List<String> options = new ArrayList<>(List.of("--dump-dom", "--screenshot=" + picture.toAbsolutePath(), "--window-size=" + SIZE,
                "--hide-scrollbars", "--enable-logging=stderr", "--log-net-log=" + net, "--virtual-time-budget=3000"));
        options.addAll(List.of(more));
        run(dom, log, url, options);
        assertTrue(Files.size(picture) > 5000, "an empty picture");
        List<String> console = Files.readAllLines(log).stream().filter(line -> line.contains("CONSOLE")).toList();
        return new Visit(Files.readString(dom), console, Files.readAllLines(net).stream().flatMap(Browser::requestOfPage).distinct()
                .toList());
    }

    /** The browser has its own errands, which name no page as their origin. */
    private static Stream<String> requestOfPage(String event) {
        Matcher matcher = REQUEST.matcher(event);
        return matcher.find() ? Stream.of(matcher.group(1)) : Stream.empty();
    }

    private void run(Path out, Path err, String url, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
                "--disable-default-apps", "--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
        command.addAll(options);
        command.add(url);
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertTrue(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS), "the browser did not end in time");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
