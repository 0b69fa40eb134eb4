package dev.cadre.testkit;

import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.agent.Agent;
import dev.cadre.spi.agent.AgentMove;
import dev.cadre.spi.agent.Conversation;
import dev.cadre.spi.agent.Conversation.Usage;
import dev.cadre.spi.agent.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays the platform's part in a conversation: give it what the model says and what the tools return, it asks the agent
 * for each next move.
 */
public final class AgentHarness<I extends Record, O extends Record> implements AutoCloseable {

    private final RecordBindings bindings = new RecordBindings();
    private final List<Message> messages = new ArrayList<>();
    private final Agent<I, O> agent;
    private final I input;
    private int modelCalls;

    public AgentHarness(Agent<I, O> agent, Map<String, ? extends @Nullable Object> input) {
        this.agent = agent;
        this.input = bindings.of(agent.definition().input()).read(input);
    }

    /** The agent's next move. */
    public AgentMove<O> next() {
        return agent.next(
                input,
                new Conversation(List.copyOf(messages), modelCalls, new Usage(10L * modelCalls, modelCalls, "0")));
    }

    /** Adds the model's answer, then asks for the next move. */
    public AgentMove<O> afterModel(String text, Message.ToolCall... toolCalls) {
        modelCalls++;
        messages.add(new Message.Assistant(text, List.of(toolCalls)));
        return next();
    }

    /** Adds results of tools, then asks for the next move. */
    public AgentMove<O> afterTools(Message.ToolResult... results) {
        messages.addAll(List.of(results));
        return next();
    }

    /** The step's output as JSON values. */
    public Map<String, Object> output(AgentMove.Finish<O> finish) {
        return bindings.of(agent.definition().output()).write(finish.output());
    }

    @Override
    public void close() {
        bindings.close();
    }
}
