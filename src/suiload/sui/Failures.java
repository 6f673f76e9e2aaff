package suiload.sui;

import java.util.Locale;
import suiload.grpcweb.GrpcStatus;

/** What a failed attempt means to the caller (facts: sui-grpc.md 1.11 and 1.12, sui-transactions.md section 9). */
final class Failures {
    private Failures() {}

    /** Whether a read may succeed when it is tried again. */
    static boolean readAgain(CallFailure failure) {
        return switch (failure.kind()) {
            case NOT_SENT, LIMITED, BROKEN, TIMED_OUT, LOST, GARBLED -> true;
            case REFUSED -> false;
            case STATUS -> switch (failure.status()) {
                case CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> true;
                default -> false;
            };
        };
    }

    static NodeException ofRead(Method method, CallFailure failure) {
        String text = method.label() + ": " + failure.describe();
        return switch (failure.kind()) {
            case LIMITED -> limited(text, failure);
            case TIMED_OUT -> new NodeException.TimedOut(text, failure);
            case NOT_SENT, BROKEN, LOST -> new NodeException.Unavailable(text, failure);
            case REFUSED, GARBLED -> new NodeException.Nonsense(text, failure);
            case STATUS -> switch (failure.status()) {
                case RESOURCE_EXHAUSTED -> limited(text, failure);
                case DEADLINE_EXCEEDED -> new NodeException.TimedOut(text, failure);
                case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED,
                        UNAUTHENTICATED, DATA_LOSS -> new NodeException.Nonsense(text, failure);
                default -> new NodeException.Unavailable(text, failure);
            };
        };
    }

    /** A submission's failure. Whatever may have come after the work leaves the outcome unknown. */
    static NodeException ofSubmission(Method method, CallFailure failure) {
        String text = method.label() + ": " + failure.describe();
        return switch (failure.kind()) {
            case NOT_SENT, REFUSED -> new NodeException.Unavailable(text, failure);
            case LIMITED -> limited(text, failure);
            case BROKEN, TIMED_OUT, LOST, GARBLED -> new NodeException.OutcomeUnknown(text, failure);
            case STATUS -> ofStatus(text, failure);
        };
    }

    private static NodeException ofStatus(String text, CallFailure failure) {
        return switch (failure.status()) {
            case INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION ->
                    new NodeException.Rejected(kind(failure.status(), failure.getMessage()), text);
            case ABORTED -> stale(failure.getMessage().toLowerCase(Locale.ROOT))
                    ? new NodeException.Rejected(NodeException.Kind.STALE, text)
                    : new NodeException.OutcomeUnknown(text, failure);
            case PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED -> new NodeException.Unavailable(text, failure);
            default -> new NodeException.OutcomeUnknown(text, failure);
        };
    }

    /** The class of a rejection by its text; texts are literal in nodes, wrapped in lists and in other words. */
    static NodeException.Kind kind(GrpcStatus status, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (stale(text)) return NodeException.Kind.STALE;
        if (text.contains("already locked by a different transaction") || text.contains("reserved for another transaction")
                || text.contains("because of locked objects") || text.contains("equivocated")) return NodeException.Kind.CONFLICT;
        if (insufficientGas(text)) return NodeException.Kind.INSUFFICIENT_GAS;
        return switch (status) {
            case FAILED_PRECONDITION -> NodeException.Kind.CONFLICT;
            case NOT_FOUND -> NodeException.Kind.STALE;
            default -> NodeException.Kind.INVALID;
        };
    }

    private static boolean stale(String text) {
        return text.contains("unavailable for consumption") || text.contains("not available for consumption")
                || text.contains("provided version doesn't match") || text.contains("invalid object digest")
                || text.contains("could not find the referenced object") || text.contains("under reference gas price")
                || text.contains("transaction expired") || text.contains("transaction is expired");
    }

    private static boolean insufficientGas(String text) {
        return text.contains("is lower than the needed amount") || text.contains("insufficient gas balance")
                || text.contains("insufficient sui balance") || text.contains("gas payment missing");
    }

    private static NodeException limited(String text, CallFailure failure) {
        return new NodeException.RateLimited(text, failure.pause().orElse(CallFailure.LIMITED_PAUSE));
    }
}
