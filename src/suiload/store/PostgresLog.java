package suiload.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import suiload.metrics.Log;

/** PostgreSQL's messages: a file of bounded size and its one predecessor, and the last lines in memory to explain a failed start. */
final class PostgresLog {
    private static final long BYTES_MAX = 1 << 20;
    private static final int LINE_MAX = 2000;
    private static final int LINES_KEPT = 20;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<String> last = new ArrayDeque<>();
    private boolean complained;

    PostgresLog(Path file) {
        this.file = file;
    }

    /** Copies {@code output} until it ends: until nobody can write to it any more. */
    Thread follow(InputStream output) {
        return Thread.ofVirtual().name("postgres-log").start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) add(line);
            } catch (IOException e) {
                add("suiload: the log of PostgreSQL ends here: " + e.getMessage());
            }
        });
    }

    private void add(String line) {
        String bounded = line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX) + "…";
        lock.lock();
        try {
            last.addLast(bounded);
            if (last.size() > LINES_KEPT) last.removeFirst();
            append(bounded);
        } finally {
            lock.unlock();
        }
    }

    /** A log that cannot be written (a full disk) must not stop the database that writes it. */
    private void append(String line) {
        try {
            if (Files.exists(file) && Files.size(file) > BYTES_MAX) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            try (Writer writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                writer.write(line + "\n");
            }
            complained = false;
        } catch (IOException e) {
            if (complained) return;
            complained = true;
            Log.warn("postgres_log_not_written", "why", DataFolder.reason(e));
        }
    }

    /** The last line that tells of an error, or the last one at all. */
    String reason() {
        lock.lock();
        try {
            List<String> lines = List.copyOf(last);
            return lines.reversed().stream().filter(line -> line.contains("FATAL") || line.contains("error") || line.contains("No space"))
                    .findFirst().orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
        } finally {
            lock.unlock();
        }
    }
}
