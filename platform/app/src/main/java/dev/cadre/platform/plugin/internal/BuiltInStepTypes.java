package dev.cadre.platform.plugin.internal;

import dev.cadre.platform.plugin.StepPerformer.TriggerPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepType.Kind;
import dev.cadre.platform.plugin.StepType.PluginRef;
import dev.cadre.spi.trigger.HttpTrigger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The step types that the hub brings itself. */
public final class BuiltInStepTypes {

    private static final Map<String, Object> NOTHING =
            Map.of("type", "object", "properties", Map.of(), "additionalProperties", false);

    private BuiltInStepTypes() {}

    public static List<StepType> all() {
        return List.of(new StepType(
                "manual",
                "Manual start",
                "Starts a run when a person or a program asks for one.",
                "Triggers",
                "M7 4l12 8-12 8z",
                Kind.TRIGGER,
                new PluginRef("cadre", JarInspection.SPI_VERSION),
                null,
                NOTHING,
                Map.of("type", "object"),
                new ManualTrigger()));
    }

    private static final class ManualTrigger implements TriggerPerformer {
        @Override
        public HttpTrigger.@Nullable Binding binding(Map<String, Object> settings) {
            return null;
        }
    }
}
