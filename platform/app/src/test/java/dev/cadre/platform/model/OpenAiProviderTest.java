package dev.cadre.platform.model;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.shared.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiProviderTest extends ProviderContractTest {

    private static final String ANSWER = """
            {"id":"chatcmpl-1","object":"chat.completion","created":1763942400,"model":"gpt-4.1-2025-04-14","choices":[
              {"index":0,"message":{"role":"assistant","content":"Hello to you","refusal":null},"logprobs":null,
               "finish_reason":"stop"}],
             "usage":{"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200}}""";
    private static final String CALLS = """
            {"id":"chatcmpl-2","object":"chat.completion","created":1763942400,"model":"gpt-4.1","choices":[
              {"index":0,"message":{"role":"assistant","content":null,"refusal":null,"tool_calls":[
                {"id":"call_a","type":"function","function":{"name":"weather_now_1_2","arguments":"{\\"city\\":\\"Rome\\",\\"days\\":2}"}},
                {"id":"call_b","type":"function","function":{"name":"weather_now_1_2","arguments":"%s"}}]},
               "logprobs":null,"finish_reason":"tool_calls"}],
             "usage":{"prompt_tokens":50,"completion_tokens":20,"total_tokens":70}}""";

    @Override
    String model() {
        return "openai/gpt-4.1";
    }

    @Override
    List<String> settings() {
        return List.of(
                "cadre.model.openai.api-key=" + GatewayUnderTest.KEY,
                "cadre.model.openai.base-url=" + PROVIDER.baseUrl() + "/v1/");
    }

    @Override
    String error(int status, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"some_error\",\"param\":null,\"code\":null}}";
    }

    @Test
    void answersAndPrices() {
        var reply = call(GatewayUnderTest.hello(model()), json(200, ANSWER).withHeader("x-request-id", "req_9"));

        assertThat(reply.text()).isEqualTo("Hello to you");
        assertThat(reply.model()).isEqualTo("openai/gpt-4.1");
        assertThat(reply.finishReason()).isEqualTo("stop");
        assertThat(reply.providerRequestId()).isEqualTo("req_9");
        assertThat(reply.usage().cost()).isEqualTo(Money.usd(new BigDecimal("0.0036")));
        PROVIDER.verify(postRequestedFor(urlEqualTo("/v1/chat/completions"))
                .withHeader("authorization", equalTo("Bearer " + GatewayUnderTest.KEY))
                .withHeader("idempotency-key", equalTo("run-1:turn-2")));
        assertThat(sent().at("/model").asString()).isEqualTo("gpt-4.1");
        assertThat(sent().at("/max_tokens").asInt()).isEqualTo(500);
        assertThat(sent().at("/temperature").asDouble()).isEqualTo(0.5);
    }

    @Test
    void needsNoKeyForAServerOfTheOperator() {
        PROVIDER.stubFor(any(anyUrl()).willReturn(json(200, ANSWER)));
        GatewayUnderTest.with(
                List.of("cadre.model.openai.base-url=" + PROVIDER.baseUrl()),
                gateway -> assertThat(gateway.call(GatewayUnderTest.hello("openai/llama3.2"))
                                .usage()
                                .priced())
                        .isFalse());
        PROVIDER.verify(postRequestedFor(urlEqualTo("/v1/chat/completions")).withoutHeader("authorization"));
    }

    @Test
    void namesTheLimitAsReasoningModelsWantIt() {
        call(GatewayUnderTest.hello("openai/gpt-5-mini"), json(200, ANSWER));
        assertThat(sent().at("/max_completion_tokens").asInt()).isEqualTo(500);
        assertThat(sent().has("max_tokens")).isFalse();
    }

    @Test
    void handsOverToolCallsUnderOurNames() {
        var reply = call(GatewayUnderTest.afterTool(model()), json(200, CALLS.formatted("")));

        assertThat(reply.finishReason()).isEqualTo("tool-calls");
        assertThat(reply.text()).isEmpty();
        assertThat(reply.toolCalls()).hasSize(2);
        assertThat(reply.toolCalls().getFirst().id()).isEqualTo("call_a");
        assertThat(reply.toolCalls().getFirst().tool()).isEqualTo("weather/now@1.2");
        assertThat(reply.toolCalls().getFirst().arguments()).isEqualTo(Map.of("city", "Rome", "days", 2));
        assertThat(reply.toolCalls().getLast().arguments()).isEmpty();
    }

    @Test
    void triesToolCallsWithBrokenArgumentsAgainLater() {
        assertThat(failure(GatewayUnderTest.afterTool(model()), json(200, CALLS.formatted("{\\\"city\\\":")))
                        .code())
                .isEqualTo("MODEL_BAD_ANSWER");
    }

    @Test
    void sendsToolsCallsAndResults() {
        call(GatewayUnderTest.afterTool(model()), json(200, ANSWER));

        var sent = sent();
        assertThat(sent.at("/messages/0/role").asString()).isEqualTo("system");
        assertThat(sent.at("/messages/0").toString()).contains("Be brief.");
        assertThat(sent.at("/tools/0/function/name").asString()).isEqualTo("weather_now_1_2");
        assertThat(sent.at("/tools/0/function/parameters/properties/city/type").asString())
                .isEqualTo("string");
        assertThat(sent.at("/messages").size()).isEqualTo(5);
        assertThat(sent.at("/messages/2/tool_calls/0/id").asString()).isEqualTo("call_1");
        assertThat(sent.at("/messages/2/tool_calls/1/function/arguments").asString())
                .isEqualTo("{\"city\":\"Oslo\"}");
        assertThat(sent.at("/messages/3/tool_call_id").asString()).isEqualTo("call_1");
        assertThat(sent.at("/messages/3/content").toString()).contains("clear");
        assertThat(sent.at("/messages/4/content").toString()).contains("The tool failed: no such city");
    }

    @Test
    void saysThatTheConversationIsTooLong() {
        var body = "{\"error\":{\"message\":\"Too much\",\"type\":\"invalid_request_error\",\"param\":\"messages\","
                + "\"code\":\"context_length_exceeded\"}}";
        assertThat(failure(json(400, body)).code()).isEqualTo("CONTEXT_TOO_LONG");
    }
}
