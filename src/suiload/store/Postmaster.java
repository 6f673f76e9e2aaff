package suiload.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} in a data folder says of the server that runs, or ran, on it (one value a line: process, folder, start,
 * port, socket folder, address, shared memory, status).
 *
 * @param ready whether it accepts connections
 */
record Postmaster(long pid, int port, boolean ready) {
    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Empty while there is no such file or it is not yet complete. */
    static Optional<Postmaster> of(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(cluster));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() < 4) return Optional.empty();
        try {
            boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
            return Optional.of(new Postmaster(Long.parseLong(lines.get(0).strip()), Integer.parseInt(lines.get(3).strip()), ready));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The process, if it is alive and really a server of {@code cluster}: after a reboot the number may be somebody else's. */
    Optional<ProcessHandle> process(Path cluster) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> {
            List<String> command = process.info().arguments().map(List::of).orElse(List.of());
            return command.contains(cluster.toString());
        });
    }
}
