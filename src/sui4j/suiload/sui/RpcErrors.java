package suiload.sui;

import java.util.Locale;
import suiload.grpcweb.GrpcStatus;

/**
 * JSON-RPC errors in the words that {@link Failures} understands. Nodes use few codes and say the rest in the text (facts: sui-jsonrpc.md
 * section 5).
 */
final class RpcErrors {
    private static final int INVALID_PARAMS = -32602;
    private static final int BUSY = -32009;
    private static final int BUSY_FOR_SDK = -32604;

    private RpcErrors() {}

    static CallFailure failure(RpcMethod method, int code, String message) {
        String text = message == null ? "" : message;
        String lower = text.toLowerCase(Locale.ROOT);
        boolean turnedAway = code == BUSY || code == BUSY_FOR_SDK || lower.contains("too many requests");
        if (turnedAway) return CallFailure.of(CallFailure.Kind.LIMITED, code + " " + text, null);
        return CallFailure.status(status(method, code, lower), text);
    }

    private static GrpcStatus status(RpcMethod method, int code, String text) {
        if (method == RpcMethod.GET_TRANSACTION && code == INVALID_PARAMS && unknownTransaction(text)) return GrpcStatus.NOT_FOUND;
        if (method == RpcMethod.EXECUTE && aborted(text)) return GrpcStatus.ABORTED;
        if (method == RpcMethod.EXECUTE && undecided(text)) return GrpcStatus.UNAVAILABLE;
        return switch (code) {
            case INVALID_PARAMS, -32002, -32600, -32700 -> GrpcStatus.INVALID_ARGUMENT;
            case -32601 -> GrpcStatus.UNIMPLEMENTED;
            case -32050 -> GrpcStatus.UNAVAILABLE;
            case -32603 -> GrpcStatus.INTERNAL;
            default -> GrpcStatus.UNKNOWN;
        };
    }

    private static boolean unknownTransaction(String text) {
        return text.contains("could not find the referenced transaction") || text.contains("not found");
    }

    /** The newest servers pass on such words under the code of bad parameters. */
    private static boolean undecided(String text) {
        return text.contains("finality") || text.contains("timed out") || text.contains("timed-out");
    }

    /** It is about the transaction, which may be stale, and says nothing against the endpoint. */
    private static boolean aborted(String text) {
        return text.contains("processing aborted") || text.contains("already finalized");
    }
}
