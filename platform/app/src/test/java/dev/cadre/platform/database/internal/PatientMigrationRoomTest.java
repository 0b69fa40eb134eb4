package dev.cadre.platform.database.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.TestDatabase;
import dev.cadre.platform.shared.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While somebody else works with the table that is to be changed. */
class PatientMigrationRoomTest {

    @TempDir
    Path scripts;

    private Connection other;
    private Flyway flyway;
    private int pauses;

    @BeforeEach
    void start() throws Exception {
        var database = TestDatabase.emptyDatabase();
        var login = new Login(
                database.get("CADRE_DB_URL"), database.get("CADRE_DB_USER"), database.get("CADRE_DB_PASSWORD"));
        Files.writeString(scripts.resolve("V1__make.sql"), "create table cadre.it (id int)");
        var source = login.connections();
        source.setOptions("-c lock_timeout=50ms");
        flyway = flyway(source);
        PatientMigration.migrate(flyway, () -> pauses++);
        other = login.open();
        other.setAutoCommit(false);
        try (var statement = other.createStatement()) {
            statement.execute("lock table cadre.it in access share mode");
        }
        Files.writeString(scripts.resolve("V2__change.sql"), "alter table cadre.it add column name text");
        flyway = flyway(source);
    }

    private Flyway flyway(javax.sql.DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .schemas("cadre")
                .locations("filesystem:" + scripts)
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false")) // as the hub's settings say
                .load();
    }

    @AfterEach
    void stop() throws SQLException {
        other.close();
    }

    @Test
    void triesAgainAfterAPauseInWhichTheOthersGoOn() {
        PatientMigration.migrate(flyway, () -> {
            pauses++;
            try {
                other.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(pauses).isEqualTo(1);
        assertThat(flyway.info().pending()).isEmpty();
    }

    @Test
    void buildsAnIndexBesideWhoeverWorksAndAgainWhereThatWasCutOff() throws Exception {
        Files.delete(scripts.resolve("V2__change.sql"));
        Files.writeString(scripts.resolve("V2__find.sql"), """
                drop index concurrently if exists cadre.it_by_id;
                create index concurrently it_by_id on cadre.it (id);
                """);
        Files.writeString(scripts.resolve("V2__find.sql.conf"), "executeInTransaction=false");

        try (var statement = other.createStatement()) {
            statement.execute("insert into cadre.it values (1)");
        }

        PatientMigration.migrate(flyway, () -> {
            pauses++;
            try (var statement = other.createStatement()) {
                assertThat(valid(statement)).isFalse();
                other.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(pauses).isEqualTo(1);
        assertThat(flyway.info().pending()).isEmpty();
        try (var statement = other.createStatement()) {
            assertThat(valid(statement)).isTrue();
        }
    }

    private static boolean valid(Statement statement) throws SQLException {
        try (var row = statement.executeQuery(
                "select indisvalid from pg_index where indexrelid = to_regclass('cadre.it_by_id')")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Test
    void saysWhatToDoWhereTheTablesStayInUse() {
        assertThatThrownBy(() -> PatientMigration.migrate(flyway, () -> pauses++))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("stop the nodes of the older version");
        assertThat(pauses).isEqualTo(11);
        assertThat(flyway.info().pending()).hasSize(1);
    }
}
