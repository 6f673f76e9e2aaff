package suiload.sui;

import java.time.Duration;
import java.util.Optional;
import suiload.grpcweb.GrpcStatus;

/** One attempt that brought no answer, by how far it came: what the attempt's failure means depends on what was asked. */
final class CallFailure extends Exception {
    private static final long serialVersionUID = 1;

    enum Kind {
        /** It never left: the endpoint cannot be reached, or no place for the call came free. */
        NOT_SENT,
        /** Turned away before anyone looked at it: HTTP 429. */
        LIMITED,
        /** Refused at the door for good: wrong address, key or protocol. Any other HTTP status below 500 but 408. */
        REFUSED,
        /** An HTTP error of a server or proxy, which may come before or after the work. */
        BROKEN,
        /** No complete answer in time. */
        TIMED_OUT,
        /** The connection ended before a complete answer. */
        LOST,
        /** A complete answer that is none. */
        GARBLED,
        /** A gRPC status, or an error of another protocol in the nearest of these words. */
        STATUS
    }

    /** The guess where a refusal for rate names no time. */
    static final Duration LIMITED_PAUSE = Duration.ofSeconds(1);

    private final Kind kind;
    private final GrpcStatus status;
    private final transient Optional<Duration> retryAfter;

    private CallFailure(Kind kind, String message, Throwable cause, GrpcStatus status, Optional<Duration> retryAfter) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    static CallFailure of(Kind kind, String message, Throwable cause) {
        return new CallFailure(kind, message, cause, GrpcStatus.UNKNOWN, Optional.empty());
    }

    /** @param retryAfter the header of that name; only seconds are understood, since load balancers do not use the form with a date */
    static CallFailure http(int status, Optional<String> retryAfter) {
        Kind kind = switch (status) {
            case 429 -> Kind.LIMITED;
            case 408, 499 -> Kind.BROKEN;
            default -> status < 500 ? Kind.REFUSED : Kind.BROKEN;
        };
        return new CallFailure(kind, "HTTP " + status, null, GrpcStatus.ofHttp(status), seconds(retryAfter));
    }

    /** No endpoint takes calls for so long. */
    static CallFailure closed(Duration pause) {
        return new CallFailure(Kind.LIMITED, "HTTP 429", null, GrpcStatus.ofHttp(429), Optional.of(pause));
    }

    static CallFailure status(GrpcStatus status, String message) {
        return status(status, message, Optional.empty());
    }

    /** @param retryAfter as for {@link #http} */
    static CallFailure status(GrpcStatus status, String message, Optional<String> retryAfter) {
        return new CallFailure(Kind.STATUS, message, null, status, seconds(retryAfter));
    }

    private static Optional<Duration> seconds(Optional<String> retryAfter) {
        return retryAfter.map(String::strip).filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    Kind kind() {
        return kind;
    }

    /** Only of kind STATUS what the node said; else the nearest word for it. */
    GrpcStatus status() {
        return status;
    }

    /** How long the endpoint wants to be left alone: what it asked for, else a guess where it limits our rate. */
    Optional<Duration> pause() {
        if (retryAfter != null && retryAfter.isPresent()) return retryAfter;
        boolean limited = kind == Kind.LIMITED || kind == Kind.STATUS && status == GrpcStatus.RESOURCE_EXHAUSTED;
        return limited ? Optional.of(LIMITED_PAUSE) : Optional.empty();
    }

    /** Whether it says something about the endpoint's health rather than about the call. */
    boolean blamesEndpoint() {
        return switch (kind) {
            case NOT_SENT, BROKEN, TIMED_OUT, LOST, GARBLED, REFUSED -> true;
            case LIMITED -> false;
            case STATUS -> status == GrpcStatus.UNAVAILABLE || status == GrpcStatus.UNIMPLEMENTED;
        };
    }

    String describe() {
        return kind == Kind.STATUS ? status + ": " + getMessage() : getMessage();
    }
}
