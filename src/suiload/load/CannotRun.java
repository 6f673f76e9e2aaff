package suiload.load;

import suiload.report.Verdict;

/** The run cannot begin or go on. The message says why and, where possible, what to do. */
final class CannotRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Verdict.Kind kind;

    CannotRun(Verdict.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static CannotRun unreachable(String message) {
        return new CannotRun(Verdict.Kind.UNREACHABLE, message);
    }

    Verdict.Kind kind() {
        return kind;
    }
}
