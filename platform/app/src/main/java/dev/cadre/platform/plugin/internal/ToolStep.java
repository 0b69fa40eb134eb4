package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.ChosenConnection;
import dev.cadre.platform.plugin.LoadedPlugin;
import dev.cadre.platform.plugin.StepPerformer.ToolPerformer;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.schema.RecordBinding;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepException;
import dev.cadre.spi.tool.Tool;
import dev.cadre.spi.tool.ToolDefinition;
import dev.cadre.spi.tool.ToolDefinition.Execution;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Performs a plugin's tool. */
final class ToolStep<I extends Record, O extends Record> implements ToolPerformer {

    private record Parts<I extends Record, O extends Record>(
            Tool<I, O> tool, RecordBinding<I> input, RecordBinding<O> output) {}

    private final Lent<Parts<I, O>> lent;
    private final boolean instant;

    ToolStep(Tool<I, O> tool, ToolDefinition<I, O> definition, LoadedPlugin plugin) {
        var bindings = plugin.bindings();
        lent = new Lent<>(
                new Parts<>(tool, bindings.of(definition.input()), bindings.of(definition.output())), plugin.atWork());
        instant = definition.execution() == Execution.INSTANT;
    }

    @Override
    public boolean instant() {
        return instant;
    }

    @Override
    public Map<String, Object> perform(
            OrganizationId organization,
            Map<String, Object> input,
            @Nullable ChosenConnection connection,
            StepContext context)
            throws Exception {
        return lent.use(parts -> {
            O output = parts.tool.execute(parts.input.read(input), context);
            if (output == null) {
                throw new StepException.Rejected("INVALID_OUTPUT", "The tool returned nothing.");
            }
            return parts.output.write(output);
        });
    }

    Lent<?> lent() {
        return lent;
    }
}
