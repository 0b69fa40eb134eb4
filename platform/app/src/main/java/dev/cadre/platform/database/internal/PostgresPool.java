package dev.cadre.platform.database.internal;

import dev.cadre.platform.database.WalledPool;
import org.jspecify.annotations.Nullable;

/**
 * The connections and, where the hub brings its own, the server behind them.
 *
 * @param owner whose the tables are: makes and changes them at the start, and does nothing else
 */
record PostgresPool(
        WalledPool connections, Login owner, @Nullable EmbeddedServer server) implements AutoCloseable {

    @Override
    public void close() {
        connections.close();
        if (server != null) {
            server.close();
        }
    }
}
