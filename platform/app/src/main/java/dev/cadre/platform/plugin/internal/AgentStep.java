package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.StepPerformer.AgentPerformer;
import dev.cadre.schema.RecordBinding;
import dev.cadre.spi.agent.Agent;
import dev.cadre.spi.agent.AgentDefinition;
import dev.cadre.spi.agent.AgentMove;
import dev.cadre.spi.agent.Conversation;
import java.util.Map;
import java.util.Objects;

/** Asks a plugin's agent for its moves. */
final class AgentStep<I extends Record, O extends Record> implements AgentPerformer {

    private record Parts<I extends Record, O extends Record>(
            Agent<I, O> agent, RecordBinding<I> input, RecordBinding<O> output) {}

    private final Lent<Parts<I, O>> lent;

    AgentStep(Agent<I, O> agent, AgentDefinition<I, O> definition, LoadedPlugin plugin) {
        var bindings = plugin.bindings();
        lent = new Lent<>(
                new Parts<>(agent, bindings.of(definition.input()), bindings.of(definition.output())), plugin.atWork());
    }

    @Override
    public AgentMove<?> next(Map<String, Object> input, Conversation conversation) {
        return lent.useUnchecked(
                parts -> Objects.requireNonNull(parts.agent.next(parts.input.read(input), conversation)));
    }

    @Override
    public Map<String, Object> output(AgentMove.Finish<?> finish) {
        return lent.useUnchecked(parts ->
                parts.output.write(Objects.requireNonNull(parts.output.type().cast(finish.output()))));
    }

    Lent<?> lent() {
        return lent;
    }
}
