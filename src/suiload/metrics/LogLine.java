package suiload.metrics;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** The form of a log line: {@code time=… level=INFO event=… key=value}, one line per event, a stack trace below it if any. */
public final class LogLine extends Formatter {
    private static final int VALUE_LENGTH_MAX = 2000;

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(160)
                .append("time=").append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
                .append(" level=").append(record.getLevel().getName()).append(' ');
        if (Log.LOGGER.equals(record.getLoggerName())) {
            line.append(record.getMessage());
        } else {
            line.append("event=log");
            field(line, "logger", record.getLoggerName());
            field(line, "message", formatMessage(record));
        }
        line.append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace, true));
            line.append(trace);
        }
        return line.toString();
    }

    static String of(String event, Optional<String> requestId, Object... keyValues) {
        StringBuilder line = new StringBuilder(120).append("event=").append(event);
        requestId.ifPresent(id -> field(line, "request_id", id));
        for (int i = 0; i < keyValues.length; i += 2) {
            field(line, (String) keyValues[i], i + 1 < keyValues.length ? keyValues[i + 1] : "?");
        }
        return line.toString();
    }

    private static void field(StringBuilder line, String key, Object value) {
        line.append(' ').append(key).append('=');
        String text = String.valueOf(value);
        if (text.length() > VALUE_LENGTH_MAX) {
            text = text.substring(0, VALUE_LENGTH_MAX) + "…";
        }
        if (!text.isEmpty() && text.chars().allMatch(LogLine::plain)) {
            line.append(text);
        } else {
            quoted(line, text);
        }
    }

    private static boolean plain(int c) {
        boolean printable = c > ' ' && c < 0x7f && c != '"' && c != '=' && c != '\\';
        return printable || c >= 0xa1 && !Character.isWhitespace(c) && !Character.isISOControl(c);
    }

    private static void quoted(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\u0085' ? '?' : c);
            }
        }
        line.append('"');
    }
}
