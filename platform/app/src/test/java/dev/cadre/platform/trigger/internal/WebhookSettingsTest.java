package dev.cadre.platform.trigger.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class WebhookSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(BoundSettings.defaults(WebhookSettings.class))
                .isEqualTo(new WebhookSettings(DataSize.ofMegabytes(1), Duration.ofSeconds(60)));
    }
}
