package dev.cadre.platform.model;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.shared.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnthropicProviderTest extends ProviderContractTest {

    private static final String ANSWER = """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[
              {"type":"text","text":"Hello to you"}],
             "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1000,"output_tokens":200}}""";
    private static final String CALLS = """
            {"id":"msg_2","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[
              {"type":"text","text":"I look."},
              {"type":"tool_use","id":"toolu_1","name":"weather_now_1_2","input":{"city":"Rome","days":2}},
              {"type":"tool_use","id":"toolu_2","name":"weather_now_1_2","input":{"city":"Oslo"}}],
             "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":50,"output_tokens":20}}""";

    @Override
    String model() {
        return "anthropic/claude-sonnet-4-5";
    }

    @Override
    List<String> settings() {
        return List.of(
                "cadre.model.anthropic.api-key=" + GatewayUnderTest.KEY,
                "cadre.model.anthropic.base-url=" + PROVIDER.baseUrl());
    }

    @Override
    String error(int status, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"" + message + "\"}}";
    }

    @Test
    void answersAndPrices() {
        var reply = call(GatewayUnderTest.hello(model()), json(200, ANSWER).withHeader("request-id", "req_9"));

        assertThat(reply.text()).isEqualTo("Hello to you");
        assertThat(reply.finishReason()).isEqualTo("stop");
        assertThat(reply.providerRequestId()).isEqualTo("req_9");
        assertThat(reply.usage().inputTokens()).isEqualTo(1000);
        assertThat(reply.usage().outputTokens()).isEqualTo(200);
        assertThat(reply.usage().cost()).isEqualTo(Money.usd(new BigDecimal("0.006")));
        PROVIDER.verify(postRequestedFor(urlEqualTo("/v1/messages"))
                .withHeader("x-api-key", equalTo(GatewayUnderTest.KEY))
                .withHeader("idempotency-key", equalTo("run-1:turn-2"))
                .withHeader("anthropic-version", equalTo("2023-06-01")));
        assertThat(sent().at("/model").asString()).isEqualTo("claude-sonnet-4-5");
        assertThat(sent().at("/max_tokens").asInt()).isEqualTo(500);
        assertThat(sent().at("/temperature").asDouble()).isEqualTo(0.5);
    }

    @Test
    void handsOverToolCallsUnderOurNames() {
        var reply = call(GatewayUnderTest.afterTool(model()), json(200, CALLS));

        assertThat(reply.finishReason()).isEqualTo("tool-calls");
        assertThat(reply.toolCalls()).hasSize(2);
        assertThat(reply.toolCalls().getFirst().id()).isEqualTo("toolu_1");
        assertThat(reply.toolCalls().getFirst().tool()).isEqualTo("weather/now@1.2");
        assertThat(reply.toolCalls().getFirst().arguments()).isEqualTo(Map.of("city", "Rome", "days", 2));
    }

    @Test
    void sendsToolsCallsAndResults() {
        call(GatewayUnderTest.afterTool(model()), json(200, ANSWER));

        var sent = sent();
        assertThat(sent.at("/system").toString()).contains("Be brief.");
        assertThat(sent.at("/tools/0/name").asString()).isEqualTo("weather_now_1_2");
        assertThat(sent.at("/tools/0/input_schema/properties/city/type").asString())
                .isEqualTo("string");
        assertThat(sent.at("/tools/0/input_schema/required/0").asString()).isEqualTo("city");
        assertThat(sent.at("/messages").size()).isEqualTo(4);
        assertThat(sent.at("/messages/1/role").asString()).isEqualTo("assistant");
        assertThat(sent.at("/messages/1/content").toString()).contains("Let me look.");
        assertThat(sent.at("/messages/2/content/0/id").asString()).isEqualTo("call_1");
        assertThat(sent.at("/messages/2/content/1/input/city").asString()).isEqualTo("Oslo");
        assertThat(sent.at("/messages/3/content/0/tool_use_id").asString()).isEqualTo("call_1");
        assertThat(sent.at("/messages/3/content/0").toString()).contains("clear");
        assertThat(sent.at("/messages/3/content/1").toString()).contains("call_2", "The tool failed: no such city");
    }

    @Test
    void saysThatTheConversationIsTooLong() {
        assertThat(failure(json(400, error(400, "prompt is too long: 210000 tokens > 200000 maximum")))
                        .code())
                .isEqualTo("CONTEXT_TOO_LONG");
    }
}
