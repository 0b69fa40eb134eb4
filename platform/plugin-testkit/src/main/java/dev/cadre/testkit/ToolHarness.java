package dev.cadre.testkit;

import dev.cadre.schema.RecordBinding;
import dev.cadre.schema.RecordBindings;
import dev.cadre.spi.tool.Tool;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a tool the way the platform does: JSON values in, validated; JSON values out. */
public final class ToolHarness<I extends Record, O extends Record> implements AutoCloseable {

    private final RecordBindings bindings = new RecordBindings();
    private final Tool<I, O> tool;
    private final RecordBinding<I> input;
    private final RecordBinding<O> output;
    private final FakeStepContext context;

    public ToolHarness(Tool<I, O> tool) {
        this(tool, new FakeStepContext());
    }

    public ToolHarness(Tool<I, O> tool, FakeStepContext context) {
        this.tool = tool;
        this.input = bindings.of(tool.definition().input());
        this.output = bindings.of(tool.definition().output());
        this.context = context;
    }

    /** Throws {@link dev.cadre.spi.StepException} as the tool does, {@code INVALID_INPUT} before it is called. */
    public Map<String, Object> run(Map<String, ? extends @Nullable Object> values) throws Exception {
        return output.write(tool.execute(input.read(values), context));
    }

    public FakeStepContext context() {
        return context;
    }

    @Override
    public void close() {
        bindings.close();
    }
}
