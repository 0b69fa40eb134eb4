package dev.cadre.platform.model;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.shared.Money;
import dev.cadre.spi.StepException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoogleProviderTest extends ProviderContractTest {

    private static final String ANSWER = """
            {"candidates":[{"content":{"parts":[{"text":"Hello to you"}],"role":"model"},"finishReason":"STOP","index":0}],
             "usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":150,"thoughtsTokenCount":50,"totalTokenCount":1200},
             "modelVersion":"gemini-2.5-flash","responseId":"r1"}""";
    private static final String CALLS = """
            {"candidates":[{"content":{"parts":[
              {"functionCall":{"name":"weather_now_1_2","args":{"city":"Rome","days":2}}},
              {"functionCall":{"name":"weather_now_1_2","args":{"city":"Oslo"}}}],"role":"model"},"finishReason":"STOP","index":0}],
             "usageMetadata":{"promptTokenCount":50,"candidatesTokenCount":20,"totalTokenCount":70},
             "modelVersion":"gemini-2.5-flash","responseId":"r2"}""";

    @Override
    String model() {
        return "google/gemini-2.5-flash";
    }

    @Override
    List<String> settings() {
        return List.of(
                "cadre.model.google.api-key=" + GatewayUnderTest.KEY,
                "cadre.model.google.base-url=" + PROVIDER.baseUrl());
    }

    @Override
    String error(int status, String message) {
        return "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"SOME_STATUS\"}}";
    }

    @Test
    void answersAndPricesThoughtsToo() {
        var reply = call(GatewayUnderTest.hello(model()), json(200, ANSWER));

        assertThat(reply.text()).isEqualTo("Hello to you");
        assertThat(reply.finishReason()).isEqualTo("stop");
        assertThat(reply.usage().inputTokens()).isEqualTo(1000);
        assertThat(reply.usage().outputTokens()).isEqualTo(200);
        assertThat(reply.usage().cost()).isEqualTo(Money.usd(new BigDecimal("0.0008")));
        PROVIDER.verify(postRequestedFor(urlEqualTo("/v1beta/models/gemini-2.5-flash:generateContent"))
                .withHeader("x-goog-api-key", equalTo(GatewayUnderTest.KEY)));
        assertThat(sent().at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(500);
        assertThat(sent().at("/generationConfig/temperature").asDouble()).isEqualTo(0.5);
    }

    @Test
    void handsOverToolCallsUnderOurNamesAndWithIds() {
        var reply = call(GatewayUnderTest.afterTool(model()), json(200, CALLS));

        assertThat(reply.finishReason()).isEqualTo("tool-calls");
        assertThat(reply.toolCalls()).hasSize(2);
        assertThat(reply.toolCalls()).allSatisfy(call -> assertThat(call.id()).isNotBlank());
        assertThat(reply.toolCalls().getFirst().id())
                .isNotEqualTo(reply.toolCalls().getLast().id());
        assertThat(reply.toolCalls().getFirst().tool()).isEqualTo("weather/now@1.2");
        assertThat(reply.toolCalls().getFirst().arguments()).isEqualTo(Map.of("city", "Rome", "days", 2));
    }

    @Test
    void sendsToolsCallsAndResults() {
        call(GatewayUnderTest.afterTool(model()), json(200, ANSWER));

        var sent = sent();
        assertThat(sent.at("/systemInstruction/parts/0/text").asString()).isEqualTo("Be brief.");
        var tool = sent.at("/tools/0/functionDeclarations/0");
        assertThat(tool.at("/name").asString()).isEqualTo("weather_now_1_2");
        assertThat(tool.at("/parameters/type").asString()).isEqualTo("OBJECT");
        assertThat(tool.at("/parameters/properties/city/type").asString()).isEqualTo("STRING");
        assertThat(tool.at("/parameters/properties/days/nullable").asBoolean()).isTrue();
        assertThat(tool.at("/parameters").has("additionalProperties")).isFalse();
        assertThat(sent.at("/contents").size()).isEqualTo(3);
        assertThat(sent.at("/contents/1/role").asString()).isEqualTo("model");
        assertThat(sent.at("/contents/1/parts").toString()).contains("Let me look.", "\"city\":\"Oslo\"");
        assertThat(sent.at("/contents/2/parts/0/functionResponse/name").asString())
                .isEqualTo("weather_now_1_2");
        assertThat(sent.at("/contents/2/parts/0/functionResponse/response").toString())
                .isEqualTo("{\"output\":{\"sky\":\"clear\"}}");
        assertThat(sent.at("/contents/2/parts/1/functionResponse/response").toString())
                .contains("{\"error\":\"no such city\"}");
    }

    @Test
    void waitsAsLongAsTheErrorBodySays() {
        var body = "{\"error\":{\"code\":429,\"message\":\"Quota\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":["
                + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"31.5s\"}]}}";
        assertThat(failure(json(429, body)))
                .isInstanceOfSatisfying(
                        StepException.Retryable.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(31_500)));
    }

    @Test
    void knowsAWrongKeyByItsReason() {
        var body =
                "{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\",\"details\":["
                        + "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]}}";
        assertThat(failure(json(400, body)).code()).isEqualTo("MODEL_KEY_REJECTED");
    }

    @Test
    void tellsThatThePromptWasBlocked() {
        var body =
                "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"usageMetadata\":{\"promptTokenCount\":4,\"totalTokenCount\":4}}";
        assertThat(call(GatewayUnderTest.hello(model()), json(200, body)).finishReason())
                .isEqualTo("filtered");
    }

    @Test
    void tellsThatThinkingTookAllTokens() {
        var body = "{\"candidates\":[{\"content\":{\"role\":\"model\"},\"finishReason\":\"MAX_TOKENS\",\"index\":0}],"
                + "\"usageMetadata\":{\"promptTokenCount\":4,\"thoughtsTokenCount\":500,\"totalTokenCount\":504}}";
        var reply = call(GatewayUnderTest.hello(model()), json(200, body));
        assertThat(reply.finishReason()).isEqualTo("length");
        assertThat(reply.usage().outputTokens()).isEqualTo(500);
    }

    @Test
    void saysThatTheConversationIsTooLong() {
        assertThat(failure(
                                json(
                                        400,
                                        error(
                                                400,
                                                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).")))
                        .code())
                .isEqualTo("CONTEXT_TOO_LONG");
    }
}
