package dev.cadre.platform.model.internal;

import dev.cadre.platform.model.ModelRequest;
import dev.cadre.spi.agent.Message;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The offline demo model: deterministic rules that follow simple instructions and call tools. Free, and labelled as a demo. */
@Component
@Order(4)
class DemoModel implements ModelProvider {

    @Override
    public String id() {
        return "demo";
    }

    @Override
    public @Nullable String missing() {
        return null;
    }

    @Override
    public @Nullable String address() {
        return null;
    }

    @Override
    public String defaultModel() {
        return "assistant";
    }

    @Override
    public Answer call(String model, ModelRequest request) {
        if (!model.equals("assistant")) {
            throw new dev.cadre.spi.StepException.Rejected(
                    "MODEL_UNKNOWN", "The only demo model is demo/assistant, not demo/" + model + ".");
        }
        var talk = DemoTalk.of(request.messages());
        var calls = DemoTools.choose(talk, request.tools());
        var text = calls.isEmpty() ? DemoAnswer.compose(talk) : "";
        return new Answer(
                text,
                calls,
                tokens(request.messages().stream().map(DemoModel::text).collect(Collectors.joining(" "))),
                tokens(text + calls),
                calls.isEmpty() ? "stop" : "tool-calls",
                null);
    }

    private static String text(Message message) {
        return switch (message) {
            case Message.System system -> system.text();
            case Message.User user -> user.text();
            case Message.Assistant assistant -> assistant.text() + assistant.toolCalls();
            case Message.ToolResult result -> result.content();
        };
    }

    /** About four characters a token, as with the real ones. */
    private static long tokens(String text) {
        return Math.max(1, (text.length() + 3) / 4);
    }

    /** Kept here so that ids are the same for every attempt. */
    static Message.ToolCall toolCall(String tool, java.util.Map<String, Object> arguments, int index) {
        return new Message.ToolCall("demo_" + index, tool, arguments);
    }

    static List<String> words(String text) {
        return List.of(text.toLowerCase(java.util.Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
    }
}
