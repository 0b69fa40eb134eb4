package dev.cadre.platform.model;

import dev.cadre.spi.agent.Message;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question to a model.
 *
 * @param models tried in this order when one is not available; {@code default} is the first configured provider's
 * @param timeout bounds one call to one model
 * @param idempotencyKey the same for every attempt at the same call
 */
public record ModelRequest(
        List<String> models,
        List<Message> messages,
        List<ToolSchema> tools,
        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens,
        Duration timeout,
        String idempotencyKey) {

    public ModelRequest {
        models = List.copyOf(models);
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
