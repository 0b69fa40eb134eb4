package dev.cadre.platform.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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

    /** What runs for a member who does not see all projects: within the organization's policies stricter ones. */
    public static final String PROJECT = "cadre_project";

    private static final String ENTER =
            "select set_config('role', ?, false), set_config('cadre.organization', ?, false)";

    private static final String ENTER_PROJECTS = ENTER + ", set_config('cadre.member', ?, false)";

    private final HikariDataSource pool;
    private final Map<PGConnection, Walls.Scope> scopes = Collections.synchronizedMap(new WeakHashMap<>());

    private final List<WalledPool> beside = new CopyOnWriteArrayList<>();

    public WalledPool(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = pool.getConnection();
        try {
            enter(connection, Walls.scope());
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

    private void enter(Connection connection, Walls.Scope wanted) throws SQLException {
        var physical = connection.unwrap(PGConnection.class);
        if (wanted.equals(scopes.get(physical))) {
            return;
        }
        scopes.remove(physical);
        var organization = wanted.organization();
        var member = wanted.member();
        try (var statement = connection.prepareStatement(member == null ? ENTER : ENTER_PROJECTS)) {
            statement.setString(1, organization == null ? HUB : member == null ? ORGANIZATION : PROJECT);
            statement.setString(2, organization == null ? "" : organization.toString());
            if (member != null) {
                statement.setString(3, member.toString());
            }
            statement.execute();
        }
        scopes.put(physical, wanted);
    }

    /**
     * A few connections more, for what must get one while its caller already has one of the pool: were that another of the
     * same, callers could wait for each other. They close with the pool.
     */
    public WalledPool beside(String name, int size) {
        var config = new HikariConfig();
        pool.copyStateTo(config);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        var other = new WalledPool(new HikariDataSource(config));
        beside.add(other);
        return other;
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
        beside.forEach(WalledPool::close);
        pool.close();
    }
}
