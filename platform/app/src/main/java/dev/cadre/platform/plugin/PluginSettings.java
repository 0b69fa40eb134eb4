package dev.cadre.platform.plugin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where plugin jars live.
 *
 * @param pluginsDir those that an operator has put there to be installed at start; without it {@code
 *     plugins/installed} below {@code home}
 * @param pluginUpload whether plugins can be installed and deleted at run time at all; who may is {@code
 *     cadre.plugin-admins}
 */
@ConfigurationProperties("cadre")
public record PluginSettings(
        @DefaultValue("./data") Path home,
        @Nullable Path pluginsDir,
        @DefaultValue("true") boolean pluginUpload) {

    /** The largest jar that can be uploaded. */
    public static final long LARGEST_JAR = 50L << 20;

    public Path installed() {
        return pluginsDir == null || pluginsDir.toString().isBlank() ? home.resolve("plugins/installed") : pluginsDir;
    }

    /** This node's copies of the uploaded ones, which are kept in the database. */
    public Path stored() {
        return home.resolve("plugins/stored");
    }

    public Path bundled() {
        return home.resolve("plugins/bundled");
    }

    public Path quarantine() {
        return home.resolve("plugins/quarantine");
    }
}
