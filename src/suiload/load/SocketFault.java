package suiload.load;

import java.io.EOFException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** Why an attempt got no complete response. */
enum SocketFault {
    RESET(true, true),
    /** The peer closed before any response byte: a kept-alive connection that died under us, as a rule. */
    CLOSED_BEFORE_ANSWER(true, true),
    CUT_SHORT(false, true),
    REFUSED(true, false),
    CONNECT_TIMED_OUT(true, false),
    TIMED_OUT(true, false),
    UNRESOLVED(false, false),
    /** The machine has no local port left: the driver's own limit. */
    NO_PORT(false, false),
    /** The process has no file descriptor left: the driver's own limit. */
    NO_DESCRIPTOR(false, false),
    TOO_LONG(false, false),
    OTHER(false, false);

    private static final int CAUSES_MAX = 8;
    /** In what the JDK's client says when a connection ends within a response's head. */
    private static final String HEAD_BEGAN = "parser state [";

    private final boolean retryable;
    private final boolean reset;

    SocketFault(boolean retryable, boolean reset) {
        this.retryable = retryable;
        this.reset = reset;
    }

    boolean retryable() {
        return retryable;
    }

    /** Whether a connection was lost that had carried a request. */
    boolean reset() {
        return reset;
    }

    /** Whether the request certainly never reached the service. */
    boolean neverSent() {
        return this == REFUSED || this == CONNECT_TIMED_OUT || this == UNRESOLVED || driversOwn();
    }

    boolean driversOwn() {
        return this == NO_PORT || this == NO_DESCRIPTOR;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the JDK's client threw. Its types are few and its texts many, so the innermost telling cause decides. */
    static SocketFault of(Throwable thrown) {
        SocketFault found = OTHER;
        boolean answerBegan = false;
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            SocketFault here = single(cause);
            answerBegan |= String.valueOf(cause.getMessage()).contains(HEAD_BEGAN);
            if (here != OTHER && (found == OTHER || found == REFUSED)) found = here;
            cause = cause.getCause();
        }
        return found == CLOSED_BEFORE_ANSWER && answerBegan ? CUT_SHORT : found;
    }

    private static SocketFault single(Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException timeout -> CONNECT_TIMED_OUT;
            case HttpTimeoutException timeout -> TIMED_OUT;
            case UnresolvedAddressException unresolved -> UNRESOLVED;
            case BindException noPort -> NO_PORT;
            case ConnectException refused -> byText(cause, REFUSED);
            case EOFException closed -> CLOSED_BEFORE_ANSWER;
            default -> byText(cause, OTHER);
        };
    }

    private static SocketFault byText(Throwable cause, SocketFault otherwise) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("too many open files")) return NO_DESCRIPTOR;
        if (text.contains("cannot assign requested address") || text.contains("address not available")) return NO_PORT;
        if (text.contains("connection reset") || text.contains("broken pipe")) return RESET;
        if (text.contains("content-length") || text.contains("chunked transfer")) return CUT_SHORT;
        if (text.contains("body exceeds capacity")) return TOO_LONG;
        return otherwise;
    }
}
