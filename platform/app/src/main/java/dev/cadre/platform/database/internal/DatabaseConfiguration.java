package dev.cadre.platform.database.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cadre.platform.database.DatabaseSettings;
import dev.cadre.platform.database.WalledPool;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Opens the pool; with an embedded server the pool owns it, so that connections close before the server stops. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /**
     * Our tables are small and hot: while they are nearly empty the planner would choose sequential scans, whose price
     * grows with every dead row (docs/benchmarks.md).
     */
    private static final String SESSION_OPTIONS = "-c search_path=cadre -c enable_seqscan=off";

    @Bean(destroyMethod = "close")
    PostgresPool postgresPool(
            DatabaseSettings settings,
            @Value("${cadre.home}") Path home,
            @Value("${cadre.db.join:false}") boolean join) {
        if (!settings.embedded()) {
            var owner = new Login(Objects.requireNonNull(settings.url()), settings.user(), settings.password());
            DatabaseRoles.prepare(owner, null);
            return new PostgresPool(pool(owner, settings), owner, null);
        }
        var server = join ? EmbeddedServer.join(home) : EmbeddedServer.start(home);
        var owner = new Login(server.jdbcUrl(), EmbeddedServer.OWNER, server.password());
        var hub = new Login(server.jdbcUrl(), EmbeddedServer.HUB, server.password());
        DatabaseRoles.prepare(owner, hub);
        return new PostgresPool(pool(hub, settings), owner, server);
    }

    /** The pool itself, for single statements that commit by themselves. */
    @Bean(destroyMethod = "")
    WalledPool walledPool(PostgresPool pool) {
        return pool.connections();
    }

    /** What transactions use: a connection is taken with the first statement, not with the transaction. */
    @Bean
    @Primary
    DataSource dataSource(WalledPool pool) {
        return new LazyConnectionDataSourceProxy(pool);
    }

    /** Makes and changes the tables. */
    @Bean
    @FlywayDataSource
    DataSource ownerDataSource(PostgresPool pool) {
        return pool.owner().connections();
    }

    private static WalledPool pool(Login login, DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("cadre");
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(settings.pool());
        config.setMinimumIdle(Math.min(4, settings.pool()));
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(30_000);
        config.addDataSourceProperty("options", SESSION_OPTIONS);
        config.addDataSourceProperty("ApplicationName", "cadre");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", "60");
        return new WalledPool(new HikariDataSource(config));
    }
}
