package suiload.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Names requests: the client's own {@code X-Request-Id} where it is harmless in a header and a log line, else a short unique one. */
final class RequestIds {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");
    private static final int RADIX = 36;

    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    /** @param start tells this run of the service from others */
    RequestIds(long start) {
        this.prefix = Long.toUnsignedString(start, RADIX) + "-";
    }

    String of(String given) {
        return given != null && HARMLESS.matcher(given).matches() ? given : prefix + Long.toString(count.incrementAndGet(), RADIX);
    }
}
