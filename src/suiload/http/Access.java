package suiload.http;

import com.sun.net.httpserver.Headers;
import java.util.List;

/** Who may ask: the rules on {@code Host}, {@code Origin} and the peer that keep web pages and proxies from passing as a local user. */
final class Access {
    /** Headers that a forwarding proxy leaves. */
    private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    private Access() {}

    static boolean local(Request.Head head) {
        Headers headers = head.headers();
        return head.peer().getAddress().isLoopbackAddress()
                && loopbackHost(headers.getFirst("Host"))
                && originIsHost(headers)
                && FORWARDED.stream().noneMatch(headers::containsKey);
    }

    /** Whether a {@code Host} value names this machine: a name that DNS rebinding points here does not. */
    static boolean loopbackHost(String host) {
        if (host == null) {
            return false;
        }
        String name = host.replaceFirst(":[0-9]{1,5}$", "");
        return name.equalsIgnoreCase("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** No {@code Origin} (no browser, or a plain navigation), or the page was served by this very host and port. */
    static boolean originIsHost(Headers headers) {
        List<String> origins = headers.getOrDefault("Origin", List.of());
        return origins.isEmpty()
                || origins.size() == 1 && origins.getFirst().equalsIgnoreCase("http://" + headers.getFirst("Host"));
    }
}
