package dev.cadre.platform.run.internal.work;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes what a workflow sees as {@code trigger} out of what a person, or another workflow, gives it as input. */
@Component
public class TriggerInput {

    private static final List<String> REQUEST_PARTS = List.of("body", "headers", "query", "path", "method");

    private final StepTypes stepTypes;

    TriggerInput(StepTypes stepTypes) {
        this.stepTypes = stepTypes;
    }

    /** The input as the workflow's trigger would have it. */
    public @Nullable Object of(WorkflowDefinition definition, @Nullable Object input) {
        var given = input == null ? Map.of() : input;
        return definition.body().nodes().stream()
                .filter(Node.Start.class::isInstance)
                .map(Node.Start.class::cast)
                .findFirst()
                .map(start -> of(start, given))
                .orElse(given);
    }

    private Object of(Node.Start start, Object given) {
        var performer = stepTypes.find(start.use()).map(StepType::performer).orElse(null);
        if (!(performer instanceof StepPerformer.TriggerPerformer trigger)) {
            return given;
        }
        var settings = settings(start);
        return trigger.binding(settings) == null ? trigger.byHand(settings, given) : request(given);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> settings(Node.Start start) {
        return start.settings().evaluate(Map.of()) instanceof Map<?, ?> settings
                ? (Map<String, Object>) settings
                : Map.of();
    }

    /** For a workflow that HTTP requests start it is the body, unless it looks like a request. */
    private static Object request(Object given) {
        if (given instanceof Map<?, ?> map && REQUEST_PARTS.stream().anyMatch(map::containsKey)) {
            return given;
        }
        var request = new LinkedHashMap<String, Object>();
        request.put("body", given);
        request.put("headers", Map.of());
        request.put("query", Map.of());
        request.put("path", "");
        request.put("method", "POST");
        return request;
    }
}
