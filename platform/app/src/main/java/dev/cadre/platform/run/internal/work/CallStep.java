package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.schema.RecordBinding;
import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.Field;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The step {@code call}: runs another workflow of the organization and waits for its output. */
@Component
class CallStep implements StepPerformer.CallPerformer {

    static final String ID = "call";

    /**
     * What is called.
     *
     * @param version {@code published} or the number of a version
     * @param input what the other workflow sees as {@code trigger}
     */
    record Request(
            @Field(label = "Workflow", help = "Id of the workflow to run.") @NotBlank
            String workflow,

            @Field(
                    label = "Version",
                    help = "published, or the number of a version that stays the same.",
                    defaultValue = "\"published\"")
            @Nullable
            String version,

            @Field(label = "Input", help = "What the other workflow sees as trigger.") @Nullable
            Object input) {}

    /** What came of it. */
    record Result(String runId, @Nullable Object output) {}

    private static final RecordBindings BINDINGS = new RecordBindings();

    private final RecordBinding<Request> input = BINDINGS.of(Request.class);
    private final RecordBinding<Result> output = BINDINGS.of(Result.class);

    CallStep(StepTypes types) {
        types.add(List.of(new StepType(
                ID,
                "Call a workflow",
                "Runs another workflow and waits for its output.",
                "Flow",
                "M4 6h10v12H4zM14 12h6M17 9l3 3l-3 3",
                StepType.Kind.CORE,
                new StepType.PluginRef("cadre-calls", "1"),
                null,
                input.schema(),
                output.schema(),
                this)));
    }

    Request request(Map<String, Object> values) {
        return input.read(values);
    }

    Map<String, Object> result(Result result) {
        return output.write(result);
    }
}
