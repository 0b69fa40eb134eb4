package dev.cadre.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SecretSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new SecretSettings(null, null, null, null, Path.of("data")));
    }

    @Test
    void doesNotShowTheKey() {
        assertThat(bind(Map.of("cadre.master-key", "hidden")).toString()).doesNotContain("hidden");
    }

    private static SecretSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("cadre", SecretSettings.class);
    }
}
