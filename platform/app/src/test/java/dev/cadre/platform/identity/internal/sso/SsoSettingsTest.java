package dev.cadre.platform.identity.internal.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsoSettingsTest {

    private static final String ID = "01970000-0000-7000-8000-000000000001";

    @Test
    void defaults() {
        assertThat(BoundSettings.defaults(SsoSettings.class)).isEqualTo(new SsoSettings(List.of(), null, "P1D", "P7D"));
    }

    @Test
    void readsWhoseADomainIs() {
        assertThat(new SsoSettings(List.of(" Example.COM = " + ID, ""), " 10.0.0.53:5353 ", " PT12H ", "P7D"))
                .satisfies(settings -> {
                    assertThat(settings.owners())
                            .containsExactlyEntriesOf(
                                    java.util.Map.of("example.com", new OrganizationId(UUID.fromString(ID))));
                    assertThat(settings.dns()).isEqualTo("10.0.0.53:5353");
                    assertThat(settings.pause()).isEqualTo(Duration.ofHours(12));
                    assertThat(settings.grace()).isEqualTo(Duration.ofDays(7));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"example.com", "example.com=", "example.com=abc", "localhost=" + ID, "10.0.0.1=" + ID, "=" + ID})
    void refusesWhatNamesNoDomainAndOrganization(String entry) {
        assertThatThrownBy(() -> new SsoSettings(List.of(entry), null, "P1D", "P7D"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("CADRE_SSO_DOMAINS");
    }

    @Test
    void refusesWhatIsNoDnsServer() {
        assertThatThrownBy(() -> new SsoSettings(List.of(), "dns://10.0.0.53/x", "P1D", "P7D"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("CADRE_SSO_DNS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "daily", "PT1M", "P400D", "-P1D", "7"})
    void refusesATimeThatIsNone(String time) {
        assertThatThrownBy(() -> new SsoSettings(List.of(), null, time, "P7D"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("CADRE_SSO_DOMAIN_CHECK");
        assertThatThrownBy(() -> new SsoSettings(List.of(), null, "P1D", time))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("CADRE_SSO_DOMAIN_GRACE");
    }
}
