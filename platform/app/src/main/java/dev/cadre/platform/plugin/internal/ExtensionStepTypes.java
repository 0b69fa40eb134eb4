package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.PluginException;
import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepType.Kind;
import dev.cadre.platform.plugin.StepTypeSource;
import dev.cadre.spi.StepInfo;
import dev.cadre.spi.agent.Agent;
import dev.cadre.spi.tool.Tool;
import dev.cadre.spi.trigger.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes step types out of tools, agents and triggers. */
@Component
public class ExtensionStepTypes implements StepTypeSource {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private final Map<LoadedPlugin, List<Lent<?>>> lent = new ConcurrentHashMap<>();

    @Override
    public List<StepType> loaded(LoadedPlugin plugin) {
        var given = new ArrayList<Lent<?>>();
        lent.put(plugin, given);
        var types = new ArrayList<StepType>();
        for (Tool<?, ?> tool : plugin.extensions(Tool.class)) {
            types.add(tool(tool, plugin, given));
        }
        for (Agent<?, ?> agent : plugin.extensions(Agent.class)) {
            types.add(agent(agent, plugin, given));
        }
        for (Trigger<?> trigger : plugin.extensions(Trigger.class)) {
            types.add(trigger(trigger, plugin, given));
        }
        return types;
    }

    @Override
    public void unloaded(LoadedPlugin plugin) {
        var given = lent.remove(plugin);
        if (given != null) {
            given.forEach(Lent::takeBack);
        }
    }

    private static <I extends Record, O extends Record> StepType tool(
            Tool<I, O> tool, LoadedPlugin plugin, List<Lent<?>> given) {
        var definition = tool.definition();
        var step = new ToolStep<>(tool, definition, plugin);
        given.add(step.lent());
        var kind = "Flow".equals(definition.info().category()) ? Kind.CORE : Kind.TOOL;
        return type(plugin, definition.info(), kind, null, definition.input(), definition.output(), step);
    }

    private static <I extends Record, O extends Record> StepType agent(
            Agent<I, O> agent, LoadedPlugin plugin, List<Lent<?>> given) {
        var definition = agent.definition();
        var step = new AgentStep<>(agent, definition, plugin);
        given.add(step.lent());
        return type(plugin, definition.info(), Kind.AGENT, null, definition.input(), definition.output(), step);
    }

    private static <S extends Record> StepType trigger(Trigger<S> trigger, LoadedPlugin plugin, List<Lent<?>> given) {
        var definition = trigger.definition();
        var start = new TriggerStart<>(trigger, definition, plugin);
        given.add(start.lent());
        return type(
                plugin,
                definition.info(),
                Kind.TRIGGER,
                definition.connectionType(),
                definition.settings(),
                definition.data(),
                start);
    }

    private static StepType type(
            LoadedPlugin plugin,
            StepInfo info,
            Kind kind,
            @Nullable String connectionType,
            Class<? extends Record> input,
            Class<? extends Record> output,
            StepPerformer performer) {
        if (info.id() == null || !ID.matcher(info.id()).matches()) {
            throw PluginException.invalid(
                    "The step type id \"" + info.id() + "\" must be lower-case words with dashes.");
        }
        if (info.title() == null || info.description() == null || info.category() == null || info.icon() == null) {
            throw PluginException.invalid(
                    "The step type " + info.id() + " lacks a title, description, category or icon.");
        }
        return new StepType(
                info.id(),
                info.title(),
                info.description(),
                info.category(),
                info.icon(),
                kind,
                plugin.ref(),
                connectionType,
                plugin.bindings().of(input).schema(),
                plugin.bindings().of(output).schema(),
                performer);
    }
}
