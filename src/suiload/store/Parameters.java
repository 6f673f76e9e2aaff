package suiload.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Binds the values that statements of this house use; anything else is a mistake and says so. */
final class Parameters {
    private Parameters() {
    }

    static void bind(PreparedStatement statement, Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) bind(statement, i + 1, values[i]);
    }

    private static void bind(PreparedStatement statement, int at, Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.NULL);
            case Optional<?> optional -> bind(statement, at, optional.orElse(null));
            case OptionalLong optional -> bind(statement, at, optional.isPresent() ? optional.getAsLong() : null);
            case String text -> statement.setString(at, text);
            case Long number -> statement.setLong(at, number);
            case Integer number -> statement.setInt(at, number);
            case Boolean truth -> statement.setBoolean(at, truth);
            case byte[] bytes -> statement.setBytes(at, bytes);
            case Instant instant -> statement.setObject(at, instant.atOffset(ZoneOffset.UTC));
            case List<?> list -> bindArray(statement, at, list);
            default -> throw new IllegalArgumentException("parameter " + at + " has an unknown type: " + value.getClass().getName());
        }
    }

    /** An empty list carries no element type: the server infers it from the statement. */
    private static void bindArray(PreparedStatement statement, int at, List<?> list) throws SQLException {
        if (list.isEmpty()) {
            statement.setObject(at, "{}", Types.OTHER);
            return;
        }
        String type = switch (list.getFirst()) {
            case String _ -> "text";
            case Long _ -> "bigint";
            case Boolean _ -> "boolean";
            case byte[] _ -> "bytea";
            default -> throw new IllegalArgumentException("parameter " + at + " is a list of an unknown type");
        };
        Object[] elements = type.equals("bytea") ? list.toArray(new byte[0][]) : list.toArray();
        statement.setArray(at, statement.getConnection().createArrayOf(type, elements));
    }
}
