package suiload.http;

import java.io.IOException;
import java.io.OutputStream;

/** Writes an answer bit by bit; each {@code flush} reaches the client. Interrupted when the service drains. */
@FunctionalInterface
public interface StreamBody {
    /** @throws IOException when the client is gone: let it pass */
    void write(OutputStream out) throws IOException, InterruptedException;
}
