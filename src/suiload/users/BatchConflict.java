package suiload.users;

/** A funding batch was not begun because its users are no longer free for it. */
final class BatchConflict extends RuntimeException {
    private static final long serialVersionUID = 1;

    BatchConflict(String message) {
        super(message);
    }
}
