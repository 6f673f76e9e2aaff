package suiload.grpcweb;

/** The status codes of gRPC; a code is its ordinal (facts: sui-grpc.md section 1.12). */
public enum GrpcStatus {
    OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, UNAUTHENTICATED;

    private static final GrpcStatus[] BY_CODE = values();

    public int code() {
        return ordinal();
    }

    /** The status of a code; one that gRPC does not know is UNKNOWN. */
    public static GrpcStatus of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }

    /**
     * What an HTTP status means when the answer carries no gRPC status (facts section 1.11); as there, but a gateway's
     * 502 is UNAVAILABLE too.
     */
    public static GrpcStatus ofHttp(int status) {
        return switch (status) {
            case 400 -> INVALID_ARGUMENT;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> NOT_FOUND;
            case 409 -> ABORTED;
            case 412 -> FAILED_PRECONDITION;
            case 429 -> RESOURCE_EXHAUSTED;
            case 499 -> CANCELLED;
            case 501 -> UNIMPLEMENTED;
            case 502, 503 -> UNAVAILABLE;
            case 504 -> DEADLINE_EXCEEDED;
            default -> status / 100 == 2 ? OK : UNKNOWN;
        };
    }
}
