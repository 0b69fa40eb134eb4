package dev.cadre.platform.database.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerRoomTest {

    @Test
    void isDurableProtectedAndKeepsItsData(@TempDir Path home) throws Exception {
        try (var server = EmbeddedServer.start(home);
                var connection = connect(server, server.password())) {
            assertThat(setting(connection, "fsync")).isEqualTo("on");
            assertThat(setting(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(connection, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> connect(server, "guess")).isInstanceOf(SQLException.class);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
            connection.createStatement().execute("create table kept (n int)");
        }
        try (var server = EmbeddedServer.start(home);
                var connection = connect(server, server.password())) {
            assertThat(connection
                            .createStatement()
                            .executeQuery("select count(*) from kept")
                            .next())
                    .isTrue();
        }
    }

    private static Connection connect(EmbeddedServer server, String password) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), EmbeddedServer.OWNER, password);
    }

    private static String setting(Connection connection, String name) throws SQLException {
        var row = connection.createStatement().executeQuery("show " + name);
        row.next();
        return row.getString(1);
    }
}
