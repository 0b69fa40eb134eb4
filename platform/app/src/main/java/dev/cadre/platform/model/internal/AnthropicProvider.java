package dev.cadre.platform.model.internal;

import com.anthropic.client.AnthropicClientImpl;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.LogLevel;
import dev.cadre.platform.model.ModelRequest;
import dev.cadre.platform.model.ModelSettings;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Anthropic's Messages API. */
@Component
@Order(1)
class AnthropicProvider implements ModelProvider {

    private static final String PUBLIC_ADDRESS = "https://api.anthropic.com";

    private static final String DEFAULT_MODEL = "claude-sonnet-5-5";
    /** The API wants a limit in every request. */
    private static final int MAX_TOKENS = 8192;

    private final SpringAi springAi;
    private final @Nullable String key;
    private final @Nullable String address;
    private final AnthropicChatModel chat;

    AnthropicProvider(SpringAi springAi, ModelSettings settings) {
        this.springAi = springAi;
        this.key = settings.anthropic().key();
        this.address = settings.anthropic().address();
        var options = ClientOptions.builder()
                .httpClient(new AnthropicTransport())
                .sleeper(new AnthropicTransport.NoSleep())
                .maxRetries(0)
                .logLevel(LogLevel.OFF)
                .putHeader("anthropic-version", "2023-06-01")
                .baseUrl(address == null ? PUBLIC_ADDRESS : address.replaceFirst("/v1$", ""));
        if (key != null) {
            options.putHeader("x-api-key", key);
        }
        var client = new AnthropicClientImpl(options.build());
        this.chat = AnthropicChatModel.builder()
                .anthropicClient(client)
                .anthropicClientAsync(client.async())
                .options(AnthropicChatOptions.builder()
                        .model(DEFAULT_MODEL)
                        .maxTokens(MAX_TOKENS)
                        .build())
                .build();
    }

    @Override
    public String id() {
        return "anthropic";
    }

    @Override
    public @Nullable String missing() {
        return key == null ? "Set ANTHROPIC_API_KEY and restart the hub." : null;
    }

    @Override
    public String address() {
        return address == null ? PUBLIC_ADDRESS : address;
    }

    @Override
    public String defaultModel() {
        return DEFAULT_MODEL;
    }

    @Override
    public Answer call(String model, ModelRequest request) {
        return springAi.ask("Anthropic", key, chat, request, Conversation.Dialect.TEXT_BEFORE_CALLS, conversation -> {
            var options = AnthropicChatOptions.builder()
                    .model(model)
                    .maxTokens(request.maxOutputTokens() == null ? MAX_TOKENS : request.maxOutputTokens())
                    .timeout(request.timeout())
                    .maxRetries(0)
                    .toolCallbacks(conversation.tools(UnaryOperator.identity()));
            if (request.temperature() != null) {
                options.temperature(request.temperature());
            }
            return options.build();
        });
    }
}
