package suiload.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of ours in a JVM of its own that prints its port and serves until its standard input ends, as it does when we die. */
public final class ChildJvm implements AutoCloseable {
    private static final long STOP_SECONDS = 35;

    private final Process process;
    private final int port;

    private ChildJvm(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param flags come after those of conf/jvm/serve.args */
    public static ChildJvm start(Class<?> main, List<String> flags, String... arguments) throws IOException {
        Path home = Path.of(System.getProperty("suiload.home"));
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("@" + home.resolve("conf/jvm/serve.args"));
        command.addAll(flags);
        command.add("-cp");
        command.add(home.resolve("build/test-classes") + ":" + home.resolve("build/classes") + ":" + home.resolve("lib/runtime") + "/*");
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String port = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (port == null) {
            throw new IOException("the child did not start: " + command);
        }
        return new ChildJvm(process, Integer.parseInt(port));
    }

    public int port() {
        return port;
    }

    /** A port that nothing listens on: for a program that takes no 0. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public RawConnection connect() throws IOException {
        return new RawConnection(port);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
