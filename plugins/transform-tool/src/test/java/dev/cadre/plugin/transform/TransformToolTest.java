package dev.cadre.plugin.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadre.testkit.ToolContractTest;
import dev.cadre.testkit.ToolHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransformToolTest extends ToolContractTest {

    TransformToolTest() {
        super(new TransformTool());
    }

    @Test
    void givesBackWhatItIsGiven() throws Exception {
        try (var harness = new ToolHarness<>(new TransformTool())) {
            var value = Map.of("a", List.of(1, "two", Map.of("three", 3.5)));

            assertThat(harness.run(Map.of("value", value))).isEqualTo(Map.of("value", value));
            assertThat(harness.run(Map.of())).containsEntry("value", null);
        }
    }
}
