package dev.cadre.platform.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.cadre.spi.StepException;
import dev.cadre.spi.agent.Message;
import dev.cadre.spi.http.HttpClient;
import dev.cadre.spi.http.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelGatewayTest {

    @RegisterExtension
    static final WireMockExtension PROVIDERS =
            WireMockExtension.newInstance().options(options().dynamicPort()).build();

    private static final String OPENAI = "/v1/chat/completions";
    private static final String ANTHROPIC = "/v1/messages";

    private static List<String> both() {
        return List.of(
                "cadre.model.anthropic.api-key=a",
                "cadre.model.anthropic.base-url=" + PROVIDERS.baseUrl(),
                "cadre.model.openai.api-key=o",
                "cadre.model.openai.base-url=" + PROVIDERS.baseUrl() + "/v1");
    }

    private static ModelRequest request(String... models) {
        return new ModelRequest(
                List.of(models),
                List.of(new Message.User("What is 6 * 7?")),
                List.of(),
                null,
                null,
                Duration.ofSeconds(20),
                "key");
    }

    private static void stub(String path, int status, String retryAfter) {
        PROVIDERS.stubFor(any(urlPathMatching(path))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Retry-After", retryAfter)
                        .withBody("{\"error\":{\"message\":\"Busy\"}}")));
    }

    private static StepException failure(List<String> settings, ModelRequest request) {
        var thrown = catchThrowableOfType(
                StepException.class, () -> GatewayUnderTest.with(settings, gateway -> gateway.call(request)));
        assertThat(thrown).isNotNull();
        return thrown;
    }

    @Test
    void asksTheNextModelWhenOneIsNotAvailable() {
        stub(ANTHROPIC, 529, "5");
        GatewayUnderTest.with(
                both(),
                gateway -> assertThat(gateway.call(request(
                                        "anthropic/claude-sonnet-5-5", "google/gemini-2.5-flash", "demo/assistant"))
                                .model())
                        .isEqualTo("demo/assistant"));
    }

    @Test
    void waitsForTheModelThatIsFreeFirstWhenNoneIs() {
        stub(ANTHROPIC, 429, "50");
        stub(OPENAI, 429, "20");
        assertThat(failure(both(), request("claude-sonnet-5-5", "gpt-5.4")))
                .isInstanceOfSatisfying(
                        StepException.Retryable.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(20)));
    }

    @Test
    void doesNotHideARejectedKeyBehindTheNextModel() {
        stub(ANTHROPIC, 401, "1");
        assertThat(failure(both(), request("anthropic/claude-sonnet-5-5", "demo/assistant"))
                        .code())
                .isEqualTo("MODEL_KEY_REJECTED");
    }

    @Test
    void neverFallsBackToTheDemoModelByItself() {
        assertThat(failure(List.of(), request("default")))
                .returns("MODEL_NOT_CONFIGURED", StepException::code)
                .hasMessageContaining("ANTHROPIC_API_KEY");
    }

    @Test
    void takesTheFirstConfiguredProviderAsDefault() {
        stub(OPENAI, 404, "1");
        var settings = List.of("cadre.model.openai.base-url=" + PROVIDERS.baseUrl());
        assertThat(failure(settings, request("default"))).hasMessageStartingWith("OpenAI answered 404");
    }

    @Test
    void opensAnOperatorsAddressToTheGatewayOnly() {
        stub(OPENAI, 404, "1");
        GatewayUnderTest.withContext(List.of("cadre.model.openai.base-url=" + PROVIDERS.baseUrl()), context -> {
            var steps = context.getBean(HttpClient.class);
            var probe = new HttpRequest("GET", URI.create(PROVIDERS.baseUrl()), Map.of(), null, Duration.ofSeconds(5));
            assertThat(catchThrowableOfType(StepException.class, () -> steps.send(probe))
                            .code())
                    .isEqualTo("EGRESS_DENIED");
        });
    }

    @Test
    void listsWhatIsMissing() {
        GatewayUnderTest.with(List.of("cadre.model.anthropic.api-key=a"), gateway -> {
            assertThat(gateway.models())
                    .filteredOn(ModelInfo::available)
                    .extracting(ModelInfo::provider)
                    .containsOnly("anthropic", "demo");
            assertThat(gateway.models())
                    .filteredOn(model -> model.provider().equals("google"))
                    .allSatisfy(model -> assertThat(model.reason()).contains("GEMINI_API_KEY"));
        });
    }
}
