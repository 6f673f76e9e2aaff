package suiload.load;

import java.net.http.HttpHeaders;

/** How one attempt ended. */
sealed interface Outcome {
    /** A complete response. {@code waitingNanos} is the time to its first byte, {@code tookNanos} to its last. */
    record Answer(int status, HttpHeaders headers, byte[] body, long waitingNanos, long tookNanos) implements Outcome {
        private static final int FIRST_ERROR = 400;

        boolean ok() {
            return status < FIRST_ERROR;
        }
    }

    /** No complete response. */
    record Broken(SocketFault fault, String text) implements Outcome {}

    /** We gave up on it ourselves because the run ends. */
    record Interrupted() implements Outcome {}

    static boolean ok(Outcome outcome) {
        return outcome instanceof Answer answer && answer.ok();
    }
}
