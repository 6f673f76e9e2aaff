package suiload.store;

import java.sql.SQLException;

/** The database refused a statement for good: a constraint, a type, a mistake of ours. */
public final class DatabaseError extends DatabaseException {
    private static final long serialVersionUID = 1;
    private static final String UNIQUE_VIOLATION = "23505";

    private final String sqlState;

    DatabaseError(String sqlState, SQLException cause) {
        super("database error" + (sqlState.isEmpty() ? "" : " (SQLSTATE " + sqlState + ")"), cause);
        this.sqlState = sqlState;
    }

    /** Five characters of the PostgreSQL manual's appendix A, or empty. */
    public String sqlState() {
        return sqlState;
    }

    /** Whether a row with the same unique key exists already. */
    public boolean duplicate() {
        return sqlState.equals(UNIQUE_VIOLATION);
    }
}
