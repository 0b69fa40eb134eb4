package dev.cadre.platform.model.internal;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import dev.cadre.platform.model.ModelRequest;
import dev.cadre.platform.model.ModelSettings;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.core.annotation.Order;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.stereotype.Component;

/** Google's Gemini API, {@code generateContent}. */
@Component
@Order(3)
class GoogleProvider implements ModelProvider {

    private static final String PUBLIC_ADDRESS = "https://generativelanguage.googleapis.com";

    private static final String DEFAULT_MODEL = "gemini-2.5-flash";

    private final SpringAi springAi;
    private final @Nullable String key;
    private final @Nullable String address;
    private final GoogleGenAiChatModel chat;

    GoogleProvider(SpringAi springAi, ModelSettings settings) {
        this.springAi = springAi;
        this.key = settings.google().key();
        this.address = settings.google().address();
        var client = Client.builder()
                // The library wants a key; it is not used before there is one.
                .apiKey(key == null ? "none" : key)
                .vertexAI(false)
                .clientOptions(ClientOptions.builder()
                        .customHttpClient(new OkHttpClient.Builder()
                                .addInterceptor(new GoogleTransport())
                                .build())
                        .build())
                .httpOptions(HttpOptions.builder()
                        .baseUrl(address == null ? PUBLIC_ADDRESS : address)
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
        this.chat = GoogleGenAiChatModel.builder()
                .genAiClient(client)
                .options(GoogleGenAiChatOptions.builder().model(DEFAULT_MODEL).build())
                .retryTemplate(new RetryTemplate(RetryPolicy.withMaxRetries(0)))
                .build();
    }

    @Override
    public String id() {
        return "google";
    }

    @Override
    public @Nullable String missing() {
        return key == null ? "Set GEMINI_API_KEY and restart the hub." : null;
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
        return springAi.ask("Google", key, chat, request, Conversation.Dialect.OBJECT_RESULTS, conversation -> {
            var options =
                    GoogleGenAiChatOptions.builder().model(model).toolCallbacks(conversation.tools(GoogleSchema::of));
            if (request.temperature() != null) {
                options.temperature(request.temperature());
            }
            if (request.maxOutputTokens() != null) {
                options.maxOutputTokens(request.maxOutputTokens());
            }
            return options.build();
        });
    }
}
