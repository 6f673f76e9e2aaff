package suiload.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Established TCP connections of this machine by port, as Linux tells in {@code /proc/net/tcp*}; unknown elsewhere. Thread-safe.
 *
 * <p>A look takes Linux some microseconds for every socket there is: at 10,000 connections a look each second, by both sides, would take a
 * sixth of a processor. So what a look found stands in until a hundred times its duration has passed, or five seconds.
 */
public final class TcpConnections {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = " 01 ";
    private static final long LOOK_SHARE = 100;
    /** A look that was held up by something else must not stand in for long. */
    private static final long STALE_MAX_NANOS = 5_000_000_000L;

    private final Predicate<String> wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private OptionalLong found = OptionalLong.empty();
    private boolean looked;
    private long nextNanos;

    private TcpConnections(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /** Those whose end on this machine has the port {@code port}. */
    public static TcpConnections at(int port) {
        String local = hex(port);
        return new TcpConnections(line -> line.startsWith(local, localPort(line)) && line.startsWith(ESTABLISHED, remoteEnd(line)));
    }

    /** Those whose other end has the port {@code port}. */
    public static TcpConnections to(int port) {
        String remote = ":" + hex(port) + ESTABLISHED;
        return new TcpConnections(line -> line.contains(remote));
    }

    /** How many there are, or were at the last look; empty where the system does not tell. */
    public OptionalLong open() {
        lock.lock();
        try {
            long begin = System.nanoTime();
            if (looked && begin - nextNanos < 0) {
                return found;
            }
            found = look();
            looked = true;
            long end = System.nanoTime();
            nextNanos = end + Math.min(STALE_MAX_NANOS, LOOK_SHARE * (end - begin));
            return found;
        } finally {
            lock.unlock();
        }
    }

    private OptionalLong look() {
        List<Path> tables = TABLES.stream().filter(Files::isReadable).toList();
        long count = 0;
        for (Path table : tables) {
            try (Stream<String> lines = Files.lines(table)) {
                count += lines.skip(1).filter(wanted).count();
            } catch (IOException | UncheckedIOException unreadable) {
                return OptionalLong.empty();
            }
        }
        return tables.isEmpty() ? OptionalLong.empty() : OptionalLong.of(count);
    }

    // A line reads "  0: 0100007F:10E1 0100007F:D2F4 01 …": number, local address and port, remote ones, state.

    private static int localPort(String line) {
        return line.indexOf(':', line.indexOf(':') + 1) + 1;
    }

    private static int remoteEnd(String line) {
        return line.indexOf(' ', line.indexOf(' ', localPort(line)) + 1);
    }

    private static String hex(int port) {
        return "%04X".formatted(port);
    }
}
