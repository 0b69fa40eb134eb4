package dev.cadre.plugin.calculator;

import dev.cadre.spi.Field;
import dev.cadre.spi.StepContext;
import dev.cadre.spi.StepInfo;
import dev.cadre.spi.tool.Tool;
import dev.cadre.spi.tool.ToolDefinition;
import dev.cadre.spi.tool.ToolDefinition.Execution;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.pf4j.Extension;

/** Calculates what an arithmetic expression says. */
@Extension
public final class CalculatorTool implements Tool<CalculatorTool.Input, CalculatorTool.Output> {

    record Input(
            @Field(label = "Expression", help = "Arithmetic, such as (2 + 3) * 4 or max(1, 2).")
            @NotBlank
            @Size(max = 1000)
            String expression) {}

    record Output(BigDecimal result) {}

    @Override
    public ToolDefinition<Input, Output> definition() {
        return new ToolDefinition<>(
                new StepInfo(
                        "calculator",
                        "Calculator",
                        "Calculates an arithmetic expression exactly: + - * / ^ ( ) and functions such as sum, round, sqrt.",
                        "Tools",
                        "M6 2h12v20H6zM9 6h6M9 11h1M14 11h1M9 15h1M14 15h1M9 19h1M14 19h1"),
                Input.class,
                Output.class,
                Execution.INSTANT);
    }

    @Override
    public Output execute(Input input, StepContext context) {
        return new Output(Arithmetic.calculate(input.expression()));
    }
}
