package suiload.bcs;

/** Bytes that are not a canonical BCS encoding, or a value that has none. */
public final class BcsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BcsException(String message) {
        super(message);
    }
}
