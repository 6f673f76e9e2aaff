package suiload.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds socket I/O that has no timeout of its own: when the time is up the thread is interrupted, which closes the socket under it.
 * A thread serves one exchange and ends, so an interrupt that comes a moment late meets nobody else's work.
 *
 * <p>Every answer passes here, so it only notes itself down: a look at all that is under way, ten times a second, does the rest.
 */
final class Watchdog implements AutoCloseable {
    /** Limits are exceeded by so much at most. */
    private static final long LOOK_MILLIS = 100;

    private final Set<Watched> underWay = ConcurrentHashMap.newKeySet();
    private final Thread looks;

    /** I/O that may throw. */
    @FunctionalInterface
    interface Io {
        void run() throws java.io.IOException;
    }

    /** Told apart by identity: a thread may watch something within something. */
    private static final class Watched {
        private final Thread thread = Thread.currentThread();
        private final long end;

        private Watched(long end) {
            this.end = end;
        }
    }

    Watchdog() {
        looks = Thread.ofPlatform().daemon().name("http-watchdog").start(this::look);
    }

    /** Runs {@code io} in this thread for at most {@code limit}. */
    void bounded(Duration limit, Io io) throws java.io.IOException {
        Watched watched = new Watched(System.nanoTime() + limit.toNanos());
        underWay.add(watched);
        try {
            io.run();
        } finally {
            underWay.remove(watched);
        }
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                long now = System.nanoTime();
                underWay.forEach(watched -> {
                    if (now - watched.end >= 0 && underWay.remove(watched)) {
                        watched.thread.interrupt();
                    }
                });
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        looks.interrupt();
    }
}
