package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Expression;
import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Node.Gateway.Kind;
import dev.cadre.platform.workflow.Scope;
import dev.cadre.platform.workflow.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the elements of a process or of a sub-process. */
final class ScopeCompiler {

    private final Compilation in;
    private final StepCompiler steps;
    private final ForeignCheck foreign;

    ScopeCompiler(Compilation in) {
        this.in = in;
        this.steps = new StepCompiler(in);
        this.foreign = new ForeignCheck(in.problems);
    }

    Scope compile(Element scope, boolean process) {
        var drawn = new HashMap<String, Element>();
        scope.children().stream()
                .filter(child -> child.isBpmn() && child.id() != null)
                .forEach(child -> drawn.putIfAbsent(id(child), child));
        var nodes = new ArrayList<Node>();
        var flows = new ArrayList<Flow>();
        for (var child : scope.children()) {
            if (!child.isBpmn()) {
                in.problems.warning(
                        scope.id(), "foreign-element", "<" + child.name() + "> of another namespace is kept, not run.");
            } else if (child.isBpmn("sequenceFlow")) {
                foreign.check(child, scope);
                var flow = flow(child, drawn);
                if (flow != null) {
                    flows.add(flow);
                }
            } else if (!Dialect.PARTS.contains(child.name())) {
                foreign.check(child, scope);
                var node = node(child, drawn, process);
                if (node != null) {
                    nodes.add(node);
                }
            }
        }
        return new Scope(List.copyOf(nodes), List.copyOf(flows));
    }

    private static String id(Element element) {
        var id = element.id();
        return id == null ? "" : id;
    }

    private @Nullable Node node(Element element, Map<String, Element> drawn, boolean process) {
        var name = element.name();
        if (Dialect.KEPT.contains(name)) {
            in.problems.warning(
                    element.id(), "not-executed", "<" + name + "> is kept in the file and has no effect on a run.");
            return null;
        }
        var refused = Dialect.REFUSED.get(name);
        if (refused != null) {
            in.problems.error(element.id(), "element-not-available", refused);
            return null;
        }
        var id = id(element);
        if (!known(name)) {
            in.problems.error(element.id(), "unknown-element", "<" + name + "> is not an element of the dialect.");
            return null;
        }
        if (id.isBlank()) {
            in.problems.error(null, "id-missing", "A <" + name + "> has no id.");
            return null;
        }
        refuseCompensation(element, id);
        boolean boundary = drawn.values().stream()
                .anyMatch(other -> other.isBpmn("boundaryEvent") && id.equals(other.attribute("attachedToRef")));
        return switch (name) {
            case "startEvent" -> start(element, id, process);
            case "endEvent" -> end(element, id);
            case "subProcess" -> group(element, id);
            case "intermediateCatchEvent" -> timer(element, id);
            case "boundaryEvent" -> boundary(element, id, drawn);
            case "exclusiveGateway" -> gateway(element, id, Kind.EXCLUSIVE);
            case "inclusiveGateway" -> gateway(element, id, Kind.INCLUSIVE);
            case "parallelGateway" -> gateway(element, id, Kind.PARALLEL);
            default -> steps.step(element, id, boundary);
        };
    }

    private static boolean known(String name) {
        return Dialect.ACTIVITIES.contains(name)
                || Dialect.GATEWAYS.contains(name)
                || name.equals("startEvent")
                || name.equals("endEvent")
                || name.equals("intermediateCatchEvent")
                || name.equals("boundaryEvent");
    }

    private void refuseCompensation(Element element, String id) {
        if ("true".equals(element.attribute("isForCompensation"))) {
            in.problems.error(id, "compensation-not-available", "Compensation does not run yet.");
        }
    }

    private Node start(Element element, String id, boolean process) {
        for (var event : events(element)) {
            if (!process || !event.isBpmn("messageEventDefinition")) {
                in.problems.error(
                        id,
                        "event-not-available",
                        "A start event with a " + Dialect.EVENTS.get(event.name()) + " does not run "
                                + (process ? "yet: start by hand or by a webhook." : "inside a sub-process."));
            }
        }
        var trigger = element.firstCadre("trigger").orElse(null);
        var use = trigger == null ? null : trigger.attribute("use");
        if (trigger == null || use == null || use.isBlank()) {
            return new Node.Start(id, element.label(), "manual", Compilation.EMPTY);
        }
        if (!process) {
            in.problems.error(id, "trigger-inside", "The start of a sub-process has no trigger.");
        }
        var type = in.stepType(use).filter(known -> known.kind() == StepType.Kind.TRIGGER);
        if (use.equals("schedule")) {
            in.problems.error(
                    id,
                    "trigger-not-available",
                    "The trigger schedule does not run yet: start by hand or by a webhook.");
        } else if (type.isEmpty() && !use.equals("manual")) {
            in.problems.error(
                    id, "unknown-trigger", "No enabled plugin offers the trigger \"" + Compilation.clip(use) + "\".");
        }
        var settings = in.json(id, trigger);
        if (settings != null) {
            type.ifPresent(known -> new InputCheck(in.problems, id, known.inputSchema()).check(settings.document()));
            if (!settings.paths().isEmpty()) {
                in.problems.error(
                        id, "expression-in-trigger", "The settings of a trigger are fixed: nothing has run before it.");
            }
        }
        Template template = settings == null ? Compilation.EMPTY : settings.value();
        return new Node.Start(id, element.label(), use, template);
    }

    private Node end(Element element, String id) {
        for (var event : events(element)) {
            in.problems.error(
                    id,
                    "event-not-available",
                    "An end event with a " + Dialect.EVENTS.get(event.name()) + " does not run yet: use a plain one.");
        }
        var output = element.firstCadre("output").map(it -> in.json(id, it)).orElse(null);
        return new Node.End(id, element.label(), output == null ? null : output.value());
    }

    private @Nullable Node group(Element element, String id) {
        if ("true".equals(element.attribute("triggeredByEvent"))) {
            in.problems.error(id, "element-not-available", "Event sub-processes do not run yet.");
            return null;
        }
        for (var option : List.of("retry", "timeout", "onError", "step")) {
            if (element.firstCadre(option).isPresent()) {
                in.problems.error(
                        id, "not-on-sub-process", "cadre:" + option + " belongs on a step inside the sub-process.");
            }
        }
        return new Node.Group(id, element.label(), compile(element, false), steps.each(element, id));
    }

    private @Nullable Node timer(Element element, String id) {
        var events = events(element);
        if (events.size() != 1 || !events.getFirst().isBpmn("timerEventDefinition")) {
            var kind = events.isEmpty()
                    ? "nothing to wait for"
                    : "a " + Dialect.EVENTS.get(events.getFirst().name());
            in.problems.error(
                    id,
                    "event-not-available",
                    "An intermediate event with " + kind + " does not run yet: use a timer.");
            return null;
        }
        var wait = element.firstCadre("wait").or(() -> events.getFirst().firstCadre("wait"));
        if (wait.isEmpty()) {
            in.problems.error(id, "wait-missing", "How long? Say it in cadre:wait, as PT10M, or as an expression.");
            return null;
        }
        if (events.getFirst().children().stream()
                .anyMatch(child -> child.isBpmn() && child.name().startsWith("time"))) {
            in.problems.warning(
                    id, "not-executed", "The timer's own time is kept and has no effect: cadre:wait says how long.");
        }
        return steps.timer(element, id, wait.get());
    }

    private @Nullable Node boundary(Element element, String id, Map<String, Element> drawn) {
        var events = events(element);
        if (events.size() != 1 || !events.getFirst().isBpmn("errorEventDefinition")) {
            var kind = events.isEmpty()
                    ? "no event"
                    : "a " + Dialect.EVENTS.get(events.getFirst().name());
            in.problems.error(
                    id,
                    "event-not-available",
                    "A boundary event with " + kind + " does not run yet: use an error event.");
            return null;
        }
        var attachedTo = element.attribute("attachedToRef");
        var activity = attachedTo == null ? null : drawn.get(attachedTo);
        if (attachedTo == null || activity == null || !Dialect.ACTIVITIES.contains(activity.name())) {
            in.problems.error(
                    id,
                    "boundary-on-non-activity",
                    "An error boundary event must be attached to a step or a sub-process.");
            return null;
        }
        if ("false".equals(element.attribute("cancelActivity"))) {
            in.problems.error(
                    id, "boundary-not-interrupting", "An error always ends the step: set cancelActivity to true.");
        }
        var reference = events.getFirst().attribute("errorRef");
        if (reference == null || reference.isBlank()) {
            return new Node.ErrorBoundary(id, element.label(), attachedTo, null);
        }
        var error = in.errors.get(reference);
        var code = error == null ? null : error.code();
        if (code == null) {
            in.problems.error(
                    id,
                    "unknown-error",
                    "The error \"" + Compilation.clip(reference) + "\" is not defined with an errorCode.");
        }
        return new Node.ErrorBoundary(id, element.label(), attachedTo, code);
    }

    private Node gateway(Element element, String id, Kind kind) {
        var standard = element.attribute("default");
        if (kind == Kind.PARALLEL && standard != null) {
            in.problems.warning(
                    id, "default-ignored", "A parallel gateway takes every way: its default has no meaning.");
            return new Node.Gateway(id, element.label(), kind, null);
        }
        return new Node.Gateway(id, element.label(), kind, standard == null || standard.isBlank() ? null : standard);
    }

    private @Nullable Flow flow(Element element, Map<String, Element> drawn) {
        var id = id(element);
        var source = element.attribute("sourceRef");
        var target = element.attribute("targetRef");
        if (id.isBlank() || source == null || target == null) {
            in.problems.error(element.id(), "dangling-flow", "A sequence flow needs an id, a source and a target.");
            return null;
        }
        var condition = element.bpmn("conditionExpression")
                .map(it -> it.text().strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
        Expression compiled =
                condition == null ? null : in.expression(id, condition, "The condition", "invalid-condition");
        var from = drawn.get(source);
        if (condition != null
                && from != null
                && !from.name().equals("exclusiveGateway")
                && !from.name().equals("inclusiveGateway")) {
            in.problems.error(
                    id,
                    "condition-outside-gateway",
                    "Only the flows of exclusive and inclusive gateways have conditions: put a gateway before it.");
        }
        return new Flow(id, source, target, compiled);
    }

    private static List<Element> events(Element element) {
        return element.children().stream()
                .filter(child -> child.isBpmn() && child.name().endsWith("EventDefinition")
                        || child.isBpmn("eventDefinitionRef"))
                .toList();
    }
}
