package dev.cadre.spi.agent;

import java.util.List;
import java.util.Map;

/**
 * One entry of a conversation with a model.
 *
 * @since 0.1
 */
public sealed interface Message {

    record System(String text) implements Message {}

    record User(String text) implements Message {}

    record Assistant(String text, List<ToolCall> toolCalls) implements Message {}

    /** {@code content} is JSON or plain text; {@code failed} when the tool did not succeed. */
    record ToolResult(String callId, String tool, String content, boolean failed) implements Message {}

    /** A model's wish to run a tool. {@code arguments} are JSON values. */
    record ToolCall(String id, String tool, Map<String, Object> arguments) {}
}
