package dev.cadre.spi.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wants next.
 *
 * @since 0.1
 */
public sealed interface AgentMove<O extends Record> {

    /**
     * Ask a model. {@code tools} are step type ids; a connector's operation names its connection after an at sign, as
     * {@code slack-post-message@support}.
     */
    record CallModel<O extends Record>(
            List<String> models,
            List<Message> messages,
            List<String> tools,
            @Nullable Double temperature,
            @Nullable Integer maxOutputTokens)
            implements AgentMove<O> {}

    /** Run the tools that the last assistant message asked for, all at once. */
    record CallTools<O extends Record>(List<Message.ToolCall> calls) implements AgentMove<O> {}

    /** Done: the step's output. */
    record Finish<O extends Record>(O output) implements AgentMove<O> {}
}
