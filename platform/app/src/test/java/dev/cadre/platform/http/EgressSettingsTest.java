package dev.cadre.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.BoundSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EgressSettingsTest {

    @Test
    void allowsNothingUnlessTold() {
        assertThat(BoundSettings.defaults(EgressSettings.class)).isEqualTo(new EgressSettings(List.of(), List.of()));
    }

    @Test
    void readsAListWithSpacesAndGaps() {
        assertThat(BoundSettings.of(EgressSettings.class, Map.of("cadre.egress-allow", "127.0.0.1, 10.0.0.0/8,,")))
                .isEqualTo(new EgressSettings(List.of("127.0.0.1", "10.0.0.0/8"), List.of()));
    }

    @Test
    void readsTheListOfAllThatMayBeReached() {
        assertThat(BoundSettings.of(EgressSettings.class, Map.of("cadre.egress-only", "api.example.com, *.example.org"))
                        .egressOnly())
                .containsExactly("api.example.com", "*.example.org");
    }
}
