package suiload.http;

import java.util.ArrayList;
import java.util.List;

/** Raw requests of doubtful form, each with the verdict it must get. Those marked DROPPED never reach us: the JDK server ends them. */
public final class ParserCases {
    /** Verdict: the connection ends without a status. */
    public static final int DROPPED = 0;

    private static final String SMUGGLED = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nX";
    private static final String HOST = "Host: localhost\r\n";

    private final List<Case> cases = new ArrayList<>();

    public record Case(String name, int status, String bytes) {}

    private ParserCases() {}

    public static List<Case> all() {
        ParserCases all = new ParserCases();
        all.lengths();
        all.encodings();
        all.requestLines();
        all.targets();
        all.hosts();
        all.headers();
        all.types();
        return List.copyOf(all.cases);
    }

    private void add(int status, String name, String bytes) {
        cases.add(new Case(name, status, bytes));
    }

    /** A POST to /echo with these extra header lines and this body, a smuggled request behind it. */
    private void post(int status, String name, String headers, String body) {
        add(status, name, "POST /echo HTTP/1.1\r\n" + HOST + headers + "\r\n" + body + (status == 200 ? "" : SMUGGLED));
    }

    private void lengths() {
        post(200, "a plain body", "Content-Length: 4\r\n", "abcd");
        post(200, "no body", "Content-Length: 0\r\n", "");
        post(400, "two equal lengths", "Content-Length: 4\r\nContent-Length: 4\r\n", "abcd");
        post(400, "two lengths", "Content-Length: 4\r\nContent-Length: 9\r\n", "abcd");
        post(400, "a list of lengths", "Content-Length: 4, 4\r\n", "abcd");
        post(400, "a signed length", "Content-Length: +4\r\n", "abcd");
        post(400, "a negative length", "Content-Length: -1\r\n", "");
        post(400, "a hexadecimal length", "Content-Length: 0x4\r\n", "abcd");
        post(400, "a length with zeros before", "Content-Length: 0004\r\n", "abcd");
        post(400, "a length in words", "Content-Length: four\r\n", "abcd");
        post(400, "an empty length", "Content-Length:\r\n", "abcd");
        post(400, "a fractional length", "Content-Length: 4.0\r\n", "abcd");
        post(400, "a length over 64 bits", "Content-Length: 99999999999999999999\r\n", "abcd");
        post(400, "a length with a space inside", "Content-Length: 4 4\r\n", "abcd");
        post(400, "a length folded onto two lines", "Content-Length: 1\r\n 4\r\n", "abcd");
    }

    private void encodings() {
        String chunked = "4\r\nabcd\r\n0\r\n\r\n";
        post(411, "chunked", "Transfer-Encoding: chunked\r\n", chunked);
        post(411, "chunked in capitals", "Transfer-Encoding: CHUNKED\r\n", chunked);
        post(411, "chunked, folded", "Transfer-Encoding:\r\n chunked\r\n", chunked);
        post(411, "chunked, name in small letters", "transfer-encoding: chunked\r\n", chunked);
        post(411, "chunked with signed sizes", "Transfer-Encoding: chunked\r\n", "+4\r\nabcd\r\n0\r\n\r\n");
        post(411, "chunked with an extension", "Transfer-Encoding: chunked\r\n", "4;x=y\r\nabcd\r\n0\r\n\r\n");
        post(411, "chunked with trailers", "Transfer-Encoding: chunked\r\n", "4\r\nabcd\r\n0\r\nX: y\r\n\r\n");
        post(400, "length and encoding", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", chunked);
        post(400, "encoding and length", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", chunked);
        post(501, "identity", "Transfer-Encoding: identity\r\n", "abcd");
        post(501, "gzip, chunked", "Transfer-Encoding: gzip, chunked\r\n", chunked);
        post(501, "chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunked);
        post(501, "xchunked", "Transfer-Encoding: xchunked\r\n", chunked);
        add(411, "chunked under 1.0", "POST /echo HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunked + SMUGGLED);
        post(400, "a space before the colon", "Transfer-Encoding : chunked\r\n", chunked);
    }

    private void requestLines() {
        add(200, "1.0 with a Host", "GET / HTTP/1.0\r\n" + HOST + "\r\n");
        add(400, "version 9.9", "GET / HTTP/9.9\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "version 1.2", "GET / HTTP/1.2\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "version 2.0", "GET / HTTP/2.0\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "a version in small letters", "GET / http/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "a version with an end", "GET / HTTP/1.1 x\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "no version", "GET /\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "no target", "GET\r\n" + HOST + "\r\n" + SMUGGLED);
        // The JDK server finds no context for an empty path, and for an asterisk: its own 404.
        add(404, "two spaces", "GET  / HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "brackets in the method", "G(E)T / HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "a method in small letters", "get / HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "a method of 30 letters", "G".repeat(30) + " / HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "TLS on a plain port", "\u0016\u0003\u0001\u0002\u0000\u0001 x\r\n\r\n");
        add(200, "an empty line before", "\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n");
    }

    private void targets() {
        add(400, "absolute form", "GET http://localhost/ HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "authority form", "GET //localhost/ HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(404, "asterisk form", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "dot segments", "GET /a/../things/1 HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "a dot segment at the end", "GET /things/.. HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "a single dot", "GET /./things/1 HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "encoded dot segments", "GET /a/%2e%2E/things/1 HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "half encoded dot segments", "GET /a/.%2e/things/1 HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "an encoded NUL", "GET /things/%00 HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "an encoded line break", "GET /things/a%0d%0ab HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "a fragment", "GET /#x HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(400, "a broken escape", "GET /things/% HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(414, "a path over 4 KiB", "GET /" + "a".repeat(4096) + " HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(414, "a path of 100 KB", "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(414, "a query over 4 KiB", "GET /?" + "a".repeat(4097) + " HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
        add(DROPPED, "a request line of 200 KB", "GET /" + "a".repeat(200_000) + " HTTP/1.1\r\n" + HOST + "\r\n" + SMUGGLED);
    }

    private void hosts() {
        add(400, "no Host", "GET / HTTP/1.1\r\n\r\n" + SMUGGLED);
        add(400, "an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n" + SMUGGLED);
        add(400, "two Hosts", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n" + SMUGGLED);
        add(400, "a Host with a path", "GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n" + SMUGGLED);
        add(400, "a Host with a user", "GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n" + SMUGGLED);
        add(400, "a Host with a blank", "GET / HTTP/1.1\r\nHost: local host\r\n\r\n" + SMUGGLED);
        add(403, "a foreign Host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n" + SMUGGLED);
    }

    private void headers() {
        add(400, "NUL in a value", "GET / HTTP/1.1\r\n" + HOST + "X: a\u0000b\r\n\r\n" + SMUGGLED);
        add(400, "BEL in a value", "GET / HTTP/1.1\r\n" + HOST + "X: a\u0007b\r\n\r\n" + SMUGGLED);
        add(400, "DEL in a value", "GET / HTTP/1.1\r\n" + HOST + "X: a\u007fb\r\n\r\n" + SMUGGLED);
        add(400, "a header without a name", "GET / HTTP/1.1\r\n" + HOST + ": x\r\n\r\n" + SMUGGLED);
        add(400, "a header without a colon", "GET / HTTP/1.1\r\n" + HOST + "nonsense\r\n\r\n" + SMUGGLED);
        add(400, "brackets in a name", "GET / HTTP/1.1\r\n" + HOST + "X(y): z\r\n\r\n" + SMUGGLED);
        add(DROPPED, "200 headers", "GET / HTTP/1.1\r\n" + HOST + many(200) + "\r\n" + SMUGGLED);
        add(DROPPED, "a header of 200 KB", "GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(200_000) + "\r\n\r\n" + SMUGGLED);
        add(403, "a foreign Origin", "GET / HTTP/1.1\r\n" + HOST + "Origin: http://evil.example\r\n\r\n" + SMUGGLED);
        add(403, "a null Origin", "GET / HTTP/1.1\r\n" + HOST + "Origin: null\r\n\r\n" + SMUGGLED);
        add(200, "its own Origin", "GET / HTTP/1.1\r\n" + HOST + "Origin: http://localhost\r\n\r\n");
    }

    private void types() {
        post(415, "a form", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n", "a=b");
        post(415, "plain text", "Content-Type: text/plain\r\nContent-Length: 2\r\n", "{}");
        post(415, "an empty type", "Content-Type:\r\nContent-Length: 2\r\n", "{}");
        post(200, "a form of nothing", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n", "");
        post(200, "JSON with a charset", "Content-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n", "{}");
        post(413, "a body announced over 1 MiB", "Content-Length: 1048577\r\n", "");
    }

    private static String many(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("X-").append(i).append(": y\r\n");
        }
        return lines.toString();
    }
}
