package suiload.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may ask: the rules on {@code Host}, {@code Origin} and the peer that keep web pages and proxies from passing as a local user. */
final class Access {
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|\\[::1]|127(\\.[0-9]{1,3}){3})(:[0-9]{1,5})?");
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    /** Headers that a forwarding proxy leaves. */
    private static final List<String> FORWARDED = List.of(
            "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private final boolean loopbackOnly;
    private final Optional<AdminToken> token;

    /** @param loopbackOnly whether the service listens on loopback, so that every honest {@code Host} names this machine */
    Access(boolean loopbackOnly, Optional<AdminToken> token) {
        this.loopbackOnly = loopbackOnly;
        this.token = token;
    }

    /** @throws HttpError 401 or 403 */
    void check(Request.Head head) {
        if (loopbackOnly && !loopbackHost(head.header("Host"))) {
            throw HttpError.forbidden("foreign_host", "The Host header must be a loopback name: localhost, 127.0.0.1 or [::1].");
        }
        if (!originIsHost(head.headers())) {
            throw HttpError.forbidden("foreign_origin", "A web page of another origin may not use this service.");
        }
        boolean write = !READS.contains(head.method());
        if (write && token.isPresent() && !token.get().matches(head.header("Authorization"))) {
            throw HttpError.unauthorized("This service wants 'Authorization: Bearer <ADMIN_TOKEN>' on every write.");
        }
    }

    static boolean local(Request.Head head) {
        Headers headers = head.headers();
        return head.peer().getAddress().isLoopbackAddress()
                && loopbackHost(head.header("Host"))
                && originIsHost(headers)
                && FORWARDED.stream().noneMatch(headers::containsKey);
    }

    /** Whether a {@code Host} value names this machine: a name that DNS rebinding points here does not. */
    static boolean loopbackHost(String host) {
        return host != null && LOOPBACK.matcher(host).matches();
    }

    /** No {@code Origin} (no browser, or a plain navigation), or the page was served by this very host and port. */
    static boolean originIsHost(Headers headers) {
        List<String> origins = headers.getOrDefault("Origin", List.of());
        return origins.isEmpty()
                || origins.size() == 1 && origins.getFirst().equalsIgnoreCase("http://" + headers.getFirst("Host"));
    }
}
