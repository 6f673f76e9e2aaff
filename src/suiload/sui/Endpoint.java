package suiload.sui;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * One address of a node and how it has been doing. After {@value #FAILURES_MAX} failures in a row it is left alone for a while
 * that doubles; then a single call decides anew. One that limits our rate is not asked again until the time it named.
 */
final class Endpoint {
    static final int FAILURES_MAX = 3;
    static final Duration REST_FIRST = Duration.ofSeconds(1);
    static final Duration REST_MAX = Duration.ofSeconds(30);
    /** Longer than any call is waited for. */
    private static final Duration TRY_MAX = Duration.ofSeconds(15);
    /** A node may name any time to wait; longer ones are cut to this. */
    static final Duration PAUSE_MAX = Duration.ofSeconds(30);

    private final URI address;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private int failures;
    private boolean trying;
    private long restUntil;
    private long pausedUntil;

    Endpoint(URI address, LongSupplier nanoTime) {
        this.address = address;
        this.nanoTime = nanoTime;
        restUntil = nanoTime.getAsLong();
        pausedUntil = restUntil;
    }

    /** As it was given. */
    URI address() {
        return address;
    }

    /** A path below its own. */
    URI below(String path) {
        String base = address.toString();
        return URI.create(base.endsWith("/") ? base + path : base + "/" + path);
    }

    /** HTTP/2 takes TLS to agree on; on plain HTTP asking for it only adds headers (facts: jdk.md section 2). */
    HttpClient.Version version() {
        return "https".equals(address.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
    }

    /** Nanoseconds until the node accepts calls again, as it asked; zero or less now. */
    long paused() {
        lock.lock();
        try {
            return pausedUntil - nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds until it has earned another try; zero or less now. */
    long resting() {
        lock.lock();
        try {
            return restUntil - nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** A call goes here next. After a rest it tries alone: the others keep away until its verdict, or until it has had its time. */
    void chosen() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (failures < FAILURES_MAX || restUntil - now > 0) return;
            trying = true;
            restUntil = now + TRY_MAX.toNanos();
        } finally {
            lock.unlock();
        }
    }

    void succeeded() {
        lock.lock();
        try {
            failures = 0;
            trying = false;
            restUntil = nanoTime.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    void failed(CallFailure failure) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            failure.pause().ifPresent(pause -> pausedUntil = Math.max(pausedUntil, now + Math.min(pause.toNanos(), PAUSE_MAX.toNanos())));
            // Calls that were under way when the rest began tell nothing new.
            boolean known = failures >= FAILURES_MAX && !trying && restUntil - now > 0;
            if (failure.blamesEndpoint() && !known && ++failures >= FAILURES_MAX) {
                trying = false;
                long rest = REST_FIRST.toNanos() << Math.min(failures - FAILURES_MAX, 10);
                restUntil = now + Math.min(rest, REST_MAX.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }
}
