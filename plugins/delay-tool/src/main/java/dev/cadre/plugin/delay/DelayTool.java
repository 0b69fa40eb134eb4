package dev.cadre.plugin.delay;

import dev.cadre.spi.Field;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepException;
import dev.cadre.spi.StepInfo;
import dev.cadre.spi.tool.Tool;
import dev.cadre.spi.tool.ToolDefinition;
import dev.cadre.spi.tool.ToolDefinition.Execution;
import java.time.Duration;
import java.time.Instant;
import org.pf4j.Extension;

/** Lets time pass. The platform keeps the wait: it survives a restart and holds no thread. */
@Extension
public final class DelayTool implements Tool<DelayTool.Input, DelayTool.Output> {

    private static final Duration LONGEST = Duration.ofDays(366);

    record Input(
            @Field(label = "Duration", help = "ISO 8601, such as PT30S, PT10M or P1D.")
            Duration duration) {}

    record Output(Instant until) {}

    @Override
    public ToolDefinition<Input, Output> definition() {
        return new ToolDefinition<>(
                new StepInfo(
                        "delay",
                        "Delay",
                        "Waits for the given time before the run goes on.",
                        "Flow",
                        "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3 3"),
                Input.class,
                Output.class,
                Execution.DURABLE);
    }

    @Override
    public Output execute(Input input, StepContext context) {
        if (input.duration().isNegative() || input.duration().compareTo(LONGEST) > 0) {
            throw new StepException.Rejected("INVALID_INPUT", "The duration must be between PT0S and P366D.");
        }
        var until = context.startedAt().plus(input.duration());
        context.waitUntil(until);
        return new Output(until);
    }
}
