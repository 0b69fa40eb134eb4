package dev.cadre.platform.connector.internal;

import dev.cadre.platform.connector.ConnectionLimits.Limit;
import dev.cadre.platform.shared.ConnectionId;
import dev.cadre.platform.shared.OrganizationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The limits of connections in the database. */
@Component
public class ConnectionLimitRows {

    private static final String SELECT =
            "select id, organization_id, name, max_concurrent, rate_per_minute from connection";

    private final JdbcClient jdbc;

    ConnectionLimitRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of all organizations that limit something. */
    public List<Limit> all() {
        return jdbc.sql(SELECT + " where max_concurrent is not null or rate_per_minute is not null")
                .query(ConnectionLimitRows::limit)
                .list();
    }

    public Optional<Limit> find(OrganizationId organization, ConnectionId connection) {
        return jdbc.sql(SELECT + " where organization_id = ? and id = ?")
                .params(organization.value(), connection.value())
                .query(ConnectionLimitRows::limit)
                .optional();
    }

    public boolean change(
            OrganizationId organization,
            ConnectionId connection,
            @Nullable Integer maxConcurrent,
            @Nullable Integer ratePerMinute) {
        return jdbc.sql("""
                        update connection set max_concurrent = :most, rate_per_minute = :rate
                        where organization_id = :organization and id = :id""")
                        .param("most", maxConcurrent)
                        .param("rate", ratePerMinute)
                        .param("organization", organization.value())
                        .param("id", connection.value())
                        .update()
                == 1;
    }

    private static Limit limit(ResultSet row, int number) throws SQLException {
        return new Limit(
                new ConnectionId(row.getObject("id", UUID.class)),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getString("name"),
                row.getObject("max_concurrent", Integer.class),
                row.getObject("rate_per_minute", Integer.class));
    }
}
