package dev.cadre.platform.database.internal;

import dev.cadre.platform.database.WalledPool;
import dev.cadre.platform.shared.SettingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the roles that the hub works in, with the rights of the tables' owner; what is there stays as it is. */
final class DatabaseRoles {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final List<String> ROLES = List.of(WalledPool.HUB, WalledPool.ORGANIZATION, WalledPool.PROJECT);
    private static final String NOT_ALLOWED = "42501";
    /** Whatever an organization's work may do, that of somebody in some of its projects may do; policies make it less. */
    private static final String INHERIT = "grant " + WalledPool.ORGANIZATION + " to " + WalledPool.PROJECT;

    private static final String INHERITS = "select pg_has_role(?, ?, 'USAGE')";
    /** Another node has made them at the same moment. */
    private static final List<String> MEANWHILE = List.of("42710", "23505", "XX000");

    private DatabaseRoles() {}

    /**
     * Waits for the server and makes the roles.
     *
     * @param hub who the hub signs in as, made if missing; null when it signs in as the owner
     * @throws SettingException the owner may not make roles and they are missing
     */
    static void prepare(Login owner, @Nullable Login hub) {
        long begin = System.nanoTime();
        while (true) {
            try (var connection = owner.open()) {
                make(connection, hub);
                return;
            } catch (SQLException e) {
                if (NOT_ALLOWED.equals(e.getSQLState())) {
                    throw notAllowed(owner);
                }
                if (!mayPass(e) || System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
                }
            }
            pause();
        }
    }

    private static boolean mayPass(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57") || MEANWHILE.contains(state);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the database", e);
        }
    }

    private static void make(Connection connection, @Nullable Login hub) throws SQLException {
        for (var role : ROLES) {
            if (!isTrue(connection, "select exists (select from pg_roles where rolname = ?)", role)) {
                run(connection, "create role " + role + " nologin");
            }
        }
        if (!isTrue(connection, INHERITS, WalledPool.PROJECT, WalledPool.ORGANIZATION)) {
            run(connection, INHERIT);
        }
        if (hub != null) {
            signIn(connection, hub);
        }
        allow(connection, hub == null ? currentUser(connection) : hub.user());
    }

    /** The hub of an embedded server is no superuser there; its password is the server's, whatever it was before. */
    private static void signIn(Connection connection, Login hub) throws SQLException {
        var there = isTrue(connection, "select exists (select from pg_roles where rolname = ?)", hub.user());
        try (var statement = connection.createStatement()) {
            statement.execute("%s role %s login noinherit nosuperuser nobypassrls password %s"
                    .formatted(
                            there ? "alter" : "create",
                            statement.enquoteIdentifier(hub.user(), true),
                            statement.enquoteLiteral(hub.password())));
        }
    }

    /** The URL may name another user than the settings. */
    private static String currentUser(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            var row = statement.executeQuery("select current_user::text");
            row.next();
            return row.getString(1);
        }
    }

    private static void allow(Connection connection, String user) throws SQLException {
        for (var role : ROLES) {
            if (!isTrue(connection, "select pg_has_role(?, ?, 'SET')", user, role)) {
                try (var statement = connection.createStatement()) {
                    statement.execute("grant " + role + " to " + statement.enquoteIdentifier(user, true));
                }
            }
        }
    }

    private static boolean isTrue(Connection connection, String sql, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            var row = statement.executeQuery();
            return row.next() && row.getBoolean(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static SettingException notAllowed(Login owner) {
        var roles = String.join(", ", ROLES);
        var create =
                ROLES.stream().map(role -> "create role " + role + " nologin; ").collect(Collectors.joining());
        return new SettingException(
                ("The database user \"%s\" may not make the roles that keep organizations apart: let an administrator of the"
                                + " database run \"%s%s; grant %s to %s\" once; roles that are there already need not be created.")
                        .formatted(owner.user(), create, INHERIT, roles, owner.user()));
    }
}
