package dev.cadre.platform.cluster.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cadre.platform.DatabaseProxy;
import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.TestHub;
import dev.cadre.platform.cluster.DatabasePulse;
import dev.cadre.platform.cluster.Node;
import dev.cadre.platform.shared.Ids;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The heartbeat of a hub whose connections to the database break, hang and linger. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeartbeatIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Map<String, String> database;
    private DatabaseProxy proxy;
    private TestHub hub;
    private JdbcClient jdbc;
    private UUID node;
    private long key;
    private DatabasePulse pulse;

    @BeforeAll
    void start() throws Exception {
        database = TestDatabase.emptyDatabase();
        proxy = DatabaseProxy.before(database);
        hub = TestHub.start(proxy.through(database));
        var direct = new DriverManagerDataSource(
                database.get("CADRE_DB_URL"), database.get("CADRE_DB_USER"), database.get("CADRE_DB_PASSWORD"));
        direct.setSchema("cadre");
        jdbc = JdbcClient.create(direct);
        node = hub.bean(Node.class).id();
        key = node.getMostSignificantBits() ^ node.getLeastSignificantBits();
        pulse = hub.bean(DatabasePulse.class);
    }

    @AfterAll
    void stop() throws Exception {
        proxy.thaw();
        hub.close();
        proxy.close();
    }

    @Test
    void takesItsLockAgainWhenItsConnectionWasBroken() {
        await().until(() -> holders().size() == 1);
        var first = holders();

        terminate(first.getFirst());

        await().atMost(PATIENCE).until(() -> holders().size() == 1 && !holders().equals(first));
    }

    @Test
    void beatsAlsoWhileALostSessionOfItsStillHoldsTheLock() throws Exception {
        await().until(() -> holders().size() == 1);
        var holder = holders().getFirst();
        try (var lingering = connect()) {
            var queued = Thread.ofVirtual().start(() -> execute(lingering, "select pg_advisory_lock(" + key + ")"));
            await().until(() -> jdbc.sql("select count(*) from pg_locks where locktype = 'advisory' and not granted")
                            .query(Integer.class)
                            .single()
                    == 1);
            terminate(holder);
            queued.join();
            var lost = Instant.now();

            await().atMost(PATIENCE).until(() -> lastBeat().isAfter(lost));
            assertThat(pulse.isFelt()).isTrue();
            assertThat(holders()).hasSize(1);
        }
        await().atMost(PATIENCE).until(() -> holders().size() == 1);
    }

    @Test
    void comesBackFromADatabaseThatStoppedAnsweringAndLeavesNoSessionBehind() {
        await().until(() -> holders().size() == 1);
        var first = holders();

        proxy.freeze();
        await().atMost(PATIENCE).until(() -> !pulse.isFelt());
        proxy.thaw();

        await().atMost(PATIENCE)
                .until(() ->
                        pulse.isFelt() && holders().size() == 1 && !holders().equals(first));
    }

    @Test
    void givesOthersTimeToComeBackFromTheSameOutage() throws SQLException {
        await().until(pulse::isFelt);
        proxy.freeze();
        await().atMost(PATIENCE).until(() -> !pulse.isFelt());
        var slow = silent(1);
        var gone = silent(2);
        proxy.thaw();
        await().atMost(PATIENCE).until(pulse::isFelt);

        try (var alive = connect()) {
            execute(alive, "select pg_advisory_lock(1)");
            execute(alive, "update node set alive_until = now() + interval '5 minutes' where id = '" + slow + "'");
            await().atMost(PATIENCE).until(() -> !isThere(gone));
            assertThat(isThere(slow)).isTrue();
        }
        jdbc.sql("delete from node where id = ?").param(slow).update();
    }

    /** A node that said nothing while the database was away. */
    private UUID silent(long lockKey) {
        var other = Ids.create();
        jdbc.sql("insert into node (id, lock_key, address, started_at, alive_until)"
                        + " values (?, ?, 'test', now(), now() - interval '1 minute')")
                .params(other, lockKey)
                .update();
        return other;
    }

    private boolean isThere(UUID id) {
        return jdbc.sql("select count(*) from node where id = ?")
                        .param(id)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private Instant lastBeat() {
        return jdbc.sql("select beat_at from node where id = ?")
                .param(node)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private void terminate(int pid) {
        jdbc.sql("select pg_terminate_backend(?)").param(pid).query((_, _) -> 1).single();
    }

    /** The sessions that hold the node's lock. */
    private List<Integer> holders() {
        return jdbc.sql("""
                        select pid from pg_locks where locktype = 'advisory' and granted and mode = 'ExclusiveLock' and objsubid = 1
                        and (classid::bigint << 32 | objid::bigint) = ?""").param(key).query(Integer.class).list();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.get("CADRE_DB_URL") + "?currentSchema=cadre",
                database.get("CADRE_DB_USER"),
                database.get("CADRE_DB_PASSWORD"));
    }

    private static void execute(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
