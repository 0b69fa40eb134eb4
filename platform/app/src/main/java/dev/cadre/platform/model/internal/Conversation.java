package dev.cadre.platform.model.internal;

import dev.cadre.platform.model.ModelRequest;
import dev.cadre.spi.agent.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** One request in Spring AI's terms, with names of tools that the provider accepts. */
final class Conversation {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    /** What a provider, or Spring AI's way to it, takes differently from the others. */
    enum Dialect {
        PLAIN,
        /** Spring AI leaves out the text of a message with tool calls; as two messages, Anthropic joins them again. */
        TEXT_BEFORE_CALLS,
        /** Google wants the result of a tool to be a JSON object. */
        OBJECT_RESULTS
    }

    private final ModelRequest request;
    private final Dialect dialect;
    private final ToolNames names;

    Conversation(ModelRequest request, Dialect dialect) {
        this.request = request;
        this.dialect = dialect;
        this.names = new ToolNames(request);
    }

    /** All instructions first, in one message: not every provider takes them in between. */
    List<org.springframework.ai.chat.messages.Message> messages() {
        var messages = new ArrayList<org.springframework.ai.chat.messages.Message>();
        var instructions = new ArrayList<String>();
        var results = new ArrayList<ToolResponseMessage.ToolResponse>();
        for (var message : request.messages()) {
            if (!(message instanceof Message.ToolResult)) {
                flush(results, messages);
            }
            switch (message) {
                case Message.System system -> instructions.add(system.text());
                case Message.User user -> messages.add(new UserMessage(user.text()));
                case Message.Assistant assistant -> assistant(assistant, messages);
                case Message.ToolResult result -> results.add(result(result));
            }
        }
        flush(results, messages);
        if (!instructions.isEmpty()) {
            messages.addFirst(new SystemMessage(String.join("\n\n", instructions)));
        }
        return messages;
    }

    /** The results of tools that were called together go back together. */
    private static void flush(
            List<ToolResponseMessage.ToolResponse> results,
            List<org.springframework.ai.chat.messages.Message> messages) {
        if (!results.isEmpty()) {
            messages.add(ToolResponseMessage.builder()
                    .responses(List.copyOf(results))
                    .build());
            results.clear();
        }
    }

    private void assistant(Message.Assistant message, List<org.springframework.ai.chat.messages.Message> messages) {
        var text = message.text();
        if (dialect == Dialect.TEXT_BEFORE_CALLS && !message.toolCalls().isEmpty() && !text.isBlank()) {
            messages.add(new AssistantMessage(text));
            text = "";
        }
        if (text.isEmpty() && message.toolCalls().isEmpty()) {
            return;
        }
        messages.add(AssistantMessage.builder()
                .content(text)
                .toolCalls(message.toolCalls().stream()
                        .map(call -> new AssistantMessage.ToolCall(
                                legalId(call.id()),
                                "function",
                                names.legal(call.tool()),
                                JSON.writeValueAsString(call.arguments())))
                        .toList())
                .build());
    }

    private ToolResponseMessage.ToolResponse result(Message.ToolResult result) {
        return new ToolResponseMessage.ToolResponse(
                legalId(result.callId()), names.legal(result.tool()), content(result));
    }

    private String content(Message.ToolResult result) {
        if (dialect == Dialect.OBJECT_RESULTS) {
            return JSON.writeValueAsString(Map.of(result.failed() ? "error" : "output", jsonOrText(result.content())));
        }
        return result.failed() ? "The tool failed: " + result.content() : result.content();
    }

    private static Object jsonOrText(String content) {
        try {
            var value = JSON.readValue(content, Object.class);
            return value == null ? content : value;
        } catch (JacksonException e) {
            return content;
        }
    }

    /** The tools with their schemas as {@code change} leaves them; calling one is not Spring AI's business. */
    List<ToolCallback> tools(UnaryOperator<Map<String, Object>> change) {
        return request.tools().stream()
                .<ToolCallback>map(tool -> new Offer(ToolDefinition.builder()
                        .name(names.legal(tool.name()))
                        .description(tool.description())
                        .inputSchema(JSON.writeValueAsString(change.apply(tool.schema())))
                        .build()))
                .toList();
    }

    Message.ToolCall call(AssistantMessage.ToolCall call) {
        var id = call.id() == null || call.id().isBlank()
                ? "call_" + UUID.randomUUID().toString().replace("-", "")
                : call.id();
        return new Message.ToolCall(id, names.ours(call.name()), arguments(call.arguments()));
    }

    private static Map<String, Object> arguments(String text) {
        if (text == null || text.isBlank()) {
            return Map.of();
        }
        try {
            var arguments = JSON.readValue(text, OBJECT);
            return arguments == null ? Map.of() : arguments;
        } catch (JacksonException e) {
            throw new UnreadableAnswer("The arguments of a tool call are not a JSON object.", e);
        }
    }

    /** Another provider may have made the id: what all accept is letters, digits, {@code _}, {@code -}, at most 40. */
    private static String legalId(String id) {
        return id.matches("[a-zA-Z0-9_-]{1,40}")
                ? id
                : "call_" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }

    /** Thrown for an answer that only looks like one. */
    static final class UnreadableAnswer extends RuntimeException {
        UnreadableAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private record Offer(ToolDefinition definition) implements ToolCallback {
        @Override
        public ToolDefinition getToolDefinition() {
            return definition;
        }

        @Override
        public String call(String input) {
            throw new IllegalStateException("Tools are run by the run engine.");
        }
    }
}
