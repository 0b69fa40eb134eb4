package dev.cadre.platform.trigger.internal;

import dev.cadre.platform.plugin.StepPerformer;
import dev.cadre.platform.plugin.StepTypes;
import dev.cadre.platform.trigger.internal.admission.Gates;
import dev.cadre.platform.workflow.MessageHook;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Template;
import dev.cadre.platform.workflow.WorkflowDefinition;
import dev.cadre.spi.trigger.HttpTrigger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from a workflow where it wants to be called: at its start, and at message events that a webhook tells. */
@Component
public class Bindings {

    /**
     * What HTTP requests fire.
     *
     * @param use the trigger step type
     * @param connection what callers are checked by
     * @param element the message event that is told, null for the start
     */
    public record Bound(
            String use,
            @Nullable String connection,
            HttpTrigger.Binding binding,
            @Nullable String element) {}

    private final StepTypes stepTypes;
    private final Gates gates;

    Bindings(StepTypes stepTypes, Gates gates) {
        this.stepTypes = stepTypes;
        this.gates = gates;
    }

    /** Where requests for a workflow, or for its message event, lead; empty where none are wanted there. */
    Optional<Route> route(WorkflowDefinition definition, @Nullable String element) {
        if (element == null) {
            return of(definition).map(bound -> route(definition, bound, null));
        }
        return ofEvents(definition).stream()
                .filter(bound -> element.equals(bound.element()))
                .findFirst()
                .flatMap(bound -> correlation(definition, bound).map(it -> route(definition, bound, it)));
    }

    private Route route(WorkflowDefinition definition, Bound bound, Route.@Nullable Correlation correlation) {
        var binding = bound.binding();
        var gate = gates.of(definition, binding, bound.connection(), bound.element());
        return new Route(definition, bound.use(), binding.respond(), gate, binding.body(), correlation);
    }

    /** Empty where no HTTP request starts the workflow. */
    public Optional<Bound> of(WorkflowDefinition definition) {
        for (var node : definition.body().nodes()) {
            if (node instanceof Node.Start start) {
                return binding(start.use(), start.settings())
                        .map(binding -> new Bound(start.use(), start.connection(), binding, null));
            }
        }
        return Optional.empty();
    }

    /** The first message event at each path: further ones at a path differ in nothing but their messages. */
    List<Bound> ofEvents(WorkflowDefinition definition) {
        var byPath = new LinkedHashMap<String, Bound>();
        for (var hook : definition.hooks()) {
            binding(hook)
                    .ifPresent(binding -> byPath.putIfAbsent(
                            binding.path(), new Bound(hook.use(), hook.connection(), binding, hook.element())));
        }
        return List.copyOf(byPath.values());
    }

    private Optional<Route.Correlation> correlation(WorkflowDefinition definition, Bound bound) {
        var hooks = definition.hooks().stream()
                .filter(hook -> binding(hook)
                        .filter(it -> it.path().equals(bound.binding().path()))
                        .isPresent())
                .toList();
        var messages = hooks.stream().map(MessageHook::message).collect(Collectors.toUnmodifiableSet());
        return hooks.stream().findFirst().map(hook -> new Route.Correlation(messages, hook.correlation()));
    }

    private Optional<HttpTrigger.Binding> binding(MessageHook hook) {
        return binding(hook.use(), hook.settings());
    }

    @SuppressWarnings("unchecked")
    private Optional<HttpTrigger.Binding> binding(String use, Template settings) {
        return stepTypes
                .find(use)
                .map(type -> type.performer())
                .filter(StepPerformer.TriggerPerformer.class::isInstance)
                .map(StepPerformer.TriggerPerformer.class::cast)
                .map(trigger -> trigger.binding(
                        settings.evaluate(Map.of()) instanceof Map<?, ?> values
                                ? (Map<String, Object>) values
                                : Map.of()));
    }
}
