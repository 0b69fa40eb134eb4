package dev.cadre.platform.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelSettingsTest {

    @Test
    void knowsNoProviderUnlessTold() {
        var none = new ModelSettings.Provider("", "", "");

        assertThat(BoundSettings.defaults(ModelSettings.class)).isEqualTo(new ModelSettings("", none, none, none));
        assertThat(none.key()).isNull();
        assertThat(none.address()).isNull();
    }

    @Test
    void doesNotShowAKey() {
        assertThat(BoundSettings.of(ModelSettings.class, Map.of("cadre.model.openai.api-key", "hidden"))
                        .toString())
                .doesNotContain("hidden");
    }
}
