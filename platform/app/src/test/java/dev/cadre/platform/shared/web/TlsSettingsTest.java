package dev.cadre.platform.shared.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.shared.SettingException;
import org.junit.jupiter.api.Test;

class TlsSettingsTest {

    @Test
    void isOffByDefault() {
        var settings = BoundSettings.defaults(TlsSettings.class);

        assertThat(settings).isEqualTo(new TlsSettings("", ""));
        assertThat(settings.isSet()).isFalse();
        assertThat(settings.read()).isNull();
    }

    @Test
    void wantsBothFilesOrNone() {
        assertThatThrownBy(() -> new TlsSettings("a.crt", " "))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("go together");
        assertThatThrownBy(() -> new TlsSettings("", "a.key")).isInstanceOf(SettingException.class);
    }
}
