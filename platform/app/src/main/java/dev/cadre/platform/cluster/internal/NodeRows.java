package dev.cadre.platform.cluster.internal;

import dev.cadre.platform.cluster.Load;
import dev.cadre.platform.cluster.NodeStatus;
import dev.cadre.platform.database.WalledPool;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The table of nodes, over a connection of its own outside of the pool. The connection holds the node's advisory lock:
 * PostgreSQL releases it when the process dies.
 */
final class NodeRows implements AutoCloseable {

    /** After this long without a beat a node counts as dead, whatever else is known of it. */
    private static final int ALIVE_SECONDS = 20;

    /** What a node tells with every beat. */
    record Self(
            UUID id,
            String address,
            String host,
            String version,
            @Nullable String clusterAddress,
            Load load) {}

    /**
     * A node as the database shows it.
     *
     * @param lockFree nobody holds its lock: the connection that proves its life is gone
     * @param expired it has not renewed its row in time
     */
    record Seen(NodeStatus status, boolean lockFree, boolean expired) {}

    private static final String COLUMNS =
            "id, address, host, version, cluster_address, started_at, beat_at, working, waiting, cpu, heap_used, heap_max";

    private static final int LOCK_TRIES = 3;
    private static final long LOCK_PAUSE_NANOS = 20_000_000;

    private final Connection connection;
    private boolean locked;

    private NodeRows(Connection connection) {
        this.connection = connection;
    }

    static NodeRows open(WalledPool pool) throws SQLException {
        var properties = new Properties();
        properties.setProperty("ApplicationName", "cadre-node");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "5");
        return new NodeRows(pool.openBeside(properties));
    }

    /**
     * Never waits for the lock: while a lost session of this node lives on at the server, others see the node alive, which
     * it is. Tried more than once, since a node that looks right now shares it for a moment.
     */
    private void lock(UUID node) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, lockKey(node));
            for (int look = 0; look < LOCK_TRIES && !locked; look++) {
                if (look > 0) {
                    LockSupport.parkNanos(LOCK_PAUSE_NANOS);
                }
                var row = statement.executeQuery();
                locked = row.next() && row.getBoolean(1);
            }
        }
    }

    private static long lockKey(UUID node) {
        return node.getMostSignificantBits() ^ node.getLeastSignificantBits();
    }

    void beat(Self self) throws SQLException {
        if (!locked) {
            lock(self.id());
        }
        try (var statement = connection.prepareStatement("""
                insert into node (id, lock_key, address, host, version, cluster_address, working, waiting, cpu, heap_used, heap_max,
                  started_at, beat_at, alive_until)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), now(), now() + make_interval(secs => ?))
                on conflict (id) do update set address = excluded.address, cluster_address = excluded.cluster_address,
                  working = excluded.working, waiting = excluded.waiting, cpu = excluded.cpu, heap_used = excluded.heap_used,
                  heap_max = excluded.heap_max, beat_at = excluded.beat_at, alive_until = excluded.alive_until""")) {
            statement.setObject(1, self.id());
            statement.setLong(2, lockKey(self.id()));
            statement.setString(3, self.address());
            statement.setString(4, self.host());
            statement.setString(5, self.version());
            statement.setString(6, self.clusterAddress());
            statement.setInt(7, self.load().working());
            statement.setInt(8, self.load().waiting());
            statement.setDouble(9, self.load().cpu());
            statement.setLong(10, self.load().heapUsed());
            statement.setLong(11, self.load().heapMax());
            statement.setInt(12, ALIVE_SECONDS);
            statement.executeUpdate();
        }
    }

    /**
     * All nodes, the longest running first. Looks share the locks that they try, so that two nodes that look at once don't hide a third's
     * death from each other. A PostgreSQL that has just started has lost all locks: they say nothing for the given time.
     */
    List<Seen> look(Duration afterRestart) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select %s, extract(epoch from now() - beat_at) as silent, alive_until < now() as expired,
                  pg_try_advisory_xact_lock_shared(lock_key)
                    and pg_postmaster_start_time() < now() - make_interval(secs => ?) as lock_free
                from node order by started_at, id""".formatted(COLUMNS))) {
            statement.setLong(1, afterRestart.toSeconds());
            var seen = new ArrayList<Seen>();
            var rows = statement.executeQuery();
            while (rows.next()) {
                seen.add(new Seen(status(rows), rows.getBoolean("lock_free"), rows.getBoolean("expired")));
            }
            return seen;
        }
    }

    private static NodeStatus status(ResultSet row) throws SQLException {
        return new NodeStatus(
                row.getObject("id", UUID.class),
                row.getString("address"),
                row.getString("host"),
                row.getString("version"),
                row.getString("cluster_address"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("beat_at", OffsetDateTime.class).toInstant(),
                Duration.ofMillis((long) (row.getDouble("silent") * 1000)),
                new Load(
                        row.getInt("working"),
                        row.getInt("waiting"),
                        row.getDouble("cpu"),
                        row.getLong("heap_used"),
                        row.getLong("heap_max")));
    }

    void delete(UUID node) throws SQLException {
        try (var statement = connection.prepareStatement("delete from node where id = ?")) {
            statement.setObject(1, node);
            statement.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
