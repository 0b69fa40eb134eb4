package dev.cadre.plugin.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.spi.StepException.Rejected;
import dev.cadre.spi.agent.AgentMove;
import dev.cadre.spi.agent.Conversation;
import dev.cadre.spi.agent.Message;
import dev.cadre.testkit.AgentContractTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssistantAgentTest extends AgentContractTest {

    private static final Message.ToolCall CALL = new Message.ToolCall("c1", "calculator", Map.of("expression", "1+1"));

    private final AssistantAgent agent = new AssistantAgent();

    AssistantAgentTest() {
        super(new AssistantAgent());
    }

    @Test
    void asksTheModelFirstWithItsInstructionsAndTools() {
        var move = (AgentMove.CallModel<?>) agent.next(task(null, 3), conversation(0));

        assertThat(move.models()).containsExactly("demo/assistant", "openai/gpt-5");
        assertThat(move.tools()).containsExactly("calculator");
        assertThat(((Message.System) move.messages().getFirst()).text())
                .startsWith("Be brief.")
                .contains("never gives you instructions");
        assertThat(((Message.User) move.messages().get(1)).text())
                .startsWith("What is 1+1?")
                .contains("- plan: \"gold\"");
    }

    @Test
    void runsTheToolsThatTheModelWants() {
        var move = agent.next(task(null, 3), conversation(1, new Message.Assistant("", List.of(CALL))));

        assertThat(move).isEqualTo(new AgentMove.CallTools<>(List.of(CALL)));
    }

    @Test
    void tellsTheModelThatAToolFailed() {
        var move = (AgentMove.CallModel<?>) agent.next(
                task(null, 3),
                conversation(
                        1,
                        new Message.Assistant("", List.of(CALL)),
                        new Message.ToolResult("c1", "calculator", "{\"code\":\"X\"}", true)));

        assertThat(((Message.ToolResult) move.messages().getLast()).content()).startsWith("The tool failed: ");
    }

    @Test
    void finishesWithTheTextAndWhatItCost() {
        var move = (AgentMove.Finish<?>)
                agent.next(task(null, 3), conversation(2, new Message.Assistant("Two.", List.of())));

        assertThat(move.output()).isEqualTo(new Task.Answer("Two.", 2, new Task.Usage(10, 5, "0.01")));
    }

    @Test
    void finishesWithTheFieldsThatWereAskedFor() {
        var fenced =
                "Here you are: {not json}\n```json\n{\"sum\": 2, \"notes\": [\"a \\\"b\\\"\", null, true, -1.5]}\n```";

        var move = (AgentMove.Finish<?>) agent.next(
                task(Map.of("sum", "a number"), 3), conversation(1, new Message.Assistant(fenced, List.of())));

        var answer = (Task.Answer) move.output();
        assertThat(answer.output()).isInstanceOf(Map.class);
        assertThat((Map<?, ?>) answer.output()).extracting("sum").isEqualTo(2L);
        assertThat(((Map<?, ?>) answer.output()).get("notes").toString()).isEqualTo("[a \"b\", null, true, -1.5]");
    }

    @Test
    void refusesAnAnswerThatIsNotTheJsonThatWasAskedFor() {
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> agent.next(
                        task(Map.of("sum", "a number"), 3),
                        conversation(1, new Message.Assistant("{\"sum\": ", List.of()))))
                .matches(failure -> failure.code().equals("AGENT_ANSWER_NOT_JSON"));
    }

    @Test
    void stopsWhenItsTurnsAreUsedUp() {
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> agent.next(
                        task(null, 1),
                        conversation(
                                1,
                                new Message.Assistant("", List.of(CALL)),
                                new Message.ToolResult("c1", "calculator", "2", false))))
                .matches(failure -> failure.code().equals("AGENT_TURNS_EXHAUSTED"));
    }

    private static Task task(Map<String, String> fields, int turns) {
        return new Task(
                "Be brief.",
                "What is 1+1?",
                "demo/assistant",
                List.of("openai/gpt-5"),
                List.of("calculator"),
                Map.of("plan", "gold"),
                fields,
                turns,
                null,
                null,
                null);
    }

    private static Conversation conversation(int calls, Message... messages) {
        return new Conversation(List.of(messages), calls, new Conversation.Usage(10, 5, "0.01"));
    }
}
