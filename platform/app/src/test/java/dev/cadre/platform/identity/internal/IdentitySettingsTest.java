package dev.cadre.platform.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.shared.OrganizationId;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentitySettingsTest {

    @Test
    void hasDefaults() {
        assertThat(BoundSettings.defaults(IdentitySettings.class))
                .isEqualTo(new IdentitySettings(null, false, "first-organization"));
    }

    @Test
    void knowsWhoseAdministratorsManagePlugins() {
        var one = new OrganizationId(UUID.randomUUID());
        var other = new OrganizationId(UUID.randomUUID());
        var named = new IdentitySettings(null, false, one.toString());
        assertThat(named.isNamedManaging(one)).isTrue();
        assertThat(named.isNamedManaging(other)).isFalse();
        assertThat(named.isFirstManaging()).isFalse();
        assertThat(new IdentitySettings(null, false, "every-organization").isNamedManaging(other))
                .isTrue();
        assertThat(new IdentitySettings(null, false, "first-organization").isNamedManaging(other))
                .isFalse();
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
                .isEqualTo(new IdentitySettings(URI.create("https://cadre.example.com"), true, "every-organization"));
    }
}
