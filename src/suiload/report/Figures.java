package suiload.report;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them: {@code 144.56ms}, {@code 1.3 MB}, {@code 12.5%}. */
public final class Figures {
    private Figures() {}

    private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB"};

    /** In k6's manner: the unit follows the size. */
    public static String milliseconds(double ms) {
        if (ms == 0) return "0s";
        if (Math.abs(ms) < 1) return trimmed(ms * 1000) + "µs";
        if (Math.abs(ms) < 1000) return trimmed(ms) + "ms";
        if (Math.abs(ms) < 60_000) return trimmed(ms / 1000) + "s";
        return duration(Duration.ofMillis(Math.round(ms)));
    }

    /** {@code 1h2m3s}; tenths of a second below one minute. */
    public static String duration(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) return trimmed(Math.round(time.toMillis() / 100.0) / 10.0) + "s";
        long hours = time.toHours();
        return (hours > 0 ? hours + "h" : "") + time.toMinutesPart() + "m" + time.toSecondsPart() + "s";
    }

    public static String bytes(double bytes) {
        int unit = 0;
        double left = bytes;
        while (Math.abs(left) >= 1000 && unit < BYTE_UNITS.length - 1) {
            left /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : left < 10 ? "%.1f %s" : "%.0f %s", left, BYTE_UNITS[unit]);
    }

    public static String share(double rate) {
        return String.format(Locale.ROOT, "%.2f%%", rate * 100);
    }

    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : trimmed(value);
    }

    public static String of(Unit unit, double value) {
        return switch (unit) {
            case PLAIN -> plain(value);
            case MILLISECONDS -> milliseconds(value);
            case BYTES -> bytes(value);
            case PERCENT -> trimmed(value) + "%";
            case MIST -> plain(value) + " MIST";
        };
    }

    /** At most two decimals, no trailing zeros. */
    private static String trimmed(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text.endsWith("0") ? text.substring(0, text.length() - 1)
                : text;
    }
}
