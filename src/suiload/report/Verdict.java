package suiload.report;

/**
 * How a run ended.
 *
 * @param reason one sentence; empty text when all thresholds held
 */
public record Verdict(Kind kind, String reason) {
    /** Each with the program's exit code; k6's where it has one. */
    public enum Kind {
        HELD(0),
        UNFIT(97),
        THRESHOLD_FAILED(99),
        UNREACHABLE(100),
        BAD_SETTINGS(104),
        INTERRUPTED(105);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }
}
