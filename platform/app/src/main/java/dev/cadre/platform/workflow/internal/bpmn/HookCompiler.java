package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.plugin.StepPerformer.TriggerPerformer;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Expression;
import dev.cadre.platform.workflow.MessageHook;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Scope;
import dev.cadre.platform.workflow.Template;
import dev.cadre.platform.workflow.internal.expression.Compiled;
import dev.cadre.platform.workflow.internal.expression.ExpressionInvalid;
import dev.cadre.spi.StepException;
import dev.cadre.spi.trigger.HttpTrigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the webhooks that tell message events: {@code cadre:webhook}, with the settings of the trigger. */
final class HookCompiler {

    private static final String USE = "webhook";

    /** What several events that are told at one path must have in common. */
    private record Place(
            @Nullable Object settings,
            @Nullable String connection,
            @Nullable String correlation) {}

    private final Compilation in;
    private final List<MessageHook> hooks = new ArrayList<>(0);
    private final Set<String> seen = new HashSet<>(0);
    private final Map<String, Place> places = new HashMap<>(0);

    HookCompiler(Compilation in) {
        this.in = in;
    }

    List<MessageHook> list() {
        return List.copyOf(hooks);
    }

    /** {@code keyed} says whether the event waits with a key, without which nothing can be correlated. */
    void compile(String id, String message, boolean keyed, Element hook) {
        seen.add(id);
        var type = in.stepType(USE).filter(known -> known.kind() == StepType.Kind.TRIGGER);
        var settings = new StartCompiler(in).settings(id, hook, USE, type);
        var connection = new TriggerConnection(in, id).of(hook, type, settings);
        var correlation = correlation(id, hook.attribute("correlate"));
        if (!keyed) {
            in.problems.error(
                    id,
                    "correlation-missing",
                    "Which run is a request for? Say in the key of cadre:message what this run waits with.");
        }
        var binding = binding(type, settings);
        if (settings == null || correlation == null || binding == null) {
            return;
        }
        if (binding.respond() != HttpTrigger.Respond.IMMEDIATELY) {
            in.problems.error(
                    id,
                    "invalid-input",
                    "/respond: who tells a message event is answered immediately; the run goes on by itself.");
        }
        var place = new Place(settings.document(), connection, hook.attribute("correlate"));
        var other = places.putIfAbsent(binding.path(), place);
        if (other != null && !other.equals(place)) {
            twice(id, binding.path(), "another event with other settings");
        }
        hooks.add(new MessageHook(id, message, USE, connection, settings.value(), correlation));
    }

    private void twice(String id, String path, String who) {
        in.problems.error(
                id,
                "webhook-path-twice",
                "/hooks/" + Compilation.clip(path) + " is the address of " + who
                        + " of this workflow: choose another.");
    }

    private @Nullable Expression correlation(String id, @Nullable String text) {
        if (text == null || text.isBlank()) {
            in.problems.error(
                    id,
                    "correlation-missing",
                    "Which run is a request for? Say it in correlate, as {{ request.body.orderId }}.");
            return null;
        }
        try {
            var compiled = Compiled.braced(text);
            if (!compiled.parameters().isEmpty()
                    || compiled.paths().stream()
                            .anyMatch(path -> !path.getFirst().equals("request"))) {
                in.problems.error(
                        id,
                        "invalid-expression",
                        "correlate can read nothing but the request, as request.body.orderId.");
            }
            return compiled.value();
        } catch (ExpressionInvalid e) {
            in.problems.error(id, "invalid-expression", "correlate of cadre:webhook: " + e.getMessage());
            return null;
        }
    }

    /** After everything is compiled: no event is told where the workflow starts, and none has a webhook in vain. */
    void check(Element process, Scope body) {
        misplaced(process);
        if (places.isEmpty()) {
            return;
        }
        for (var node : body.nodes()) {
            if (node instanceof Node.Start start) {
                var binding = binding(start);
                if (binding != null && places.containsKey(binding.path())) {
                    twice(start.id(), binding.path(), "a message event");
                }
            }
        }
    }

    private void misplaced(Element element) {
        for (var child : element.children()) {
            if (child.isBpmn()) {
                var id = child.id();
                if (child.firstCadre("webhook").isPresent() && (id == null || !seen.contains(id))) {
                    in.problems.error(
                            id, "extension-misplaced", "cadre:webhook belongs on an event that waits for a message.");
                }
                misplaced(child);
            }
        }
    }

    private static HttpTrigger.@Nullable Binding binding(
            Optional<StepType> type, @Nullable Compiled<Template> settings) {
        return settings == null || !settings.paths().isEmpty() ? null : binding(type, settings.document());
    }

    private HttpTrigger.@Nullable Binding binding(Node.Start start) {
        try {
            return binding(in.stepType(start.use()), start.settings().evaluate(Map.of()));
        } catch (StepException e) {
            return null; // expressions in settings are said elsewhere
        }
    }

    @SuppressWarnings("unchecked")
    private static HttpTrigger.@Nullable Binding binding(Optional<StepType> type, @Nullable Object settings) {
        if (type.isEmpty()
                || !(type.get().performer() instanceof TriggerPerformer trigger)
                || !(settings instanceof Map<?, ?> values)) {
            return null;
        }
        try {
            return trigger.binding((Map<String, Object>) values);
        } catch (StepException e) {
            return null; // what is wrong with the settings is said elsewhere
        }
    }
}
