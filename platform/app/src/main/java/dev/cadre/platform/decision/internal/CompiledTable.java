package dev.cadre.platform.decision.internal;

import dev.cadre.platform.decision.internal.HitPolicy.Aggregation;
import dev.cadre.platform.decision.internal.feel.Expression;
import dev.cadre.platform.decision.internal.feel.FeelType;
import dev.cadre.platform.decision.internal.feel.UnaryTest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decision table with every cell read; evaluated often, by any thread.
 *
 * @param reads the names that it reads from the step's inputs
 */
public record CompiledTable(
        HitPolicy policy,
        Aggregation aggregation,
        List<Input> inputs,
        List<Output> outputs,
        List<Rule> rules,
        Set<String> reads) {

    /**
     * A column that is asked.
     *
     * @param name of the input that it shows as it is, null where it computes something
     * @param allowed what its value must fit, null for anything
     */
    record Input(
            String title,
            Expression expression,
            FeelType type,
            @Nullable String name,
            @Nullable UnaryTest allowed) {}

    /**
     * A column that is answered.
     *
     * @param name empty where there is but one column and it has none
     * @param standard the value when no rule matches, null for none
     */
    record Output(
            String name,
            String title,
            FeelType type,
            @Nullable Expression standard) {}

    /** A row: one test for each input, one value for each output. */
    record Rule(List<UnaryTest> tests, List<Expression> values) {}
}
