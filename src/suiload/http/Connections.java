package suiload.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Counts open connections, which the JDK server does not tell: Linux does, in {@code /proc/net/tcp*}; elsewhere they are unknown. */
final class Connections {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String ESTABLISHED = " 01 ";

    private Connections() {}

    /** Established connections whose local port is {@code port}, or NaN where that cannot be known. */
    static double on(int port) {
        if (TABLES.stream().noneMatch(Files::isReadable)) {
            return Double.NaN;
        }
        String local = "%04X".formatted(port);
        return TABLES.stream().filter(Files::isReadable).mapToLong(table -> count(table, local)).sum();
    }

    private static long count(Path table, String port) {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.skip(1).filter(line -> matches(line, port)).count();
        } catch (IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    /** {@code "  0: 0100007F:10E1 0100007F:D2F4 01 …"}: number, local address and port, remote ones, state. */
    private static boolean matches(String line, String port) {
        int local = line.indexOf(':', line.indexOf(':') + 1) + 1;
        int remoteEnd = line.indexOf(' ', line.indexOf(' ', local) + 1);
        return line.startsWith(port, local) && line.startsWith(ESTABLISHED, remoteEnd);
    }
}
