package suiload.localnet;

/** The words that a full node puts around what its validators said of a submitted transaction. */
final class Validators {
    private Validators() {}

    static final String OTHER_SIGNATURES = "The transaction is already finalized but with different user signatures";

    static Rejection wrap(Rejection inner) {
        if (inner.getMessage().equals(OTHER_SIGNATURES)) return inner;
        String reason = "[" + inner.getMessage() + " { embedded } with 10000 stake]";
        return switch (inner.code()) {
            case INVALID_ARGUMENT, FAILED_PRECONDITION -> new Rejection(inner.code(),
                    "Transaction is rejected as invalid by more than 1/3 of validators by stake (non-retriable). Non-retriable errors: "
                            + reason + ".", inner.plain());
            case ABORTED -> new Rejection(inner.code(),
                    "Transaction processing aborted (retriable with another submission). Retriable errors: " + reason + ".", inner.plain());
            case NOT_FOUND, RESOURCE_EXHAUSTED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE -> inner;
        };
    }
}
