package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.spi.trigger.HttpTrigger;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads from a workflow's start where it wants to be called. */
@Component
public class Bindings {

    /** The start of a workflow that HTTP requests fire. */
    public record Bound(Node.Start start, HttpTrigger.Binding binding) {}

    private final StepTypes stepTypes;

    Bindings(StepTypes stepTypes) {
        this.stepTypes = stepTypes;
    }

    /** Empty where no HTTP request starts the workflow. */
    @SuppressWarnings("unchecked")
    public Optional<Bound> of(WorkflowDefinition definition) {
        for (var node : definition.body().nodes()) {
            if (node instanceof Node.Start start) {
                return stepTypes
                        .find(start.use())
                        .map(type -> type.performer())
                        .filter(StepPerformer.TriggerPerformer.class::isInstance)
                        .map(StepPerformer.TriggerPerformer.class::cast)
                        .map(trigger -> trigger.binding(
                                start.settings().evaluate(Map.of()) instanceof Map<?, ?> settings
                                        ? (Map<String, Object>) settings
                                        : Map.of()))
                        .map(binding -> new Bound(start, binding));
            }
        }
        return Optional.empty();
    }
}
