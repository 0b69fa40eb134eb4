package dev.cadre.testkit;

import dev.cadre.spi.tool.Tool;
import org.junit.jupiter.api.Test;

/** What every tool must satisfy. Extend it with a constructor call and nothing else. */
public abstract class ToolContractTest {

    private final Tool<?, ?> tool;

    protected ToolContractTest(Tool<?, ?> tool) {
        this.tool = tool;
    }

    @Test
    void canBeLoaded() {
        Contract.canBeLoaded(tool);
    }

    @Test
    void canBeShownInTheLibrary() {
        Contract.canBeShown(tool.definition().info());
    }

    @Test
    void everyFieldTheDesignerShowsHasALabel() {
        Contract.everyFieldHasALabel(tool.definition().input());
    }

    @Test
    void inputAndOutputHaveASchema() {
        Contract.hasASchema(tool.definition().input());
        Contract.hasASchema(tool.definition().output());
    }
}
