package suiload.metrics;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Events with fields: {@code event=node.retry request_id=… attempt=2}. The request id comes from {@link RequestContext}.
 *
 * <p>Lines go to the JDK's logger {@link #LOGGER}, so a test attaches a handler there, and the console's form is
 * {@link LogLine}'s. Never pass a secret: nothing here can tell.
 */
public final class Log {
    /** Name of the logger, for handlers and levels. */
    public static final String LOGGER = "suiload";

    private static final Logger SINK = Logger.getLogger(LOGGER);

    private Log() {}

    public static void info(String event, Object... keyValues) {
        write(Level.INFO, event, null, keyValues);
    }

    public static void warn(String event, Object... keyValues) {
        write(Level.WARNING, event, null, keyValues);
    }

    /** @param fault its stack trace follows the line; null for none */
    public static void error(String event, Throwable fault, Object... keyValues) {
        write(Level.SEVERE, event, fault, keyValues);
    }

    private static void write(Level level, String event, Throwable fault, Object... keyValues) {
        if (SINK.isLoggable(level)) {
            SINK.log(level, fault, () -> LogLine.of(event, RequestContext.current().map(RequestContext::id), keyValues));
        }
    }
}
