package dev.cadre.connector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.StepException;
import dev.cadre.spi.trigger.HttpTrigger.Binding;
import dev.cadre.spi.trigger.HttpTrigger.Respond;
import dev.cadre.testkit.TriggerContractTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTriggerTest extends TriggerContractTest {

    WebhookTriggerTest() {
        super(new WebhookTrigger());
    }

    static Binding binding(Map<String, Object> settings) {
        try (var bindings = new RecordBindings()) {
            return new WebhookTrigger()
                    .binding(bindings.of(WebhookTrigger.Settings.class).read(settings));
        }
    }

    @Test
    void listensToPostAndAnswersAtOnceUnlessToldOtherwise() {
        assertThat(binding(Map.of("path", "orders")))
                .isEqualTo(new Binding("orders", Set.of("POST"), Respond.IMMEDIATELY));
    }

    @Test
    void listensAndAnswersAsTold() {
        assertThat(binding(Map.of("path", "crm/contacts", "method", "any", "respond", "last-step")))
                .isEqualTo(new Binding("crm/contacts", Set.of(), Respond.LAST_STEP));
        assertThat(binding(Map.of("path", "a", "method", "GET", "respond", "respond-step")))
                .isEqualTo(new Binding("a", Set.of("GET"), Respond.RESPOND_STEP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "a/../b", "a//b", "a b", "orders/", "a?b", "%2e", ""})
    void refusesStrangePaths(String path) {
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> binding(Map.of("path", path)))
                .withMessageContaining("path");
    }
}
