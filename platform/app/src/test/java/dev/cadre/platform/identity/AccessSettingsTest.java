package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {

    @Test
    void listsOfAddressesCountByDefault() {
        assertThat(BoundSettings.defaults(AccessSettings.class)).isEqualTo(new AccessSettings(true));
    }

    @Test
    void anOperatorTurnsThemOff() {
        assertThat(BoundSettings.of(AccessSettings.class, Map.of("cadre.ip-lists", "false")))
                .isEqualTo(new AccessSettings(false));
    }
}
