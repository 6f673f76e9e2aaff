package suiload.store;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of a result, valid only inside the mapper that receives it. */
public final class Row {
    /** Turns a row into a value; must not keep the row. */
    @FunctionalInterface
    public interface Mapper<T> {
        T map(Row row);
    }

    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /** @throws DatabaseException naming the SQLSTATE if the column is missing, of another type or null */
    public String string(String column) {
        return required(column, stringOrNull(column));
    }

    public Optional<String> optionalString(String column) {
        return Optional.ofNullable(stringOrNull(column));
    }

    public long longValue(String column) {
        long value = read(() -> result.getLong(column));
        required(column, wasNull() ? null : value);
        return value;
    }

    public OptionalLong optionalLong(String column) {
        long value = read(() -> result.getLong(column));
        return wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    public int intValue(String column) {
        return Math.toIntExact(longValue(column));
    }

    public byte[] bytes(String column) {
        return required(column, read(() -> result.getBytes(column)));
    }

    public Optional<byte[]> optionalBytes(String column) {
        return Optional.ofNullable(read(() -> result.getBytes(column)));
    }

    public boolean bool(String column) {
        boolean value = read(() -> result.getBoolean(column));
        required(column, wasNull() ? null : value);
        return value;
    }

    public Instant instant(String column) {
        return optionalInstant(column).orElseThrow(() -> missing(column));
    }

    public Optional<Instant> optionalInstant(String column) {
        return Optional.ofNullable(read(() -> result.getObject(column, OffsetDateTime.class))).map(OffsetDateTime::toInstant);
    }

    /** A {@code text[]}. */
    public List<String> strings(String column) {
        Array array = required(column, read(() -> result.getArray(column)));
        return List.of((String[]) read(array::getArray));
    }

    private String stringOrNull(String column) {
        return read(() -> result.getString(column));
    }

    private boolean wasNull() {
        return read(result::wasNull);
    }

    private static <T> T required(String column, T value) {
        if (value == null) throw missing(column);
        return value;
    }

    private static IllegalStateException missing(String column) {
        return new IllegalStateException("column " + column + " is null");
    }

    private interface Read<T> {
        T from() throws SQLException;
    }

    private static <T> T read(Read<T> read) {
        try {
            return read.from();
        } catch (SQLException e) {
            throw DatabaseException.of(e);
        }
    }
}
