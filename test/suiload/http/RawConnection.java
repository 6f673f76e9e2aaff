package suiload.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import suiload.json.Json;

/** A client that sends exactly the bytes it is told to, and tells an answer, an end and a reset apart. Every read is bounded. */
public final class RawConnection implements AutoCloseable {
    private static final int READ_LIMIT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    public RawConnection(int port) throws IOException {
        this(port, READ_LIMIT_MILLIS);
    }

    /** @param readLimitMillis a read that takes longer fails with a {@link java.net.SocketTimeoutException} */
    public RawConnection(int port, int readLimitMillis) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(readLimitMillis);
        socket.setTcpNoDelay(true);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    /** One answer. Header names are compared without case; of several equal ones the last is kept. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public Json json() {
            return Json.parse(body);
        }

        public String header(String name) {
            return headers.get(name);
        }
    }

    /** What {@link #end} saw. */
    public enum End {
        CLOSED,
        RESET
    }

    public RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public RawConnection get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    public RawConnection post(String path, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(bytes);
        return send(request.toByteArray());
    }

    /** The next complete answer. */
    public Answer answer() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        byte[] body = "chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))
                ? chunks()
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        return new Answer(Integer.parseInt(status[1]), headers, body);
    }

    /** The next part of a chunked body, after its {@link #head}; empty at the body's end. */
    public byte[] chunk() throws IOException {
        byte[] chunk = in.readNBytes(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    /** The head of an answer without a body, as that to HEAD, or before one that is read chunk by chunk. */
    public Answer head() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip());
        }
        return new Answer(Integer.parseInt(status[1]), headers, new byte[0]);
    }

    /** One line without its end. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("ended after: " + line);
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Waits for the end of the connection. @throws AssertionError when data comes instead */
    public End end() throws IOException {
        try {
            int c = in.read();
            if (c >= 0) {
                throw new AssertionError("data instead of the end: " + (char) c + new String(in.readNBytes(in.available()), StandardCharsets.ISO_8859_1));
            }
            return End.CLOSED;
        } catch (SocketException reset) {
            return End.RESET;
        }
    }

    /** Ends the connection without a word: the other side meets a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.write(chunk);
        }
        return body.toByteArray();
    }
}
