package dev.cadre.platform.trigger.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import org.junit.jupiter.api.Test;

class ReplaySettingsTest {

    @Test
    void hasDefaults() {
        assertThat(BoundSettings.defaults(ReplaySettings.class)).isEqualTo(new ReplaySettings(1_000_000));
    }
}
