package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.trigger.internal.admission.Gates;
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
    private final Gates gates;

    Bindings(StepTypes stepTypes, Gates gates) {
        this.stepTypes = stepTypes;
        this.gates = gates;
    }

    /** Where requests for a workflow lead; empty where no HTTP request starts it. */
    Optional<Route> route(WorkflowDefinition definition) {
        return of(definition).map(bound -> {
            var binding = bound.binding();
            var start = bound.start();
            return new Route(
                    definition,
                    start.use(),
                    binding.respond(),
                    gates.of(definition, binding, start.connection()),
                    binding.body());
        });
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
