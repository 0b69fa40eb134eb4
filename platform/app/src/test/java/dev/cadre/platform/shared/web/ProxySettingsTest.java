package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxySettingsTest {

    @Test
    void hasDefaults() {
        assertThat(BoundSettings.defaults(ProxySettings.class)).isEqualTo(new ProxySettings(List.of()));
    }

    @Test
    void readsAList() {
        var settings = BoundSettings.of(ProxySettings.class, Map.of("cadre.trusted-proxies", " 10.0.0.0/8, ::1 "));

        assertThat(settings.ranges()).hasSize(2);
    }
}
