package suiload.http;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Refuses what the JDK server's parser lets pass and two parsers might read differently. Every refusal here closes the connection,
 * because what follows on it cannot be trusted. Folded header lines and bare line feeds are gone before we see them.
 */
final class Strictness {
    /** Longest path, and longest query, in bytes. */
    static final int PATH_MAX = 4096;

    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?i).*/(\\.|%2e){1,2}(/.*)?");

    private final HttpConfig.Bodies bodies;

    Strictness(HttpConfig.Bodies bodies) {
        this.bodies = bodies;
    }

    /**
     * @param version as in the request line
     * @return the length of the body
     * @throws HttpError 400, 411, 413, 414 or 415
     */
    int check(Request.Head head, String version) {
        Headers headers = head.headers();
        checkEncoding(headers);
        checkLine(head.method(), version);
        checkPath(head.target());
        checkValues(headers);
        checkHost(headers.getOrDefault("Host", List.of()));
        int length = length(headers);
        checkType(headers, length);
        return length;
    }

    private static void checkEncoding(Headers headers) {
        if (headers.containsKey("Transfer-Encoding")) {
            throw HttpError.of(411, "length_required", "Length required", "Send Content-Length instead of Transfer-Encoding.");
        }
    }

    private static void checkLine(String method, String version) {
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw malformed("The protocol must be HTTP/1.1 or HTTP/1.0.");
        }
        if (!METHOD.matcher(method).matches()) {
            throw malformed("The method must be 1 to 20 capital letters.");
        }
    }

    private static void checkPath(URI target) {
        String path = target.getRawPath();
        if (path == null || !path.startsWith("/") || target.getScheme() != null || target.getRawAuthority() != null) {
            throw malformed("The request target must be a path that begins with one slash.");
        }
        if (path.length() > PATH_MAX || target.getRawQuery() != null && target.getRawQuery().length() > PATH_MAX) {
            throw HttpError.of(414, "uri_too_long", "URI too long", "The path, or the query, is longer than " + PATH_MAX + " bytes.");
        }
        boolean suspicious = path.indexOf('.') >= 0 || path.indexOf('%') >= 0;
        if (suspicious && (DOT_SEGMENT.matcher(path).matches() || target.getPath().chars().anyMatch(Character::isISOControl))) {
            throw malformed("The path must not hold dot segments or control characters.");
        }
        if (target.getRawFragment() != null) {
            throw malformed("The request target must not hold a fragment.");
        }
    }

    private static void checkValues(Headers headers) {
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                for (int i = 0; i < value.length(); i++) {
                    if (value.charAt(i) < ' ' || value.charAt(i) == 0x7f) {
                        throw malformed("A header value holds a control character.");
                    }
                }
            }
        }
    }

    private static void checkHost(List<String> hosts) {
        if (hosts.size() != 1 || !HOST.matcher(hosts.getFirst()).matches()) {
            throw malformed("Exactly one Host header with a host name and perhaps a port is needed.");
        }
    }

    private int length(Headers headers) {
        String text = headers.getFirst("Content-Length");
        if (text == null) {
            return 0;
        }
        if (!LENGTH.matcher(text).matches()) {
            throw malformed("Content-Length must be decimal digits.");
        }
        if (Long.parseLong(text) > bodies.bytesMax()) {
            throw HttpError.of(413, "body_too_large", "Body too large", "A body may hold " + bodies.bytesMax() + " bytes.");
        }
        return Integer.parseInt(text);
    }

    /** A type without a body says nothing: some clients send one with every POST. */
    private void checkType(Headers headers, int length) {
        String type = headers.getFirst("Content-Type");
        if (!bodies.jsonOnly() || length == 0 || type == null) {
            return;
        }
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json") && !media.endsWith("+json")) {
            throw HttpError.of(415, "not_json", "Unsupported media type", "Send application/json, or no Content-Type at all.");
        }
    }

    private static HttpError malformed(String details) {
        return HttpError.of(400, "malformed_request", "Bad request", details);
    }
}
