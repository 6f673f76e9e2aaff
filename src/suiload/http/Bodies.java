package suiload.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Reads request bodies, so many bytes of all of them together at a time. A slow sender holds only what it has sent. */
final class Bodies {
    private static final byte[] NONE = new byte[0];
    private static final int FIRST_BYTES = 16 * 1024;

    private final long bytesTotal;
    private final AtomicLong held = new AtomicLong();

    Bodies(long bytesTotal) {
        this.bytesTotal = bytesTotal;
    }

    /** A body and its place in the total; closing gives the place back. */
    record Body(byte[] bytes, Bodies owner) implements AutoCloseable {
        @Override
        public void close() {
            owner.held.addAndGet(-bytes.length);
        }
    }

    /**
     * @param length as the request declared it, checked already
     * @throws HttpError 503 when the total is used up
     * @throws IOException when the client is gone or took longer than the server's read limit
     */
    Body read(InputStream in, int length) throws IOException {
        byte[] bytes = NONE;
        int filled = 0;
        boolean complete = false;
        try {
            while (filled < length) {
                if (filled == bytes.length) {
                    bytes = grown(bytes, length);
                }
                int count = in.read(bytes, filled, bytes.length - filled);
                if (count < 0) {
                    throw new IOException("the body ended after " + filled + " of " + length + " bytes");
                }
                filled += count;
            }
            complete = true;
            return new Body(bytes, this);
        } finally {
            if (!complete) {
                held.addAndGet(-bytes.length);
            }
        }
    }

    long held() {
        return held.get();
    }

    private byte[] grown(byte[] bytes, int length) {
        int size = Math.min(length, Math.max(FIRST_BYTES, 2 * bytes.length));
        int more = size - bytes.length;
        if (held.addAndGet(more) > bytesTotal) {
            held.addAndGet(-more);
            throw HttpError.unavailable("bodies_full", "The service holds as many request bodies as it may. Try again in a moment.");
        }
        try {
            return Arrays.copyOf(bytes, size);
        } catch (OutOfMemoryError full) {
            held.addAndGet(-more);
            throw full;
        }
    }
}
