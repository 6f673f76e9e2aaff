package suiload.store;

import java.sql.SQLException;

/** What the database refused or could not do. The message holds neither SQL nor values, so it may be logged and shown. */
public abstract sealed class DatabaseException extends RuntimeException permits DatabaseUnavailable, DatabaseError {
    private static final long serialVersionUID = 1;

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Sorts a driver's failure by its SQLSTATE (PostgreSQL manual, appendix A): lost or refused connections (08), resources (53),
     * operator intervention and timeouts (57), locks not obtained (55P03), a transaction left idle (25P03), lost races (40) and a
     * standby's refusal to write (25006) pass by themselves; the rest does not.
     */
    static DatabaseException of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.equals("53100")) return new DatabaseUnavailable("the database's disk is full", false, failure);
        boolean passing = state.startsWith("08") || state.startsWith("53") || state.startsWith("57") || state.startsWith("40")
                || state.equals("55P03") || state.equals("25P03") || state.equals("25006") || state.equals("58000") || state.equals("58030")
                || failure instanceof java.sql.SQLTransientException || failure instanceof java.sql.SQLRecoverableException;
        boolean lasting = state.startsWith("28") || state.equals("3D000");
        return passing || lasting ? new DatabaseUnavailable(why(state), lasting, failure) : new DatabaseError(state, failure);
    }

    private static String why(String state) {
        return switch (state) {
            case "57014" -> "the database took too long (statement cancelled)";
            case "55P03" -> "the database took too long (lock not obtained)";
            case "57P01", "57P02", "57P03" -> "the database is shutting down or starting";
            case "28P01", "28000" -> "the database refuses our user or password";
            case "3D000" -> "the server has no database of that name";
            case "53300" -> "the database has no connection left for us";
            default -> "the database cannot be reached" + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
        };
    }
}
