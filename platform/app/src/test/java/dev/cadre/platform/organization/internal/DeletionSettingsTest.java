package dev.cadre.platform.organization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeletionSettingsTest {

    @Test
    void givesOwnersTwoWeeksUnlessToldOtherwise() {
        var settings =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("cadre", DeletionSettings.class);

        assertThat(settings.grace()).isEqualTo(Duration.ofDays(14));
        assertThat(new DeletionSettings("PT12H").grace()).isEqualTo(Duration.ofHours(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "14", "P-3D", "PT5M", "soon"})
    void refusesWhatIsNoTime(String time) {
        assertThatThrownBy(() -> new DeletionSettings(time))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_DELETION_GRACE");
    }
}
