package dev.cadre.platform.identity.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.shared.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitSettingsTest {

    @Test
    void allowsAHundredRequestsAMinuteUnlessToldOtherwise() {
        assertThat(BoundSettings.defaults(LimitSettings.class)).isEqualTo(new LimitSettings(100, 10_000, 60));
    }

    @Test
    void theMostIsNeverLessThanTheUsual() {
        assertThat(new LimitSettings(500, 200, 60).maxPerMinute()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_000_001})
    void refusesWhatIsNoLimit(int value) {
        assertThatThrownBy(() -> new LimitSettings(value, 1, 1))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_RATE_LIMIT_PER_MINUTE");
        assertThatThrownBy(() -> new LimitSettings(1, 1, value))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_RATE_LIMIT_SIGN_IN_PER_MINUTE");
    }
}
