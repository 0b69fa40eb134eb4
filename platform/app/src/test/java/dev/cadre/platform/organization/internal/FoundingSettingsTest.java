package dev.cadre.platform.organization.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.shared.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FoundingSettingsTest {

    @Test
    void letsSomebodyOwnTwentyUnlessToldOtherwise() {
        var settings =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("cadre", FoundingSettings.class);

        assertThat(settings.organizationsPerPerson()).isEqualTo(20);
        assertThat(new FoundingSettings(1).organizationsPerPerson()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoNumberOfThem() {
        assertThatThrownBy(() -> new FoundingSettings(0))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_ORGANIZATIONS_PER_PERSON");
    }
}
