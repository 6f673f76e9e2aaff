package suiload.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in k6's syntax: {@code 90s}, {@code 1h30m}, {@code 1.5s}, {@code 500ms}. */
final class TimeText {
    private TimeText() {}

    /** Longer ones make no run, and their nanoseconds would not fit into a number. */
    static final Duration MAX = Duration.ofDays(31);
    static final String VALID = "a time such as 500ms, 90s, 5m or 1h30m";

    private static final Pattern WHOLE = Pattern.compile("(?:\\d{1,9}(?:\\.\\d{1,6})?(?:ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m|h)");

    /** Empty when {@code text} is not a duration, or longer than {@link #MAX}; a sign is not one. */
    static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) return Optional.empty();
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unitNanos(part.group(2)))));
        }
        return nanos.compareTo(BigDecimal.valueOf(MAX.toNanos())) > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    private static long unitNanos(String unit) {
        return switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
