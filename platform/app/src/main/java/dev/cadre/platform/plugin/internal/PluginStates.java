package dev.cadre.platform.plugin.internal;

import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Remembers which plugins were disabled. Plugins belong to the installation, not to an organization. */
@Repository
public class PluginStates {

    private final JdbcClient jdbc;

    PluginStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Set<String> disabled() {
        return jdbc.sql("select plugin_id from plugin_state where not enabled")
                .query((row, _) -> row.getString(1))
                .set();
    }

    public void save(String pluginId, boolean enabled) {
        jdbc.sql("""
                        with saved as (insert into plugin_state (plugin_id, enabled) values (?, ?)
                          on conflict (plugin_id) do update set enabled = excluded.enabled, changed_at = now())
                        update plugin_generation set generation = generation + 1
                        """).params(pluginId, enabled).update();
    }

    public void forget(String pluginId) {
        jdbc.sql("delete from plugin_state where plugin_id = ?").param(pluginId).update();
    }
}
