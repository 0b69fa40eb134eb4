package dev.cadre.platform.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.spi.agent.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DemoModelTest {

    private static final ToolSchema CALCULATOR = new ToolSchema(
            "calculator",
            "Calculates",
            Map.of(
                    "type", "object",
                    "properties", Map.of("expression", Map.of("type", "string")),
                    "required", List.of("expression")));

    private static ModelReply ask(List<Message> messages, ToolSchema... tools) {
        var reply = new AtomicReference<ModelReply>();
        var request = new ModelRequest(
                List.of("demo/assistant"), messages, List.of(tools), null, null, Duration.ofSeconds(5), "key");
        GatewayUnderTest.with(List.of(), gateway -> {
            reply.set(gateway.call(request));
            assertThat(gateway.call(request)).as("the same answer again").isEqualTo(reply.get());
        });
        return reply.get();
    }

    @Test
    void callsTheCalculatorAndAnswersWithItsResult() {
        var messages = new ArrayList<Message>(List.of(new Message.User("What is 17 * 23?")));
        var first = ask(messages, CALCULATOR);
        assertThat(first.finishReason()).isEqualTo("tool-calls");
        assertThat(first.toolCalls()).singleElement().satisfies(call -> {
            assertThat(call.tool()).isEqualTo("calculator");
            assertThat(call.arguments()).isEqualTo(Map.of("expression", "17 * 23"));
        });

        messages.add(new Message.Assistant(first.text(), first.toolCalls()));
        messages.add(new Message.ToolResult(first.toolCalls().getFirst().id(), "calculator", "391", false));
        var second = ask(messages, CALCULATOR);
        assertThat(second.toolCalls()).isEmpty();
        assertThat(second.finishReason()).isEqualTo("stop");
        assertThat(second.text()).contains("391");
    }

    @Test
    void sortsIntoTheClassesItIsGiven() {
        var reply = ask(List.of(
                new Message.System("Classify the message as one of: billing, technical, other"),
                new Message.User("My invoice is wrong, I want my money back")));
        assertThat(reply.text()).containsIgnoringCase("billing").doesNotContain("technical");
    }

    @Test
    void isFreeAndCountsTokens() {
        var usage = ask(List.of(new Message.User("Hello there"))).usage();
        assertThat(usage.cost().decimal()).isZero();
        assertThat(usage.inputTokens()).isPositive();
        assertThat(usage.outputTokens()).isPositive();
    }
}
