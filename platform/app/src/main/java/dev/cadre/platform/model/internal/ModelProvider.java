package dev.cadre.platform.model.internal;

import dev.cadre.platform.model.ModelRequest;
import dev.cadre.spi.agent.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks to one provider. Neither waits nor retries: failures are {@link dev.cadre.spi.StepException}s. */
public interface ModelProvider {

    /** First part of a model id. */
    String id();

    /** What to do before its models can be used; null when nothing is missing. */
    @Nullable
    String missing();

    /** Where its models are asked; null where nothing leaves the hub. */
    @Nullable
    String address();

    /** The model that {@code default} means when this provider is the first configured one. */
    String defaultModel();

    /** {@code model} is the provider's own name. */
    Answer call(String model, ModelRequest request);

    /** What came back, before it is priced. */
    record Answer(
            String text,
            List<Message.ToolCall> toolCalls,
            long inputTokens,
            long outputTokens,
            String finishReason,
            @Nullable String requestId) {}
}
