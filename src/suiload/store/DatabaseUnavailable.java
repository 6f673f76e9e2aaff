package suiload.store;

/** The database is away, overloaded or slower than the deadline allows; the same call may succeed later. */
public final class DatabaseUnavailable extends DatabaseException {
    private static final long serialVersionUID = 1;

    private final boolean lasting;

    DatabaseUnavailable(String message) {
        this(message, null);
    }

    DatabaseUnavailable(String message, Throwable cause) {
        this(message, false, cause);
    }

    DatabaseUnavailable(String message, boolean lasting, Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
    }

    /** Whether a person has to do something about it: waiting alone will not help. */
    public boolean lasting() {
        return lasting;
    }
}
