package dev.cadre.platform.database;

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

    public boolean embedded() {
        return url == null || url.isBlank();
    }
}
