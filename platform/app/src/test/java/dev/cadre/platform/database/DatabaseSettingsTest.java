package dev.cadre.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadre.platform.BoundSettings;
import dev.cadre.platform.shared.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {

    @Test
    void hasDefaultsAndMeansTheEmbeddedServer() {
        var settings = BoundSettings.defaults(DatabaseSettings.class);

        assertThat(settings).isEqualTo(new DatabaseSettings(null, "cadre", "", 16));
        assertThat(settings.embedded()).isTrue();
    }

    @Test
    void aUrlMeansADatabaseOfOnesOwn() {
        var given = Map.of("cadre.db.url", "jdbc:postgresql://db/cadre", "cadre.db.pool", "40");

        assertThat(BoundSettings.of(DatabaseSettings.class, given))
                .isEqualTo(new DatabaseSettings("jdbc:postgresql://db/cadre", "cadre", "", 40))
                .matches(settings -> !settings.embedded());
        assertThat(new DatabaseSettings(" ", "cadre", "", 16).embedded()).isTrue();
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(BoundSettings.of(
                                DatabaseSettings.class,
                                Map.of(
                                        "cadre.db.password",
                                        "hidden",
                                        "cadre.db.url",
                                        "jdbc:postgresql:x?password=hidden"))
                        .toString())
                .doesNotContain("hidden")
                .contains("cadre");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void refusesAPoolThatCantWork(int pool) {
        assertThatThrownBy(() -> new DatabaseSettings(null, "cadre", "", pool))
                .isInstanceOf(SettingException.class)
                .hasMessage("cadre.db.pool must be a number of connections from 1 to 1000, not '" + pool + "'.");
    }
}
