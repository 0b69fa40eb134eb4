package dev.cadre.platform.cluster.internal;

import com.zaxxer.hikari.HikariDataSource;
import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.cluster.NodeDied;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps this node's row alive and finds nodes that died. A node is dead when nobody holds its advisory lock at two
 * looks in a row, or when its row has run out. The lock sits on a connection of its own, outside the pool.
 */
@Component
class Heartbeat implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int ALIVE_SECONDS = 20;

    private final Node node;
    private final HikariDataSource pool;
    private final ApplicationEventPublisher events;
    private final long lockKey;
    private final Set<UUID> suspects = new HashSet<>();
    private @Nullable Connection lockHolder;
    private @Nullable ScheduledExecutorService clock;

    Heartbeat(Node node, HikariDataSource pool, ApplicationEventPublisher events) {
        this.node = node;
        this.pool = pool;
        this.events = events;
        this.lockKey = node.id().getMostSignificantBits() ^ node.id().getLeastSignificantBits();
    }

    @Override
    public void start() {
        beat();
        var scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("heartbeat").daemon().factory());
        scheduler.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        clock = scheduler;
    }

    private synchronized void beat() {
        try {
            holdLock();
            try (var connection = pool.getConnection()) {
                renew(connection);
                for (var dead : findDead(connection)) {
                    log.info("Node {} is gone, its work is taken over", dead);
                    events.publishEvent(new NodeDied(dead));
                }
            }
        } catch (SQLException | RuntimeException e) {
            log.warn("The database did not answer the heartbeat: {}", e.getMessage());
        }
    }

    private void holdLock() throws SQLException {
        if (lockHolder != null && lockHolder.isValid(2)) {
            return;
        }
        var properties = new Properties();
        properties.setProperty("user", pool.getUsername());
        properties.setProperty("password", pool.getPassword());
        properties.setProperty("ApplicationName", "cadre-node");
        properties.setProperty("tcpKeepAlive", "true");
        var connection = DriverManager.getConnection(pool.getJdbcUrl(), properties);
        try (var statement = connection.prepareStatement("select pg_advisory_lock(?)")) {
            statement.setLong(1, lockKey);
            statement.execute();
        }
        lockHolder = connection;
    }

    private void renew(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                insert into node (id, lock_key, address, started_at, alive_until)
                values (?, ?, ?, now(), now() + make_interval(secs => ?))
                on conflict (id) do update set alive_until = excluded.alive_until""")) {
            statement.setObject(1, node.id());
            statement.setLong(2, lockKey);
            statement.setString(3, "pid " + ProcessHandle.current().pid());
            statement.setInt(4, ALIVE_SECONDS);
            statement.executeUpdate();
        }
    }

    private List<UUID> findDead(Connection connection) throws SQLException {
        var unlocked = new HashSet<UUID>();
        var dead = new HashSet<UUID>();
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("""
                select id, alive_until < now(), pg_try_advisory_xact_lock(lock_key) from node where id <> ?""")) {
            statement.setObject(1, node.id());
            var rows = statement.executeQuery();
            while (rows.next()) {
                var id = rows.getObject(1, UUID.class);
                if (rows.getBoolean(2) || rows.getBoolean(3) && suspects.contains(id)) {
                    dead.add(id);
                } else if (rows.getBoolean(3)) {
                    unlocked.add(id);
                }
            }
        } finally {
            connection.commit();
            connection.setAutoCommit(true);
        }
        suspects.clear();
        suspects.addAll(unlocked);
        return dead.stream().filter(id -> delete(connection, id)).toList();
    }

    /** True for one of the nodes that see the death at once. */
    private static boolean delete(Connection connection, UUID id) {
        try (var statement = connection.prepareStatement("delete from node where id = ?")) {
            statement.setObject(1, id);
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Others then delete the row and learn that its work is free; without others the next start does. */
    private void signOff(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement("update node set alive_until = now() - interval '1 second' where id = ?")) {
            statement.setObject(1, node.id());
            statement.executeUpdate();
        }
    }

    @Override
    public synchronized void stop() {
        if (clock == null) {
            return;
        }
        clock.shutdownNow();
        clock = null;
        try (var connection = pool.getConnection()) {
            signOff(connection);
            if (lockHolder != null) {
                lockHolder.close();
                lockHolder = null;
            }
        } catch (SQLException e) {
            log.warn("This node could not sign off: {}", e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    /** Starts before and stops after everything that holds leases. */
    @Override
    public int getPhase() {
        return -1000;
    }
}
