package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles an ad-hoc sub-process: an agent whose tools are the activities inside it. It becomes a group with a step, at
 * which the agent's token stays from turn to turn, and a group beside it for each tool, which begins at every call.
 */
final class AgentCompiler {

    private final Compilation in;
    private final StepCompiler steps;

    AgentCompiler(Compilation in, StepCompiler steps) {
        this.in = in;
        this.steps = steps;
    }

    /** {@code inner} is what is drawn inside, compiled as it stands there. */
    Node.Group compile(Element host, String id, Scope inner, boolean hasBoundary) {
        var drawn = new HashMap<String, Element>();
        host.children().stream()
                .filter(child -> child.isBpmn() && child.id() != null)
                .forEach(child -> drawn.putIfAbsent(ScopeCompiler.id(child), child));
        var turn = steps.agent(host, id, hasBoundary);
        var nodes = new ArrayList<Node>();
        nodes.add(new Node.Start(Lowered.start(id), host.label(), "manual", null, Compilation.EMPTY));
        if (turn != null) {
            nodes.add(turn);
        }
        nodes.add(new Node.End(Lowered.end(id), host.label(), null, new Node.Ending.Plain()));
        var flows = List.of(
                new Flow(Lowered.flow(id), Lowered.start(id), Lowered.turn(id), null),
                new Flow(Lowered.done(id), Lowered.turn(id), Lowered.end(id), null));
        var tools = new ArrayList<Node.Tool>();
        for (var part : parts(inner)) {
            tool(part, inner, drawn, nodes, tools);
        }
        if (tools.isEmpty()) {
            in.problems.warning(
                    id, "no-tools", "\"" + host.label() + "\" has no tools: draw the steps that it may use inside it.");
        }
        return new Node.Group(
                id,
                host.label(),
                new Scope(List.copyOf(nodes), flows, inner.handlers(), List.of()),
                steps.each(host, id),
                new Node.Role.Agent(
                        Lowered.turn(id), List.copyOf(tools), "Sequential".equals(host.attribute("ordering"))));
    }

    /** The elements that hang together, in the order in which they are drawn. */
    private List<List<Node>> parts(Scope inner) {
        var groupOf = new LinkedHashMap<String, List<Node>>();
        inner.nodes().forEach(node -> groupOf.put(node.id(), new ArrayList<>(List.of(node))));
        for (var flow : inner.flows()) {
            if (!groupOf.containsKey(flow.source()) && !groupOf.containsKey(flow.target())) {
                in.problems.error(flow.id(), "dangling-flow", "The flow leads from and to what does not exist.");
            }
            join(groupOf, flow.source(), flow.target());
        }
        for (var node : inner.nodes()) {
            if (node instanceof Node.Boundary boundary) {
                join(groupOf, boundary.attachedTo(), boundary.id());
            }
        }
        return groupOf.values().stream()
                .distinct()
                .map(part -> inner.nodes().stream().filter(part::contains).toList())
                .toList();
    }

    private static void join(Map<String, List<Node>> groupOf, String one, String other) {
        var first = groupOf.get(one);
        var second = groupOf.get(other);
        if (first != null && second != null && first != second) {
            first.addAll(second);
            second.forEach(node -> groupOf.put(node.id(), first));
        }
    }

    private void tool(
            List<Node> part, Scope inner, Map<String, Element> drawn, List<Node> nodes, List<Node.Tool> tools) {
        var root = root(part, inner, drawn);
        var schema = schema(part, inner, drawn);
        if (root == null) {
            return;
        }
        var element = Objects.requireNonNull(drawn.get(root.id()));
        var group = Lowered.call(root.id());
        nodes.add(new Node.Group(
                group,
                root.name(),
                body(root, part, inner),
                null,
                new Node.Role.Call(root.id(), part.size() == 1, tells(element, root.id()))));
        tools.add(new Node.Tool(group, root.id(), description(element, root.id()), schema));
    }

    /** The one activity of a part that no flow leads to, null (and a problem) where it is not so. */
    private @Nullable Node root(List<Node> part, Scope inner, Map<String, Element> drawn) {
        var roots = part.stream()
                .filter(node -> !(node instanceof Node.Boundary))
                .filter(node ->
                        inner.flows().stream().noneMatch(flow -> flow.target().equals(node.id())))
                .toList();
        if (roots.isEmpty()) {
            in.problems.error(
                    part.getFirst().id(),
                    "no-tool",
                    "These elements lead in a circle: the first one has no flow to it.");
            return null;
        }
        if (roots.size() > 1) {
            in.problems.error(
                    roots.get(1).id(),
                    "tools-joined",
                    "\"" + roots.getFirst().name() + "\" and \"" + roots.get(1).name()
                            + "\" lead to the same element: what follows a tool belongs to one tool.");
            return null;
        }
        var root = roots.getFirst();
        var element = drawn.get(root.id());
        if (element == null || !Dialect.ACTIVITIES.contains(element.name())) {
            in.problems.error(
                    root.id(),
                    "not-a-tool",
                    "\"" + root.name() + "\" can't be a tool: only steps, user tasks, calls and sub-processes can.");
            return null;
        }
        return root;
    }

    private static Scope body(Node root, List<Node> part, Scope inner) {
        var ids = new HashSet<String>();
        part.forEach(node -> ids.add(node.id()));
        var start = new Node.Start(Lowered.start(root.id()), root.name(), "manual", null, Compilation.EMPTY);
        var end = new Node.End(Lowered.end(root.id()), root.name(), null, new Node.Ending.Plain());
        var flows = new ArrayList<Flow>();
        flows.add(new Flow(Lowered.flow(root.id()), start.id(), root.id(), null));
        inner.flows().stream()
                .filter(flow -> ids.contains(flow.source()) || ids.contains(flow.target()))
                .forEach(flows::add);
        part.stream()
                .filter(node -> node instanceof Node.Step
                        || node instanceof Node.Group
                        || node instanceof Node.Escalate
                        || node instanceof Node.Compensate)
                .filter(node ->
                        inner.flows().stream().noneMatch(flow -> flow.source().equals(node.id())))
                .forEach(node -> flows.add(new Flow(Lowered.done(node.id()), node.id(), end.id(), null)));
        var nodes = new ArrayList<Node>(part);
        nodes.add(start);
        nodes.add(end);
        return new Scope(
                List.copyOf(nodes),
                List.copyOf(flows),
                List.of(),
                inner.compensations().stream()
                        .filter(compensation -> ids.contains(compensation.activity()))
                        .toList());
    }

    private boolean tells(Element element, String id) {
        var onError = element.firstCadre("onError").map(it -> it.text().strip());
        if (element.name().endsWith("ubProcess")
                && onError.filter(text -> !text.equals("fail")).isPresent()) {
            in.problems.error(
                    id,
                    "invalid-on-error",
                    "cadre:onError of a tool with steps of its own may be fail; without it the model is told.");
        }
        return onError.filter(text -> text.equals("fail")).isEmpty();
    }

    private String description(Element element, String id) {
        var documentation = element.bpmn("documentation")
                .map(it -> it.text().strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
        var name = element.attribute("name");
        if (documentation.isPresent()) {
            return documentation.get();
        }
        if (name == null || name.isBlank()) {
            in.problems.error(
                    id,
                    "tool-description-missing",
                    "The model must know what the tool is for: give it a name or a documentation.");
            return "";
        }
        return name.strip();
    }

    private Map<String, Object> schema(List<Node> part, Scope inner, Map<String, Element> drawn) {
        var ids = new HashSet<String>();
        part.forEach(node -> ids.add(node.id()));
        inner.flows().stream()
                .filter(flow -> ids.contains(flow.source()))
                .map(Flow::id)
                .forEach(ids::add);
        inner.compensations().stream()
                .filter(compensation -> ids.contains(compensation.activity()))
                .forEach(compensation -> ids.add(compensation.handler().id()));
        List.copyOf(ids).forEach(id -> inside(drawn.get(id), ids));
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var wish : in.takeWishes(ids::contains)) {
            for (var parameter : wish.parameters()) {
                var known = properties.putIfAbsent(parameter.name(), parameter.schema());
                if (known != null && !known.equals(parameter.schema())) {
                    in.problems.error(
                            wish.elementId(),
                            "from-ai-differs",
                            "fromAi('" + parameter.name() + "') is described in two ways in one tool.");
                }
                if (parameter.required() && !required.contains(parameter.name())) {
                    required.add(parameter.name());
                }
            }
        }
        return Map.of("type", "object", "properties", properties, "required", required, "additionalProperties", false);
    }

    private static void inside(@Nullable Element element, Set<String> ids) {
        if (element != null) {
            element.children().stream().filter(Element::isBpmn).forEach(child -> {
                if (child.id() != null) {
                    ids.add(child.id());
                }
                inside(child, ids);
            });
        }
    }
}
