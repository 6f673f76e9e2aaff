package suiload.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** P5's yardstick: the JDK's server with a handler that writes given bytes and does nothing else. {@code BareServer ROOT_FILE LIST_FILE} */
final class BareServer {
    private BareServer() {}

    public static void main(String[] arguments) throws IOException {
        byte[] root = Files.readAllBytes(Path.of(arguments[0]));
        byte[] list = Files.readAllBytes(Path.of(arguments[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().getPath().equals("/users") ? list : root;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.write((server.getAddress().getPort() + "\n").getBytes(StandardCharsets.US_ASCII));
        System.out.flush();
        System.in.readAllBytes();
        System.exit(0);
    }
}
