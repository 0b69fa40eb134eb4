package dev.cadre.platform.mail.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.mail.internal.MailSettings.Server;
import dev.cadre.platform.shared.SettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailSettingsTest {

    @Test
    void hasNoMailServerByDefault() {
        assertThat(BoundSettings.defaults(MailSettings.class).server()).isEmpty();
        assertThat(new MailSettings(" ").server()).isEmpty();
    }

    @Test
    void readsServersWithAndWithoutTls() {
        assertThat(new MailSettings("smtps://ann%40example.com:p%2Fw+d@mail.example.com?from=hub@example.com").server())
                .contains(new Server(true, "mail.example.com", 465, "ann@example.com", "p/w+d", "hub@example.com"));
        assertThat(new MailSettings("smtp://mail.example.com").server())
                .contains(new Server(false, "mail.example.com", 587, null, null, "cadre@mail.example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.com",
                "http://mail.example.com",
                "smtp://",
                "smtp://user@mail.example.com",
                "smtp://u:secret@mail example.com",
                "smtp://mail.example.com?from=a%0Ab@example.com",
                "smtp://mail.example.com?sender=x"
            })
    void refusesWrongOnesWithOneSentenceThatTellsNoPassword(String url) {
        assertThatThrownBy(() -> new MailSettings(url))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("CADRE_SMTP_URL must be")
                .hasMessageNotContaining("secret");
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new MailSettings("smtps://ann:s3cret@mail.example.com").toString())
                .doesNotContain("s3cret")
                .contains("mail.example.com");
    }

    @Test
    void waitsLongerEachTimeUpToAnHour() {
        assertThat(Postman.wait(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(Postman.wait(3)).isEqualTo(Duration.ofSeconds(40));
        assertThat(Postman.wait(40)).isEqualTo(Duration.ofHours(1));
    }
}
