package dev.cadre.platform.run.internal.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets parameters one after the other. */
final class Binder {
    private final PreparedStatement statement;
    private final Connection connection;
    private int index;

    Binder(PreparedStatement statement, Connection connection) {
        this.statement = statement;
        this.connection = connection;
    }

    Binder uuid(@Nullable UUID value) throws SQLException {
        statement.setObject(++index, value, Types.OTHER);
        return this;
    }

    Binder text(@Nullable String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    Binder integer(@Nullable Integer value) throws SQLException {
        statement.setObject(++index, value, Types.INTEGER);
        return this;
    }

    Binder time(@Nullable Instant value) throws SQLException {
        statement.setObject(
                ++index,
                value == null ? null : value.atOffset(java.time.ZoneOffset.UTC),
                Types.TIMESTAMP_WITH_TIMEZONE);
        return this;
    }

    <T> Binder uuids(List<T> items, Function<T, @Nullable UUID> value) throws SQLException {
        return array("uuid", items, new UUID[items.size()], value);
    }

    <T> Binder integers(List<T> items, Function<T, @Nullable Integer> value) throws SQLException {
        return array("int4", items, new Integer[items.size()], value);
    }

    <T> Binder booleans(List<T> items, Function<T, Boolean> value) throws SQLException {
        return array("bool", items, new Boolean[items.size()], value);
    }

    /** Strings travel in binary: documents full of quotes would double in an array's text form. */
    <T> Binder texts(List<T> items, Function<T, @Nullable String> value) throws SQLException {
        return array("text", items, new String[items.size()], value);
    }

    <T> Binder times(List<T> items, Function<T, @Nullable Instant> value) throws SQLException {
        return array("timestamptz", items, new String[items.size()], item -> {
            var time = value.apply(item);
            return time == null ? null : time.toString();
        });
    }

    private <T, V> Binder array(
            String type, List<T> items, @Nullable V[] values, Function<T, ? extends @Nullable V> value)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(items.get(i));
        }
        statement.setArray(++index, connection.createArrayOf(type, values));
        return this;
    }
}
