package dev.cadre.connector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.StepException;
import dev.cadre.spi.trigger.Authentication.Encoding;
import dev.cadre.spi.trigger.Authentication.Signature;
import dev.cadre.spi.trigger.HttpTrigger.Binding;
import dev.cadre.spi.trigger.HttpTrigger.Respond;
import dev.cadre.testkit.TriggerContractTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTriggerTest extends TriggerContractTest {

    WebhookTriggerTest() {
        super(new WebhookTrigger());
    }

    static Binding binding(Map<String, Object> settings) {
        try (var bindings = new RecordBindings()) {
            return new WebhookTrigger()
                    .binding(bindings.of(WebhookSettings.class).read(settings));
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

    @Test
    void presetsSayWhatTheirSendersSign() {
        assertThat(signature(Map.of("scheme", "github")))
                .isEqualTo(new Signature(
                        "X-Hub-Signature-256",
                        "sha256=",
                        Encoding.HEX,
                        "{body}",
                        null,
                        "",
                        Duration.ofMinutes(5),
                        true));
        assertThat(signature(Map.of("scheme", "slack", "tolerance", "PT1M")))
                .isEqualTo(new Signature(
                        "X-Slack-Signature",
                        "v0=",
                        Encoding.HEX,
                        "v0:{timestamp}:{body}",
                        "X-Slack-Request-Timestamp",
                        "",
                        Duration.ofMinutes(1),
                        true));
        assertThat(signature(Map.of("scheme", "stripe", "refuseRepeats", false)))
                .isEqualTo(new Signature(
                        "Stripe-Signature",
                        "v1=",
                        Encoding.HEX,
                        "{timestamp}.{body}",
                        "Stripe-Signature",
                        "t=",
                        Duration.ofMinutes(5),
                        false));
    }

    @Test
    void customSchemesNeedAHeaderOnly() {
        assertThat(signature(Map.of("scheme", "custom", "header", "X-Sign")))
                .isEqualTo(new Signature("X-Sign", "", Encoding.HEX, "{body}", null, "", Duration.ofMinutes(5), true));
        assertThat(signature(Map.of("scheme", "custom", "header", "X-Sign", "timestampHeader", "X-Time"))
                        .payload())
                .isEqualTo("{timestamp}.{body}");
    }

    private static Signature signature(Map<String, Object> settings) {
        var binding = binding(Map.of("path", "a", "authentication", "signature", "signature", settings));
        return (Signature) binding.admission().authentication();
    }

    static Stream<Map<String, Object>> unfit() {
        return Stream.of(
                Map.of("authentication", "signature"),
                Map.of("signature", Map.of("scheme", "github")),
                Map.of("apiKey", Map.of("header", "X-Key")),
                Map.of("authentication", "signature", "signature", Map.of("scheme", "custom")),
                Map.of("authentication", "signature", "signature", Map.of("scheme", "github", "header", "X-A")),
                custom("payload", "{timestamp}"),
                custom("payload", "{timestamp}.{body}"),
                custom("timestampHeader", "X-Time", "payload", "{body}"),
                custom("tolerance", "PT2H"),
                custom("tolerance", "PT0S"),
                custom("prefix", "a,b"),
                Map.of("authentication", "api-key", "apiKey", Map.of("header", "X Key")),
                Map.of("allowFrom", List.of("10.0.0.0/33")),
                Map.of("cors", Map.of("origins", List.of())),
                Map.of("cors", Map.of("origins", List.of("https://a.example/path"))),
                Map.of("cors", Map.of("origins", List.of("a.example"))),
                Map.of("cors", Map.of("origins", List.of("*"), "maxAge", "P2D")),
                Map.of("perMinute", 0),
                Map.of("perMinute", "many"),
                Map.of("multipart", Map.of("maxParts", 0)),
                Map.of("multipart", Map.of("maxParts", 101)));
    }

    private static Map<String, Object> custom(String... settings) {
        var signature = new HashMap<String, Object>(Map.of("scheme", "custom", "header", "X-Sign"));
        for (int i = 0; i < settings.length; i += 2) {
            signature.put(settings[i], settings[i + 1]);
        }
        return Map.of("authentication", "signature", "signature", signature);
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void refusesSettingsThatGuardNothing(Map<String, Object> settings) {
        var whole = new HashMap<String, Object>(settings);
        whole.put("path", "a");

        assertThatExceptionOfType(StepException.Rejected.class).isThrownBy(() -> binding(whole));
    }
}
