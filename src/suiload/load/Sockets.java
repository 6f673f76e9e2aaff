package suiload.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How many connections were opened, by the labels that the JDK's client gives to them, and how many are open now. */
final class Sockets {
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final String ESTABLISHED = " 01 ";
    private static final int LABEL_MAX = 100_000_000;
    private static final Predicate<String> LABEL = Pattern.compile("\\d{1,9}").asMatchPredicate();

    private final ReentrantLock lock = new ReentrantLock();
    private final BitSet labels = new BitSet();
    private final String remotePort;

    Sockets(int port) {
        this.remotePort = String.format(":%04X", port);
    }

    /** @return whether this connection had carried no response before */
    boolean firstUse(Optional<String> label) {
        if (label.isEmpty() || !LABEL.test(label.get())) return false;
        int number = Integer.parseInt(label.get());
        if (number > LABEL_MAX) return false;
        lock.lock();
        try {
            boolean known = labels.get(number);
            labels.set(number);
            return !known;
        } finally {
            lock.unlock();
        }
    }

    /** Established connections from this machine to the service's port; empty where the system does not tell. */
    OptionalInt openNow() {
        try {
            int open = 0;
            for (Path table : TABLES) {
                if (Files.exists(table)) open += rows(table);
            }
            return Files.exists(TABLES.getFirst()) ? OptionalInt.of(open) : OptionalInt.empty();
        } catch (IOException notReadable) {
            return OptionalInt.empty();
        }
    }

    /** A row reads: number, local address, remote address, state, …; the wanted ones have the port before the state. */
    private int rows(Path table) throws IOException {
        try (Stream<String> lines = Files.lines(table)) {
            return (int) lines.filter(line -> line.contains(remotePort + ESTABLISHED)).count();
        }
    }
}
