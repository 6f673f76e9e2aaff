package suiload.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what is logged while it is open, and keeps it from the console: every thread's lines, those that another test left too. */
public final class LogCapture extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger(Log.LOGGER);
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public LogCapture() {
        this(record -> true);
    }

    private LogCapture(Filter filter) {
        setFilter(filter);
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    /** Only what the thread that asks for it logs. */
    static LogCapture ofThisThread() {
        long thread = Thread.currentThread().threadId();
        return new LogCapture(record -> record.getLongThreadID() == thread);
    }

    public List<LogRecord> records() {
        return records;
    }

    public List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
