package suiload.store;

/** The database is away, overloaded or slower than the deadline allows; the same call may succeed later. */
public final class DatabaseUnavailable extends DatabaseException {
    private static final long serialVersionUID = 1;

    DatabaseUnavailable(String message) {
        super(message, null);
    }

    DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
