package suiload.localnet;

/** A transaction refused before execution: nothing happened and no gas is due (facts: sui-transactions.md section 9). */
public final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The gRPC status that a node answers with, by its number. */
    public enum Code {
        INVALID_ARGUMENT(3), NOT_FOUND(5), RESOURCE_EXHAUSTED(8), FAILED_PRECONDITION(9), ABORTED(10), UNIMPLEMENTED(12), INTERNAL(13),
        UNAVAILABLE(14);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    private final Code code;
    private final String plain;

    public Rejection(Code code, String message) {
        this(code, message, message);
    }

    /** @param plain see {@link #plain} */
    Rejection(Code code, String message, String plain) {
        super(message, null, false, false);
        this.code = code;
        this.plain = plain;
    }

    /** The transaction can never succeed as it is. */
    static Rejection invalid(String message) {
        return new Rejection(Code.INVALID_ARGUMENT, message);
    }

    public Code code() {
        return code;
    }

    /** What was wrong, without words of a full node around it, as nodes put it while they spoke JSON-RPC. */
    String plain() {
        return plain;
    }
}
