package dev.cadre.platform.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cadre.platform.plugin.InstalledPlugin.State;
import dev.cadre.platform.plugin.StepPerformer.ToolPerformer;
import dev.cadre.platform.plugin.StepPerformer.TriggerPerformer;
import dev.cadre.platform.plugin.StepType.Kind;
import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.spi.StepException;
import dev.cadre.spi.trigger.HttpTrigger.Respond;
import dev.cadre.testkit.FakeStepContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.TestConstructor;

@ApplicationModuleTest(extraIncludes = {"database", "secret", "cluster"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class BundledPluginsRoomTest {

    private final Plugins plugins;
    private final StepTypes stepTypes;

    BundledPluginsRoomTest(Plugins plugins, StepTypes stepTypes) {
        this.plugins = plugins;
        this.stepTypes = stepTypes;
    }

    private Map<String, Object> perform(String type, Map<String, Object> input) throws Exception {
        var performer = (ToolPerformer) stepTypes.find(type).orElseThrow().performer();
        return performer.perform(OrganizationId.create(), input, null, new FakeStepContext());
    }

    @Test
    void theHubCarriesItsPlugins() {
        assertThat(plugins.all())
                .filteredOn(InstalledPlugin::bundled)
                .extracting(InstalledPlugin::id)
                .contains("calculator", "transform", "webhook", "http-request", "delay");
        assertThat(plugins.all())
                .filteredOn(plugin -> plugin.id().equals("calculator"))
                .singleElement()
                .satisfies(plugin -> assertThat(plugin.state()).isEqualTo(State.ENABLED))
                .satisfies(plugin -> assertThat(plugin.stepTypes()).containsExactly("calculator"));
    }

    @Test
    void everyStepTypeKnowsItsKind() {
        assertThat(stepTypes.find("manual").orElseThrow().kind()).isEqualTo(Kind.TRIGGER);
        assertThat(stepTypes.find("webhook").orElseThrow().kind()).isEqualTo(Kind.TRIGGER);
        assertThat(stepTypes.find("respond").orElseThrow().kind()).isEqualTo(Kind.CORE);
        assertThat(stepTypes.find("delay").orElseThrow().kind()).isEqualTo(Kind.CORE);
        assertThat(stepTypes.find("http-request").orElseThrow().instant()).isFalse();
        assertThat(stepTypes.find("calculator").orElseThrow().kind()).isEqualTo(Kind.TOOL);
        assertThat(stepTypes.find("calculator").orElseThrow().instant()).isTrue();
    }

    @Test
    void performsATool() throws Exception {
        assertThat(perform("calculator", Map.of("expression", "12.5 * 4"))).isEqualTo(Map.of("result", 50));
    }

    @Test
    void refusesInputThatDoesNotFit() {
        assertThatExceptionOfType(StepException.Rejected.class)
                .isThrownBy(() -> perform("calculator", Map.of("expresion", "1")))
                .withMessageContaining("expression is required")
                .withMessageContaining("expresion is not known here");
    }

    @Test
    void asksATriggerWhereItListens() {
        var webhook = (TriggerPerformer) stepTypes.find("webhook").orElseThrow().performer();

        var binding = webhook.binding(Map.of("path", "orders", "respond", "last-step"));

        assertThat(binding).isNotNull();
        assertThat(binding.path()).isEqualTo("orders");
        assertThat(binding.respond()).isEqualTo(Respond.LAST_STEP);
    }

    @Test
    void aDisabledPluginsStepsWaitUntilItIsBack() throws Exception {
        var before = (ToolPerformer) stepTypes.find("transform").orElseThrow().performer();

        assertThat(plugins.disable("transform").state()).isEqualTo(State.DISABLED);

        assertThat(stepTypes.find("transform")).isEmpty();
        assertThatExceptionOfType(StepException.Retryable.class)
                .isThrownBy(() -> before.perform(OrganizationId.create(), Map.of(), null, new FakeStepContext()));
        assertThat(plugins.enable("transform").stepTypes()).containsExactly("transform");
        assertThat(perform("transform", Map.of("value", 1))).isEqualTo(Map.of("value", 1));
    }
}
