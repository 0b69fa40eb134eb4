package dev.cadre.platform.run;

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

class RetentionSettingsTest {

    @Test
    void keepsRunsForAYearAndLogsForAMonthUnlessToldOtherwise() {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("cadre.retention", RetentionSettings.class);

        assertThat(settings.keepRuns()).contains(Duration.ofDays(365));
        assertThat(settings.keepDeadLetters()).contains(Duration.ofDays(365));
        assertThat(settings.keepLogs()).contains(Duration.ofDays(30));
    }

    @Test
    void keepsWhatIsKeptForEver() {
        assertThat(new RetentionSettings("forever", "P1Y", "PT12H").keepRuns()).isEmpty();
        assertThat(new RetentionSettings("forever", "P1Y", "PT12H").keepLogs()).contains(Duration.ofHours(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "P-3D", "PT5M", "a while"})
    void refusesWhatIsNoTime(String time) {
        assertThatThrownBy(() -> new RetentionSettings(time, "P1D", "P1D"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_RETENTION_RUNS");
    }
}
