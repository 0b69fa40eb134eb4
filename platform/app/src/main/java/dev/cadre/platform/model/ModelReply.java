package dev.cadre.platform.model;

import dev.cadre.spi.agent.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer.
 *
 * @param model the one that answered, as {@code provider/name}
 * @param finishReason {@code stop}, {@code tool-calls}, {@code length}, {@code filtered} or {@code other}
 */
public record ModelReply(
        String text,
        List<Message.ToolCall> toolCalls,
        ModelUsage usage,
        String model,
        String finishReason,
        @Nullable String providerRequestId) {

    public ModelReply {
        toolCalls = List.copyOf(toolCalls);
    }
}
