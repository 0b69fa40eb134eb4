package dev.cadre.platform.database;

import dev.cadre.platform.shared.SettingException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which PostgreSQL the hub uses and how many connections it takes.
 *
 * @param url JDBC URL of a PostgreSQL of one's own; without it an embedded one is started
 * @param pool connections in all; a multiple of the cores does not make it faster
 */
@ConfigurationProperties("cadre.db")
public record DatabaseSettings(
        @Nullable String url,
        @DefaultValue("cadre") String user,
        @DefaultValue("") String password,
        @DefaultValue("16") int pool) {

    public DatabaseSettings {
        if (pool < 1 || pool > 1_000) {
            throw new SettingException(
                    "cadre.db.pool must be a number of connections from 1 to 1000, not '" + pool + "'.");
        }
    }

    /** Without the password, which the URL may have too. */
    @Override
    public String toString() {
        return "DatabaseSettings[embedded=" + embedded() + ", user=" + user + ", pool=" + pool + "]";
    }

    public boolean embedded() {
        return url == null || url.isBlank();
    }
}
