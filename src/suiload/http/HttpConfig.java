package suiload.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How a service listens and what it refuses. Made by {@link #service} or {@link #plain}, then adjusted with the {@code with…} methods.
 *
 * @param host address to listen on
 * @param port 0 for one that is free
 * @param guard permits, deadline and the checks on who asks; empty: none of it
 * @param bodies what a request body may hold
 * @param accessLog whether every request leaves a line in the log
 */
public record HttpConfig(String host, int port, Optional<Guard> guard, Bodies bodies, boolean accessLog) {
    /**
     * @param permits requests of {@link Policy#GUARDED} routes that run at once
     * @param waiting requests that may wait for a permit; one more is refused at once
     * @param admissionWait how long one waits
     * @param deadline from the arrival of the whole request to its answer, admission wait included
     * @param streams answers of {@link Policy#STREAM} routes that are open at once
     * @param adminToken when present, every write must carry it
     */
    public record Guard(
            int permits, int waiting, Duration admissionWait, Duration deadline, int streams, Optional<AdminToken> adminToken) {
        public Guard {
            if (permits < 1 || waiting < 0 || streams < 0 || admissionWait.isNegative() || !deadline.isPositive()) {
                throw new IllegalArgumentException(
                        "senseless limits: " + permits + ", " + waiting + ", " + admissionWait + ", " + deadline);
            }
        }
    }

    /**
     * @param bytesMax of one body
     * @param bytesTotal of all bodies held at once
     * @param jsonOnly whether another content type is refused with 415
     */
    public record Bodies(int bytesMax, long bytesTotal, boolean jsonOnly) {}

    /** The provisioning service's: 2000 permits, 2 s admission wait, 25 s deadline, JSON bodies of 1 MiB each and 64 MiB together. */
    public static HttpConfig service(String host, int port) {
        Guard guard = new Guard(2000, 8000, Duration.ofSeconds(2), Duration.ofSeconds(25), 200, Optional.empty());
        return new HttpConfig(host, port, Optional.of(guard), new Bodies(1 << 20, 64L << 20, true), false);
    }

    /** For a small server of our own on loopback (the embedded network, the dashboard): any content type, no permits, no deadline. */
    public static HttpConfig plain(String host, int port) {
        return new HttpConfig(host, port, Optional.empty(), new Bodies(4 << 20, 256L << 20, false), false);
    }

    public HttpConfig withGuard(Guard other) {
        return new HttpConfig(host, port, Optional.of(other), bodies, accessLog);
    }

    public HttpConfig withBodies(Bodies other) {
        return new HttpConfig(host, port, guard, other, accessLog);
    }

    public HttpConfig withAccessLog(boolean wanted) {
        return new HttpConfig(host, port, guard, bodies, wanted);
    }

    public HttpConfig withAdminToken(AdminToken token) {
        Guard g = guard.orElseThrow();
        return withGuard(new Guard(g.permits(), g.waiting(), g.admissionWait(), g.deadline(), g.streams(), Optional.of(token)));
    }
}
