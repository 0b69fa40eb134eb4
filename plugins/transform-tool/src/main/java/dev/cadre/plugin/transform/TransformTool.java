package dev.cadre.plugin.transform;

import dev.cadre.spi.Field;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepInfo;
import dev.cadre.spi.tool.Tool;
import dev.cadre.spi.tool.ToolDefinition;
import dev.cadre.spi.tool.ToolDefinition.Execution;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** Gives back the JSON it is given; the expressions inside did the work. */
@Extension
public final class TransformTool implements Tool<TransformTool.Value, TransformTool.Value> {

    record Value(
            @Field(label = "Value", help = "Any JSON; {{ … }} inside is replaced.", multiline = true) @Nullable
            Object value) {}

    @Override
    public ToolDefinition<Value, Value> definition() {
        return new ToolDefinition<>(
                new StepInfo(
                        "transform",
                        "Transform",
                        "Builds JSON out of the data of earlier steps.",
                        "Tools",
                        "M4 7h11l-3-3M20 17H9l3 3M4 7l3 3M20 17l-3-3"),
                Value.class,
                Value.class,
                Execution.INSTANT);
    }

    @Override
    public Value execute(Value input, StepContext context) {
        return input;
    }
}
