package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WebSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(BoundSettings.defaults(WebSettings.class)).isEqualTo(settings(DataSize.ofMegabytes(2)));
    }

    @Test
    void readsSizesWithTheirUnit() {
        assertThat(BoundSettings.of(WebSettings.class, Map.of("cadre.web.max-body", "512KB")))
                .isEqualTo(settings(DataSize.ofKilobytes(512)));
    }

    private static WebSettings settings(DataSize maxBody) {
        return new WebSettings(
                maxBody,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                DataSize.ofKilobytes(8),
                Duration.ofSeconds(10));
    }
}
