package dev.cadre.plugin.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.spi.StepException;
import dev.cadre.testkit.FakeStepContext;
import dev.cadre.testkit.FakeStepContext.Waits;
import dev.cadre.testkit.ToolContractTest;
import dev.cadre.testkit.ToolHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayToolTest extends ToolContractTest {

    DelayToolTest() {
        super(new DelayTool());
    }

    @Test
    void waitsFromTheFirstAttempt() {
        var began = Instant.now();
        try (var harness = new ToolHarness<>(new DelayTool(), new FakeStepContext(began))) {
            assertThatExceptionOfType(Waits.class)
                    .isThrownBy(() -> harness.run(Map.of("duration", "PT10M")))
                    .satisfies(waits -> assertThat(waits.until()).isEqualTo(began.plus(Duration.ofMinutes(10))));
        }
    }

    @Test
    void goesOnWhenTheTimeHasCome() throws Exception {
        var began = Instant.parse("2026-01-31T12:00:00Z");
        try (var harness = new ToolHarness<>(new DelayTool(), new FakeStepContext(began))) {
            assertThat(harness.run(Map.of("duration", "PT10M"))).isEqualTo(Map.of("until", "2026-01-31T12:10:00Z"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1S", "P367D", "ten minutes", "PT99999999999999H"})
    void refusesStrangeDurations(String duration) {
        try (var harness = new ToolHarness<>(new DelayTool())) {
            assertThatExceptionOfType(StepException.Rejected.class)
                    .isThrownBy(() -> harness.run(Map.of("duration", duration)))
                    .satisfies(rejected -> assertThat(rejected.code()).isEqualTo("INVALID_INPUT"));
        }
    }
}
