package suiload.load;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What a person sees while it runs: a bar that moves on a terminal, a line now and then elsewhere. */
final class Progress {
    private static final int BAR_WIDTH = 24;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 5_000_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private final boolean colour;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean openLine;

    Progress(PrintStream out, boolean terminal, boolean colour) {
        this.out = out;
        this.terminal = terminal;
        this.colour = colour;
    }

    /** On standard output; without colour where there is no terminal or {@code NO_COLOR} is set. */
    static Progress standard(Map<String, String> environment) {
        boolean terminal = System.console() != null && System.console().isTerminal() && !"dumb".equals(environment.get("TERM"));
        return new Progress(System.out, terminal, terminal && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    boolean colour() {
        return colour;
    }

    /** A whole line. */
    void line(String text) {
        lock.lock();
        try {
            if (openLine) out.print(CLEAR_LINE);
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

    private void draw(String text) {
        lock.lock();
        try {
            out.print(CLEAR_LINE + text);
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
        private String figures = "";

        private Bar(String name, long total) {
            this.name = name;
            this.total = total;
        }

        void at(long done) {
            at(done, "");
        }

        /** @param shown figures of the moment, beside the bar */
        void at(long done, String shown) {
            at = done;
            figures = shown;
            long now = System.nanoTime();
            if (done >= total || now - drawn < (terminal ? REDRAW_NANOS : PLAIN_NANOS)) return;
            drawn = now;
            if (terminal) draw(text());
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
            return String.format("%-30s%s %3d%%  %s  %s", name, bar, Math.min(100, 100 * at / total), seconds, figures).stripTrailing();
        }
    }
}
