package dev.cadre.platform.identity.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySettingsTest {

    @Test
    void keysLiveForThreeMonthsAndAYearAtMostUnlessToldOtherwise() {
        var settings = BoundSettings.defaults(KeySettings.class);

        assertThat(settings.usual()).isEqualTo(Duration.ofDays(90));
        assertThat(settings.longest()).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void takesHoursAndYears() {
        var settings = new KeySettings("PT12H", "P2Y");

        assertThat(settings.usual()).isEqualTo(Duration.ofHours(12));
        assertThat(settings.longest()).isEqualTo(Duration.ofDays(730));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "P-3D", "PT5S", "P101Y", "P9999999999D", "forever"})
    void refusesWhatIsNoTime(String time) {
        assertThatThrownBy(() -> new KeySettings(time, "P1Y"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_API_KEY_LIFETIME");
    }

    @Test
    void refusesAUsualTimeBeyondTheLongest() {
        assertThatThrownBy(() -> new KeySettings("P90D", "P30D"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("CADRE_API_KEY_MAX_LIFETIME");
    }
}
