package dev.cadre.platform.model.internal;

import dev.cadre.platform.http.OperatorHttp;
import dev.cadre.platform.model.ModelRequest;
import dev.cadre.platform.model.ModelSettings;
import dev.cadre.spi.agent.Message;
import dev.cadre.spi.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.stereotype.Component;

/** Makes one call of a Spring AI chat model: one request, no retry, no tool executed, failures as the engine knows them. */
@Component
class SpringAi {

    private final HttpClient http;

    SpringAi(OperatorHttp clients, ModelSettings settings) {
        this.http = clients.reaching(settings.addresses());
    }

    ModelProvider.Answer ask(
            String title,
            @Nullable String key,
            ChatModel model,
            ModelRequest request,
            Conversation.Dialect dialect,
            Function<Conversation, ChatOptions> options) {
        var exchange = new Exchange(http, request, key == null);
        try {
            var conversation = new Conversation(request, dialect);
            var prompt = new Prompt(conversation.messages(), options.apply(conversation));
            var response = exchange.run(() -> model.call(prompt));
            return answer(conversation, response, exchange);
        } catch (Exception e) {
            var empty = GoogleEmptyAnswer.of(exchange);
            if (empty.isPresent()) {
                return empty.get();
            }
            throw new ProviderFailures(title, key, Clock.systemUTC()).of(exchange, e);
        }
    }

    private static ModelProvider.Answer answer(Conversation conversation, ChatResponse response, Exchange exchange) {
        var text = new StringBuilder();
        var calls = new ArrayList<Message.ToolCall>();
        var reason = "other";
        if (response.getResults().isEmpty()) {
            throw new IllegalStateException("The answer is empty.");
        }
        for (var result : response.getResults()) {
            var output = result.getOutput();
            if (output.getText() != null) {
                text.append(output.getText());
            }
            output.getToolCalls().stream().map(conversation::call).forEach(calls::add);
            var said = result.getMetadata().getFinishReason();
            if (said != null) {
                reason = reason(said);
            }
        }
        var usage = response.getMetadata().getUsage();
        long input = usage.getPromptTokens() == null ? 0 : usage.getPromptTokens();
        long output = usage.getCompletionTokens() == null ? 0 : usage.getCompletionTokens();
        long total = usage.getTotalTokens() == null ? 0 : usage.getTotalTokens();
        return new ModelProvider.Answer(
                text.toString(),
                calls,
                input,
                Math.max(output, total - input),
                calls.isEmpty() ? reason : "tool-calls",
                exchange.requestId());
    }

    static String reason(String said) {
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "stop", "end_turn", "stop_sequence" -> "stop";
            case "tool_use", "tool_calls", "function_call" -> "tool-calls";
            case "max_tokens", "length", "model_context_window_exceeded" -> "length";
            case "refusal", "content_filter", "safety", "prohibited_content", "blocklist", "recitation", "spii" ->
                "filtered";
            default -> "other";
        };
    }
}
