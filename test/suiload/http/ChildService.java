package suiload.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import suiload.metrics.Metrics;

/** A service in a JVM of its own, since the JDK server reads its properties once per JVM. Ends with its parent's end of the pipe. */
public final class ChildService implements AutoCloseable {
    private final Process process;
    private final int port;

    private ChildService(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** In the child: serves, prints its port and waits for the pipe to close. */
    public static void main(String[] arguments) throws IOException {
        Routes routes = new Routes()
                .add("GET", "/", Policy.OPEN, request -> Response.json("healthy"))
                .add("POST", "/echo", Policy.GUARDED, request -> Response.bytes(200, "application/octet-stream", request.body()));
        try (HttpService service = HttpService.start(HttpConfig.service("127.0.0.1", 0), routes, fault -> HttpError.internal(), new Metrics())) {
            service.ready();
            System.out.println(service.port());
            System.in.readAllBytes();
        }
    }

    /** Starts a child with the flags of conf/jvm/serve.args, then these. */
    static ChildService start(String... flags) throws IOException {
        Path home = Path.of(System.getProperty("suiload.home"));
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "@" + home.resolve("conf/jvm/serve.args")));
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "-cp", home.resolve("build/test-classes") + ":" + home.resolve("build/classes") + ":" + home.resolve("lib/runtime") + "/*",
                ChildService.class.getName()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String port = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (port == null) {
            throw new IOException("the child did not start: " + command);
        }
        return new ChildService(process, Integer.parseInt(port));
    }

    RawConnection connect() throws IOException {
        return new RawConnection(port);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
