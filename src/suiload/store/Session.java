package suiload.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements on one connection, inside one transaction. Valid only inside the function that receives it, on that function's thread. */
public final class Session {
    private final Connection connection;
    private final Call<?> call;

    Session(Connection connection, Call<?> call) {
        this.connection = connection;
        this.call = call;
    }

    /** All rows, mapped, in the statement's order: the statement itself must bound their number. */
    public <T> List<T> query(String sql, Row.Mapper<T> mapper, Object... parameters) {
        return run(sql, parameters, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                Row row = new Row(result);
                while (result.next()) rows.add(mapper.map(row));
                return rows;
            }
        });
    }

    /** The first row, mapped, if there is one. */
    public <T> Optional<T> first(String sql, Row.Mapper<T> mapper, Object... parameters) {
        return run(sql, parameters, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(mapper.map(new Row(result))) : Optional.empty();
            }
        });
    }

    /** Runs an INSERT, UPDATE, DELETE or DDL; the number of rows it touched. */
    public int update(String sql, Object... parameters) {
        return run(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Runs one statement for many rows in few round trips. */
    public void batch(String sql, List<Object[]> rows) {
        if (rows.isEmpty()) return;
        run(sql, rows.getFirst(), statement -> {
            statement.addBatch();
            for (Object[] row : rows.subList(1, rows.size())) {
                Parameters.bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    /** Several statements in one text, without parameters: schema files. */
    void script(String sql) {
        try (var statement = connection.createStatement()) {
            call.running(statement);
            statement.execute(sql);
        } catch (SQLException e) {
            throw DatabaseException.of(e);
        } finally {
            call.idle();
        }
    }

    private interface Execution<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Object[] parameters, Execution<T> execution) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.bind(statement, parameters);
            call.running(statement);
            return execution.on(statement);
        } catch (SQLException e) {
            throw DatabaseException.of(e);
        } finally {
            call.idle();
        }
    }
}
