package dev.cadre.platform.plugin.internal;

import java.util.Set;
import java.util.stream.Collectors;
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
        return jdbc.sql("select plugin_id from plugin_state where not enabled").query(String.class).stream()
                .collect(Collectors.toSet());
    }

    public void save(String pluginId, boolean enabled) {
        jdbc.sql("""
                        insert into plugin_state (plugin_id, enabled) values (?, ?)
                        on conflict (plugin_id) do update set enabled = excluded.enabled, changed_at = now()
                        """).params(pluginId, enabled).update();
    }

    public void forget(String pluginId) {
        jdbc.sql("delete from plugin_state where plugin_id = ?").param(pluginId).update();
    }
}
