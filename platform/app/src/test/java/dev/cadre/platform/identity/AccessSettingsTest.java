package dev.cadre.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.organization.SecurityRules;
import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {

    private static final SecurityRules OWN = new SecurityRules(List.of(), 8, 15, false, 3);

    @Test
    void listsOfAddressesCountByDefault() {
        assertThat(BoundSettings.defaults(AccessSettings.class)).isEqualTo(new AccessSettings(true, false, null));
    }

    @Test
    void anOperatorTurnsThemOff() {
        assertThat(BoundSettings.of(AccessSettings.class, Map.of("cadre.ip-lists", "false")))
                .isEqualTo(new AccessSettings(false, false, null));
    }

    @Test
    void nothingIsAskedOfAllByDefault() {
        assertThat(BoundSettings.defaults(AccessSettings.class).atLeast(OWN)).isEqualTo(OWN);
        assertThat(BoundSettings.of(AccessSettings.class, Map.of("cadre.sign-in-idle", ""))
                        .signInIdle())
                .isNull();
    }

    @Test
    void organizationsAskForMoreAndNeverForLess() {
        var settings = BoundSettings.of(
                AccessSettings.class, Map.of("cadre.second-factor-required", "true", "cadre.sign-in-idle", "PT30M"));
        assertThat(settings.atLeast(SecurityRules.NONE)).isEqualTo(new SecurityRules(List.of(), null, 30, true, 0));
        assertThat(settings.atLeast(OWN)).isEqualTo(new SecurityRules(List.of(), 8, 15, true, 3));
        assertThat(settings.atLeast(new SecurityRules(List.of(), null, 600, false, 1))
                        .idleMinutes())
                .isEqualTo(30);
    }

    @Test
    void aRestOfLessThanFiveMinutesIsAMistake() {
        assertThatThrownBy(() -> new AccessSettings(true, false, Duration.ofSeconds(30)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_SIGN_IN_IDLE");
    }
}
