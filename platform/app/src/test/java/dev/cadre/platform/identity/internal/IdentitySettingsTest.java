package dev.cadre.platform.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.identity.internal.IdentitySettings.PluginAdmins;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentitySettingsTest {

    @Test
    void hasDefaults() {
        assertThat(BoundSettings.defaults(IdentitySettings.class))
                .isEqualTo(new IdentitySettings(null, false, PluginAdmins.FIRST_ORGANIZATION));
    }

    @Test
    void readsWhatTheOperatorSays() {
        var given = Map.of(
                "cadre.public-url",
                "https://cadre.example.com",
                "cadre.metrics-public",
                "true",
                "cadre.plugin-admins",
                "every-organization");

        assertThat(BoundSettings.of(IdentitySettings.class, given))
                .isEqualTo(new IdentitySettings(
                        URI.create("https://cadre.example.com"), true, PluginAdmins.EVERY_ORGANIZATION));
    }
}
