package suiload.load;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What a person sees while it runs: a bar that moves on a terminal, a line now and then elsewhere. */
final class Progress {
    private static final int BAR_WIDTH = 24;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 5_000_000_000L;
    private static final int ROWS_USUAL = 24;
    private static final long BLOCK_NANOS = 500_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";
    /** Lines that are too long are cut, not continued: the cursor could not find back. */
    private static final String WRAP_OFF = "\u001b[?7l";
    private static final String WRAP_ON = "\u001b[?7h";

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colour;
    private final ReentrantLock lock = new ReentrantLock();
    /** Of the terminal: what is drawn over must not be higher. */
    private final int rows;
    private boolean openLine;

    Progress(PrintStream out, boolean terminal, boolean colour) {
        this(out, terminal, colour, ROWS_USUAL);
    }

    Progress(PrintStream out, boolean terminal, boolean colour, int rows) {
        this.rows = rows;
        this.out = out;
        this.terminal = terminal;
        this.colour = colour;
    }

    /** On standard output; without colour where there is no terminal or {@code NO_COLOR} is set. */
    static Progress standard(Map<String, String> environment) {
        boolean terminal = System.console() != null && System.console().isTerminal() && !"dumb".equals(environment.get("TERM"));
        return new Progress(System.out, terminal, terminal && environment.getOrDefault("NO_COLOR", "").isEmpty(),
                terminal ? terminalRows() : ROWS_USUAL);
    }

    /** As the terminal says at the start. */
    private static int terminalRows() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
            return size.length == 2 && size[0].matches("[1-9]\\d{0,3}") ? Integer.parseInt(size[0]) : ROWS_USUAL;
        } catch (IOException noSuchTool) {
            return ROWS_USUAL;
        }
    }

    boolean terminal() {
        return terminal;
    }

    boolean colour() {
        return colour;
    }

    /** A whole line. */
    void line(String text) {
        lock.lock();
        try {
            if (openLine) out.print(CLEAR_LINE + CLEAR_BELOW);
            openLine = false;
            out.println(text);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** A phase that is so far along; to be closed. */
    Bar bar(String name, long total) {
        return new Bar(name, Math.max(1, total));
    }

    /** The cursor stays at the end of the first line, so that whatever is printed next takes the place of all. */
    private void draw(String text, List<String> below) {
        lock.lock();
        try {
            StringBuilder frame = new StringBuilder(CLEAR_LINE + CLEAR_BELOW + WRAP_OFF + text);
            List<String> shown = below.subList(0, Math.min(below.size(), Math.max(0, rows - 2)));
            shown.forEach(line -> frame.append("\n").append(line));
            if (!shown.isEmpty()) frame.append("\r\u001b[").append(shown.size()).append('A');
            out.print(frame + WRAP_ON);
            out.flush();
            openLine = true;
        } finally {
            lock.unlock();
        }
    }

    /** One phase. */
    final class Bar implements AutoCloseable {
        private final String name;
        private final long total;
        private final long begun = System.nanoTime();
        private long drawn = begun;
        private long at;
        private Supplier<String> figures = () -> "";
        private Supplier<List<String>> below = List::of;
        private long redraw = REDRAW_NANOS;

        private Bar(String name, long total) {
            this.name = name;
            this.total = total;
        }

        /** On a terminal, {@code lines} are shown under the bar. */
        Bar over(Supplier<List<String>> lines) {
            below = lines;
            redraw = BLOCK_NANOS;
            return this;
        }

        void at(long done) {
            at(done, () -> "");
        }

        /** @param shown figures of the moment, beside the bar; asked for when it is drawn */
        void at(long done, Supplier<String> shown) {
            at = done;
            figures = shown;
            long now = System.nanoTime();
            if (done >= total || now - drawn < (terminal ? redraw : PLAIN_NANOS)) return;
            drawn = now;
            if (terminal) draw(text(), below.get());
            else line(text());
        }

        @Override
        public void close() {
            line(text());
        }

        private String text() {
            int full = (int) Math.min(BAR_WIDTH, BAR_WIDTH * at / total);
            String bar = terminal ? " [" + "=".repeat(full) + " ".repeat(BAR_WIDTH - full) + "]" : "";
            String seconds = Words.decimal(Math.round((System.nanoTime() - begun) / 1e8) / 10.0) + "s";
            return String.format("%-30s%s %3d%%  %s  %s", name, bar, Math.min(100, 100 * at / total), seconds, figures.get())
                    .stripTrailing();
        }
    }
}
