package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Expression;
import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Node.Gateway.Kind;
import dev.cadre.platform.workflow.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles the elements of a process or of a sub-process. */
final class ScopeCompiler {

    private static final List<String> NOT_ON_GROUP = List.of("retry", "timeout", "onError", "step", "agent", "budget");

    private final Compilation in;
    private final StepCompiler steps;
    private final EventCompiler events;
    private final StartCompiler starts;
    private final AgentCompiler agents;
    private final ForeignCheck foreign;

    /** What a scope is of: its start differs. */
    enum Of {
        PROCESS,
        GROUP,
        /** An event sub-process, whose start waits for an event. */
        HANDLER,
        /** An ad-hoc sub-process, in which each activity begins by itself. */
        AGENT
    }

    /** A scope while it is compiled. */
    private record Parts(
            Map<String, Element> drawn,
            List<Node> nodes,
            List<Flow> flows,
            List<Scope.Handler> handlers,
            List<Scope.Compensation> compensations) {

        Scope scope() {
            return new Scope(List.copyOf(nodes), List.copyOf(flows), List.copyOf(handlers), List.copyOf(compensations));
        }
    }

    ScopeCompiler(Compilation in) {
        this.in = in;
        this.steps = new StepCompiler(in);
        this.starts = new StartCompiler(in);
        this.events = new EventCompiler(in, steps);
        this.agents = new AgentCompiler(in, steps);
        this.foreign = new ForeignCheck(in.problems);
    }

    Scope compile(Element scope, Of of) {
        var parts =
                new Parts(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        scope.children().stream()
                .filter(child -> child.isBpmn() && child.id() != null)
                .forEach(child -> parts.drawn().putIfAbsent(id(child), child));
        for (var child : scope.children()) {
            if (!child.isBpmn()) {
                in.problems.warning(
                        scope.id(), "foreign-element", "<" + child.name() + "> of another namespace is kept, not run.");
            } else if (child.isBpmn("sequenceFlow")) {
                foreign.check(child, scope);
                var flow = flow(child, parts.drawn());
                if (flow != null) {
                    parts.flows().add(of == Of.HANDLER ? Lowered.fromStart(flow, parts.drawn()) : flow);
                }
            } else if (!Dialect.PARTS.contains(child.name())) {
                foreign.check(child, scope);
                element(child, scope, parts, of);
            }
        }
        new CompensationCompiler(in, steps).compile(scope, parts.drawn(), parts.compensations());
        return parts.scope();
    }

    static String id(Element element) {
        var id = element.id();
        return id == null ? "" : id;
    }

    private void element(Element element, Element scope, Parts parts, Of of) {
        if (CompensationCompiler.isLink(element, parts.drawn()) || !runs(element)) {
            return;
        }
        if (CompensationCompiler.isPart(element)) {
            return; // compiled together with what they belong to
        }
        var id = id(element);
        if (element.isBpmn("subProcess") && "true".equals(element.attribute("triggeredByEvent"))) {
            handler(element, id, id(scope), parts);
            return;
        }
        if (of == Of.AGENT && (element.isBpmn("startEvent") || element.isBpmn("endEvent"))) {
            in.problems.error(
                    id,
                    "not-in-agent",
                    "An ad-hoc sub-process has no start and no end event: the agent begins its activities, as tools.");
            return;
        }
        if (element.isBpmn("endEvent")) {
            end(element, id, parts);
            return;
        }
        var node = node(element, id, parts.drawn(), of);
        if (node != null) {
            parts.nodes().add(node);
        }
    }

    /** Whether the element has a meaning for a run; says so where not. */
    private boolean runs(Element element) {
        var name = element.name();
        if (Dialect.KEPT.contains(name)) {
            in.problems.warning(
                    element.id(), "not-executed", "<" + name + "> is kept in the file and has no effect on a run.");
            return false;
        }
        var refused = Dialect.REFUSED.get(name);
        if (refused != null) {
            in.problems.error(element.id(), "element-not-available", refused);
            return false;
        }
        if (!Dialect.RUN.contains(name)) {
            in.problems.error(element.id(), "unknown-element", "<" + name + "> is not an element of the dialect.");
            return false;
        }
        if (id(element).isBlank()) {
            in.problems.error(null, "id-missing", "A <" + name + "> has no id.");
            return false;
        }
        return true;
    }

    private @Nullable Node node(Element element, String id, Map<String, Element> drawn, Of of) {
        return switch (element.name()) {
            case "startEvent" ->
                of == Of.HANDLER
                        ? new Node.Start(Lowered.start(id), element.label(), "manual", null, Compilation.EMPTY)
                        : starts.start(element, id, of == Of.PROCESS);
            case "subProcess" -> group(element, id, Of.GROUP, of == Of.AGENT);
            case "adHocSubProcess" -> agents.compile(element, id, compile(element, Of.AGENT), catchesErrors(id, drawn));
            case "intermediateCatchEvent", "receiveTask" -> events.caught(element, id);
            case "intermediateThrowEvent" -> events.thrown(element, id);
            case "boundaryEvent" -> events.boundary(element, id, drawn);
            case "exclusiveGateway" -> gateway(element, id, Kind.EXCLUSIVE);
            case "inclusiveGateway" -> gateway(element, id, Kind.INCLUSIVE);
            case "parallelGateway" -> gateway(element, id, Kind.PARALLEL);
            case "eventBasedGateway" -> gateway(element, id, Kind.EVENT);
            case "callActivity" -> steps.call(element, id, catchesErrors(id, drawn));
            default -> steps.step(element, id, catchesErrors(id, drawn));
        };
    }

    /** Whether an error boundary event hangs on the activity. */
    private static boolean catchesErrors(String id, Map<String, Element> drawn) {
        return drawn.values().stream()
                .anyMatch(other -> other.isBpmn("boundaryEvent")
                        && id.equals(other.attribute("attachedToRef"))
                        && other.bpmn("errorEventDefinition").findAny().isPresent());
    }

    /** An end that tells something is two elements: what tells it, and a plain end behind it. */
    private void end(Element element, String id, Parts parts) {
        var before = events.beforeEnd(element, id);
        var output = element.firstCadre("output").map(it -> in.json(id, it)).orElse(null);
        var end = new Node.End(
                before == null ? id : Lowered.end(id),
                element.label(),
                output == null ? null : output.value(),
                events.ending(element, id));
        if (before != null) {
            parts.nodes().add(before);
            parts.flows().add(new Flow(Lowered.flow(id), id, end.id(), null));
        }
        parts.nodes().add(end);
    }

    private void handler(Element element, String id, String scopeId, Parts parts) {
        var body = group(element, id, Of.HANDLER, false);
        var starts = element.bpmn("startEvent").toList();
        if (body.each() != null) {
            in.problems.error(id, "loop-not-available", "An event sub-process can't be repeated for each item.");
        }
        if (starts.size() != 1) {
            in.problems.error(id, "handler-start", "An event sub-process has exactly one start event, with an event.");
            return;
        }
        var start = starts.getFirst();
        var boundary = events.handlerStart(start, id(start), scopeId);
        if (boundary != null) {
            parts.handlers().add(new Scope.Handler(boundary, new Node.Group(id, body.name(), body.body(), null)));
        }
    }

    private Node.Group group(Element element, String id, Of of, boolean tool) {
        for (var option : NOT_ON_GROUP) {
            if (element.firstCadre(option).isPresent() && !(tool && option.equals("onError"))) {
                in.problems.error(
                        id, "not-on-sub-process", "cadre:" + option + " belongs on a step inside the sub-process.");
            }
        }
        return new Node.Group(id, element.label(), compile(element, of), steps.each(element, id));
    }

    private Node gateway(Element element, String id, Kind kind) {
        var standard = element.attribute("default");
        if ((kind == Kind.PARALLEL || kind == Kind.EVENT) && standard != null) {
            in.problems.warning(
                    id, "default-ignored", "This gateway does not choose by conditions: its default has no meaning.");
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
}
