package suiload.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import suiload.metrics.Latencies;

/**
 * Passes HTTP/1.1 on to a server and records how long each answer took, from the request's last byte to the answer's last one: what the
 * wire saw, the server's own dispatch included. Every message has a Content-Length or no body.
 */
final class WireTap implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    private final ServerSocket door = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    private final int server;
    private final Predicate<String> counted;
    private final Latencies record;
    /** Of the platform: a virtual one would learn of its bytes from another thread, a wake-up later. */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("wire-tap").factory());

    /** @param counted picks by the request's first line what is recorded */
    WireTap(int server, Predicate<String> counted, Latencies record) throws IOException {
        this.server = server;
        this.counted = counted;
        this.record = record;
        threads.submit(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            threads.submit(() -> pass(client));
        }
    }

    private Void pass(Socket client) throws IOException {
        try (client; Socket behind = new Socket(InetAddress.getLoopbackAddress(), server)) {
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
            var arriving = new Stamped(client.getInputStream());
            InputStream requests = new BufferedInputStream(arriving);
            InputStream answers = new BufferedInputStream(behind.getInputStream());
            for (byte[] request = message(requests); request.length > 0; request = message(requests)) {
                long began = arriving.lastNanos;
                behind.getOutputStream().write(request);
                byte[] answer = message(answers);
                if (answer.length == 0) break;
                client.getOutputStream().write(answer);
                long took = System.nanoTime() - began;
                if (counted.test(firstLine(request))) record.record(took / 1000);
            }
        }
        return null;
    }

    /** Knows when its last bytes came: the tap's own parsing is no part of what the wire saw. */
    private static final class Stamped extends FilterInputStream {
        private long lastNanos;

        Stamped(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            lastNanos = System.nanoTime();
            return count;
        }
    }

    /** The next message whole; empty when there is none. */
    private static byte[] message(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        for (int last = 0, octet = in.read(); octet >= 0; octet = in.read()) {
            head.write(octet);
            last = last << 8 | octet;
            if (last != 0x0d0a0d0a) continue;
            Matcher length = LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
            if (length.find()) head.writeBytes(in.readNBytes(Integer.parseInt(length.group(1))));
            return head.toByteArray();
        }
        return new byte[0];
    }

    private static String firstLine(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf('\r'));
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
