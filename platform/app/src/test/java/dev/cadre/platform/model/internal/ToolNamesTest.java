package dev.cadre.platform.model.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.platform.model.ModelRequest;
import dev.cadre.platform.model.ToolSchema;
import dev.cadre.spi.agent.Message;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolNamesTest {

    private static ToolNames names(List<Message> messages, String... tools) {
        return new ToolNames(new ModelRequest(
                List.of("default"),
                messages,
                Arrays.stream(tools)
                        .map(tool -> new ToolSchema(tool, "", Map.of()))
                        .toList(),
                null,
                null,
                Duration.ofSeconds(1),
                "key"));
    }

    @Test
    void areLegalDistinctAndFindTheWayBack() {
        var tools = List.of("web search", "web.search", "web_search", "3d", "x".repeat(90), "x".repeat(91), "Größe");
        var names = names(List.of(), tools.toArray(String[]::new));

        assertThat(tools.stream().map(names::legal))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_-]{0,63}"));
        assertThat(tools)
                .allSatisfy(tool -> assertThat(names.ours(names.legal(tool))).isEqualTo(tool));
    }

    @Test
    void includeToolsOfTheConversationThatAreNoLongerOffered() {
        var call = new Message.ToolCall("1", "old@1", Map.of());
        var names = names(List.of(new Message.Assistant("", List.of(call))), "old_1");
        assertThat(names.legal("old@1")).isNotEqualTo(names.legal("old_1"));
    }

    @Test
    void leaveAMadeUpNameAsItIs() {
        assertThat(names(List.of(), "a").ours("nonsense")).isEqualTo("nonsense");
    }
}
