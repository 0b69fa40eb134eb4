package dev.cadre.connector.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.spi.StepException;
import dev.cadre.testkit.FakeStepContext.Response;
import dev.cadre.testkit.ToolContractTest;
import dev.cadre.testkit.ToolHarness;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RespondStepTest extends ToolContractTest {

    RespondStepTest() {
        super(new RespondStep());
    }

    @Test
    void answersTheCaller() throws Exception {
        try (var harness = new ToolHarness<>(new RespondStep())) {
            harness.run(Map.of("status", 201, "headers", Map.of("X-A", "b"), "body", Map.of("ok", true)));
            harness.run(Map.of());

            assertThat(harness.context().responses())
                    .containsExactly(
                            new Response(201, Map.of("X-A", "b"), Map.of("ok", true)),
                            new Response(200, Map.of(), null));
        }
    }

    @Test
    void refusesAStatusThatIsNoAnswer() {
        try (var harness = new ToolHarness<>(new RespondStep())) {
            assertThatExceptionOfType(StepException.Rejected.class)
                    .isThrownBy(() -> harness.run(Map.of("status", 42)))
                    .withMessageContaining("status");
        }
    }
}
