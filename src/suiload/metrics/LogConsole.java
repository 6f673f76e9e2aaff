package suiload.metrics;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Sends all log lines of this JVM, those of libraries too, to one stream, each flushed as it comes. */
public final class LogConsole extends StreamHandler {
    private LogConsole(OutputStream out) throws java.io.UnsupportedEncodingException {
        super(out, new LogLine());
        setEncoding(StandardCharsets.UTF_8.name());
        setLevel(Level.ALL);
    }

    /** Replaces whatever handlers the JVM started with. */
    public static void install(OutputStream out) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        try {
            root.addHandler(new LogConsole(out));
        } catch (java.io.UnsupportedEncodingException impossible) {
            throw new IllegalStateException("no UTF-8", impossible);
        }
    }

    @Override
    public void publish(LogRecord record) {
        super.publish(record);
        flush();
    }
}
