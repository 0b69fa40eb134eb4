package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Scope;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A workflow definition with its elements at hand: by id, by what encloses them, by what catches their errors. */
public final class Plan {

    private final WorkflowDefinition definition;
    private final boolean plain;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Flow> flows = new HashMap<>();
    private final Map<String, Node.Group> around = new HashMap<>();
    private final Map<String, List<Node.ErrorBoundary>> boundaries = new HashMap<>();

    public Plan(WorkflowDefinition definition) {
        this.definition = definition;
        index(definition.body());
        this.plain = isPlain(definition.body());
    }

    private void index(Scope scope) {
        scope.flows().forEach(flow -> flows.put(flow.id(), flow));
        for (var node : scope.nodes()) {
            nodes.put(node.id(), node);
            if (node instanceof Node.ErrorBoundary boundary) {
                boundaries
                        .computeIfAbsent(boundary.attachedTo(), _ -> new ArrayList<>())
                        .add(boundary);
            }
            if (node instanceof Node.Group group) {
                group.body().nodes().forEach(inner -> around.put(inner.id(), group));
                index(group.body());
            }
        }
    }

    public WorkflowDefinition definition() {
        return definition;
    }

    /** The element where a run starts. */
    public Node.Start start() {
        return definition.body().nodes().stream()
                .filter(Node.Start.class::isInstance)
                .map(Node.Start.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A compiled workflow has a start"));
    }

    /** Whether a sub-process is repeated for each item of a list, so that the run may have very many executions. */
    public boolean repeatsGroups() {
        return nodes.values().stream().anyMatch(node -> node instanceof Node.Group group && group.each() != null);
    }

    /**
     * Whether a run has one token at any time and nothing around it that waits too: steps, ends and exclusive gateways
     * in a line, no sub-process, no boundary, no fork.
     */
    public boolean isPlain() {
        return plain;
    }

    private static boolean isPlain(Scope scope) {
        var left = new HashMap<String, Integer>();
        scope.flows().forEach(flow -> left.merge(flow.source(), 1, Integer::sum));
        return scope.nodes().stream().allMatch(node -> switch (node) {
            case Node.Start _, Node.Step _, Node.End _ -> left.getOrDefault(node.id(), 0) <= 1;
            case Node.Gateway gateway -> gateway.kind() == Node.Gateway.Kind.EXCLUSIVE;
            case Node.Group _, Node.ErrorBoundary _ -> false;
        });
    }

    public Node node(String elementId) {
        var node = nodes.get(elementId);
        if (node == null) {
            throw new IllegalArgumentException("No element " + elementId + " in workflow "
                    + definition.workflow().value() + " revision " + definition.revision());
        }
        return node;
    }

    public Flow flow(String flowId) {
        var flow = flows.get(flowId);
        if (flow == null) {
            throw new IllegalArgumentException("No sequence flow " + flowId);
        }
        return flow;
    }

    /** The sub-process that an element is directly in. */
    public Optional<Node.Group> around(String elementId) {
        return Optional.ofNullable(around.get(elementId));
    }

    /** Whether an error boundary on the element, or on a sub-process around it, catches the code. */
    public boolean catches(String elementId, String code) {
        for (var id = Optional.of(elementId);
                id.isPresent();
                id = around(id.get()).map(Node::id)) {
            var caught = boundaries.getOrDefault(id.get(), List.of()).stream()
                    .anyMatch(boundary ->
                            boundary.errorCode() == null || boundary.errorCode().equals(code));
            if (caught) {
                return true;
            }
        }
        return false;
    }
}
