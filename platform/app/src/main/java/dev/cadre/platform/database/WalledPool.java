package dev.cadre.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.cadre.platform.shared.OrganizationId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The pool, for single statements that commit by themselves: each connection comes out of it in the role of {@link Walls}.
 * A connection that was last used for the same organization costs nothing more.
 */
public final class WalledPool extends DelegatingDataSource implements AutoCloseable {

    /** What the hub's own work runs as: it sees every row and owns no table. */
    public static final String HUB = "cadre_hub";

    /** What runs for one organization: policies show it that organization's rows. */
    public static final String ORGANIZATION = "cadre_organization";

    private static final String ENTER =
            "select set_config('role', ?, false), set_config('cadre.organization', ?, false)";

    private final HikariDataSource pool;
    private final Map<PGConnection, Optional<OrganizationId>> scopes = Collections.synchronizedMap(new WeakHashMap<>());

    public WalledPool(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = pool.getConnection();
        try {
            enter(connection, Walls.organization());
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("The pool has connections of one user only");
    }

    private void enter(Connection connection, Optional<OrganizationId> wanted) throws SQLException {
        var physical = connection.unwrap(PGConnection.class);
        if (wanted.equals(scopes.get(physical))) {
            return;
        }
        scopes.remove(physical);
        try (var statement = connection.prepareStatement(ENTER)) {
            statement.setString(1, wanted.isPresent() ? ORGANIZATION : HUB);
            statement.setString(2, wanted.map(OrganizationId::toString).orElse(""));
            statement.execute();
        }
        scopes.put(physical, wanted);
    }

    /**
     * A connection beside the pool, for the hub's own work.
     *
     * @param properties of the driver, beside who signs in
     */
    public Connection openBeside(Properties properties) throws SQLException {
        var all = new Properties();
        all.putAll(properties);
        all.setProperty("user", Objects.requireNonNull(pool.getUsername()));
        all.setProperty("password", Objects.requireNonNullElse(pool.getPassword(), ""));
        all.setProperty("options", "-c search_path=cadre -c role=" + HUB);
        return DriverManager.getConnection(pool.getJdbcUrl(), all);
    }

    @Override
    public void close() {
        pool.close();
    }
}
