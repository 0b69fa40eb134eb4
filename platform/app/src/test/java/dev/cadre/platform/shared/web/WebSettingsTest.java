package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WebSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(BoundSettings.defaults(WebSettings.class)).isEqualTo(new WebSettings(DataSize.ofMegabytes(2)));
    }

    @Test
    void readsSizesWithTheirUnit() {
        assertThat(BoundSettings.of(WebSettings.class, Map.of("cadre.web.max-body", "512KB")))
                .isEqualTo(new WebSettings(DataSize.ofKilobytes(512)));
    }
}
