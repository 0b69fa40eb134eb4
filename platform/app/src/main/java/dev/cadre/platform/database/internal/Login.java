package dev.cadre.platform.database.internal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.ds.PGSimpleDataSource;

/** Who signs in to which PostgreSQL. */
record Login(String url, String user, String password) {

    /** Connections of their own, each opened when it is asked for: for the few statements of a start. */
    PGSimpleDataSource connections() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        // What the URL says of them counts, as it does for the pool.
        if (source.getUser() == null) {
            source.setUser(user);
        }
        if (source.getPassword() == null) {
            source.setPassword(password);
        }
        source.setOptions("-c search_path=cadre -c lock_timeout=" + PatientMigration.LOCK_TIMEOUT);
        source.setApplicationName("cadre-start");
        return source;
    }

    Connection open() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(url, properties);
    }

    /** Without the password, which the URL may have too. */
    @Override
    public String toString() {
        return "Login[user=" + user + "]";
    }
}
