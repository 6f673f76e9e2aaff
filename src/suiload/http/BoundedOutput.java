package suiload.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** An answer that may last for ever, of which each write may not: a client that has stopped reading is cut off. */
final class BoundedOutput extends OutputStream {
    private final OutputStream out;
    private final Watchdog watchdog;
    private final Duration limit;

    BoundedOutput(OutputStream out, Watchdog watchdog, Duration limit) {
        this.out = out;
        this.watchdog = watchdog;
        this.limit = limit;
    }

    @Override
    public void write(int octet) throws IOException {
        watchdog.bounded(limit, () -> out.write(octet));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        watchdog.bounded(limit, () -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        watchdog.bounded(limit, out::flush);
    }

    @Override
    public void close() throws IOException {
        watchdog.bounded(limit, out::close);
    }
}
