package dev.cadre.platform.database.internal;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/** The connections and, where the hub brings its own, the server behind them. */
record PostgresPool(HikariDataSource connections, @Nullable EmbeddedServer server) implements AutoCloseable {

    @Override
    public void close() {
        connections.close();
        if (server != null) {
            server.close();
        }
    }
}
