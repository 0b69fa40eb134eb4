package dev.cadre.platform.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginSettingsTest {

    @Test
    void keepsAllPluginsBelowTheDataFolder() {
        var settings = BoundSettings.defaults(PluginSettings.class);

        assertThat(settings).isEqualTo(new PluginSettings(Path.of("data"), null, true));
        assertThat(settings.installed()).isEqualTo(Path.of("data/plugins/installed"));
        assertThat(settings.bundled()).isEqualTo(Path.of("data/plugins/bundled"));
        assertThat(settings.quarantine()).isEqualTo(Path.of("data/plugins/quarantine"));
    }

    @Test
    void keepsUploadedOnesWhereTheOperatorSays() {
        var given = Map.of("cadre.plugins-dir", "/srv/plugins", "cadre.plugin-upload", "false");

        var settings = BoundSettings.of(PluginSettings.class, given);

        assertThat(settings.installed()).isEqualTo(Path.of("/srv/plugins"));
        assertThat(settings.pluginUpload()).isFalse();
        assertThat(new PluginSettings(Path.of("data"), Path.of(""), true).installed())
                .isEqualTo(Path.of("data/plugins/installed"));
    }
}
