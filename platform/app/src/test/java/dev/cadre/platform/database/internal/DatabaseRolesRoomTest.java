package dev.cadre.platform.database.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.SettingException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who the hub is in its database. */
class DatabaseRolesRoomTest {

    @TempDir
    static Path home;

    private static EmbeddedServer server;

    @BeforeAll
    static void startServer() {
        server = EmbeddedServer.start(home);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void theHubOfAnEmbeddedServerIsNoSuperuserAndOwnsNothing() throws Exception {
        var hub = new Login(server.jdbcUrl(), EmbeddedServer.HUB, server.password());
        DatabaseRoles.prepare(owner(), hub);
        DatabaseRoles.prepare(owner(), hub);
        try (var connection = hub.open()) {
            assertThat(
                            text(
                                    connection,
                                    "select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = session_user"))
                    .isEqualTo("f");
            run(connection, "set role cadre_hub");
            run(connection, "set role cadre_organization");
            assertThatThrownBy(() -> run(connection, "set role postgres")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> run(connection, "create table mine (n int)"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void sayWhatAnAdministratorMustRunWhereTheUserMayNotMakeRoles() throws Exception {
        try (var admin = owner().open()) {
            run(admin, "drop role if exists plain, cadre, cadre_hub, cadre_organization, cadre_project");
            run(admin, "create role plain login password 'plain'");
        }
        var plain = new Login(server.jdbcUrl(), "plain", "plain");
        assertThatThrownBy(() -> DatabaseRoles.prepare(plain, null))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("create role cadre_hub nologin; create role cadre_organization nologin");

        try (var admin = owner().open()) {
            run(admin, "create role cadre_hub nologin");
            run(admin, "create role cadre_organization nologin");
            run(admin, "grant cadre_hub, cadre_organization to plain");
        }
        // as on an installation that is older than projects
        assertThatThrownBy(() -> DatabaseRoles.prepare(plain, null)).hasMessageContaining("create role cadre_project");
        try (var admin = owner().open()) {
            run(admin, "create role cadre_project nologin");
            run(admin, "grant cadre_organization to cadre_project");
            run(admin, "grant cadre_project to plain");
        }
        DatabaseRoles.prepare(plain, null);
        try (var connection = plain.open()) {
            run(connection, "set role cadre_organization");
        }
    }

    @Test
    void aUserWhoMayMakeRolesMakesThemAndMayTakeThem() throws Exception {
        try (var admin = owner().open()) {
            run(admin, "drop role if exists maker, cadre, plain, cadre_hub, cadre_organization, cadre_project");
            run(admin, "create role maker login createrole password 'maker'");
        }
        var maker = new Login(server.jdbcUrl(), "maker", "maker");
        DatabaseRoles.prepare(maker, null);
        try (var connection = maker.open()) {
            run(connection, "set role cadre_hub");
            assertThat(text(connection, "select current_user::text")).isEqualTo("cadre_hub");
            run(connection, "set role cadre_project");
            assertThat(text(connection, "select pg_has_role('cadre_organization', 'USAGE')"))
                    .isEqualTo("t");
        }
        try (var admin = owner().open()) {
            run(admin, "drop role cadre_hub, cadre_organization, cadre_project");
        }
    }

    @Test
    void aUserWhomTheUrlNamesCountsBeforeTheSettings() throws Exception {
        var named = new Login(
                server.jdbcUrl() + "?user=" + EmbeddedServer.OWNER + "&password=" + server.password(),
                "nobody",
                "wrong");
        DatabaseRoles.prepare(named, null);
        try (var connection = named.connections().getConnection()) {
            assertThat(text(connection, "select session_user::text")).isEqualTo(EmbeddedServer.OWNER);
        }
    }

    private static Login owner() {
        return new Login(server.jdbcUrl(), EmbeddedServer.OWNER, server.password());
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            var row = statement.executeQuery(sql);
            row.next();
            return row.getString(1);
        }
    }
}
