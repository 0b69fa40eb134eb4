package dev.cadre.platform.model.internal;

import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.LogLevel;
import dev.cadre.platform.model.ModelRequest;
import dev.cadre.platform.model.ModelSettings;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** OpenAI's Chat Completions API, at OpenAI or wherever else it is spoken: Ollama, vLLM, Azure. */
@Component
@Order(2)
class OpenAiProvider implements ModelProvider {

    private static final String PUBLIC_ADDRESS = "https://api.openai.com/v1";

    private static final String DEFAULT_MODEL = "gpt-5.4";

    private final SpringAi springAi;
    private final @Nullable String key;
    private final @Nullable String address;
    private final OpenAiChatModel chat;

    OpenAiProvider(SpringAi springAi, ModelSettings settings) {
        this.springAi = springAi;
        this.key = settings.openai().key();
        this.address = settings.openai().address();
        var client = new OpenAIClientImpl(ClientOptions.builder()
                .httpClient(new OpenAiTransport())
                .sleeper(new OpenAiTransport.NoSleep())
                .maxRetries(0)
                .logLevel(LogLevel.OFF)
                .baseUrl(address == null ? PUBLIC_ADDRESS : versioned(address))
                // The library wants a key; without one of ours the exchange leaves the header out.
                .apiKey(key == null ? "none" : key)
                .build());
        this.chat = OpenAiChatModel.builder()
                .openAiClient(client)
                .openAiClientAsync(client.async())
                .options(OpenAiChatOptions.builder().model(DEFAULT_MODEL).build())
                .build();
    }

    @Override
    public String id() {
        return "openai";
    }

    @Override
    public @Nullable String missing() {
        return key == null && address == null
                ? "Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, and restart the hub."
                : null;
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
        return springAi.ask("OpenAI", key, chat, request, Conversation.Dialect.PLAIN, conversation -> {
            var options = OpenAiChatOptions.builder()
                    .model(model)
                    .timeout(request.timeout())
                    .maxRetries(0)
                    .toolCallbacks(conversation.tools(UnaryOperator.identity()));
            if (request.temperature() != null) {
                options.temperature(request.temperature());
            }
            if (request.maxOutputTokens() != null) {
                if (address == null || model.matches("gpt-5.*|o\\d.*")) {
                    options.maxCompletionTokens(request.maxOutputTokens());
                } else {
                    // Other servers often know only the older name.
                    options.maxTokens(request.maxOutputTokens());
                }
            }
            return options.build();
        });
    }

    /** {@code http://localhost:11434} means its {@code /v1}. */
    private static String versioned(String address) {
        var path = URI.create(address).getPath();
        return path == null || path.isEmpty() ? address + "/v1" : address;
    }
}
