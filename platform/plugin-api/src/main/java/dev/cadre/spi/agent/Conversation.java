package dev.cadre.spi.agent;

import java.util.List;

/**
 * What has happened in this agent step so far: assistant messages and tool results, oldest first.
 *
 * @param modelCalls model calls made so far
 * @since 0.1
 */
public record Conversation(List<Message> messages, int modelCalls, Usage usage) {

    /** Tokens of all model calls so far; cost in USD as decimal text. */
    public record Usage(long inputTokens, long outputTokens, String cost) {}
}
