package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Scope;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that expressions read what can be there: names in scope, and steps that can have run before. */
final class ReferenceCheck {

    private static final Set<String> NAMES = Set.of("trigger", "steps", "run", "vars");

    private final Compilation in;
    private final Set<String> outputs = new HashSet<>();
    private final Map<String, Set<String>> before = new HashMap<>();
    private final Map<String, Set<String>> itemNames = new HashMap<>();
    private final Map<String, String> sourceOfFlow = new HashMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();

    ReferenceCheck(Compilation in, Scope body) {
        this.in = in;
        collect(body, null, Set.of());
    }

    private void collect(Scope scope, Node.@Nullable Group around, Set<String> names) {
        for (var flow : scope.flows()) {
            isBefore(flow.source(), flow.target());
            sourceOfFlow.put(flow.id(), flow.source());
            itemNames.put(flow.id(), names);
        }
        scope.nodes().forEach(node -> collect(node, around, names));
        for (var handler : scope.handlers()) {
            collect(handler.start(), around, names);
            // It may begin at any time: whatever is in the scope may have run before.
            scope.nodes().forEach(node -> isBefore(node.id(), handler.start().id()));
            isBefore(handler.start().id(), handler.body().id());
            collect(handler.body(), around, names);
        }
        for (var compensation : scope.compensations()) {
            collect(compensation.handler(), around, names);
            isBefore(compensation.activity(), compensation.handler().id());
            scope.nodes().stream()
                    .filter(Node.Compensate.class::isInstance)
                    .forEach(undo -> isBefore(compensation.handler().id(), undo.id()));
        }
    }

    private void isBefore(String first, String then) {
        before.computeIfAbsent(then, id -> new LinkedHashSet<>()).add(first);
    }

    private void collect(Node node, Node.@Nullable Group around, Set<String> names) {
        var own = new HashSet<>(names);
        var each = each(node);
        if (each != null) {
            own.addAll(List.of("item", "index", each.as()));
        }
        if (node instanceof Node.Group group && group.role() instanceof Node.Role.Call) {
            own.add("toolCall");
        }
        itemNames.put(node.id(), own);
        switch (node) {
            case Node.Step step -> outputs.add(step.id());
            case Node.Group group -> {
                outputs.add(group.id());
                collect(group.body(), group, own);
                group.body().nodes().stream()
                        .filter(Node.End.class::isInstance)
                        .forEach(end -> isBefore(end.id(), group.id()));
                if (around != null
                        && group.role() instanceof Node.Role.Call
                        && around.role() instanceof Node.Role.Agent agent) {
                    isBefore(agent.turn(), group.id());
                }
            }
            case Node.Boundary boundary -> {
                outputs.add(boundary.id());
                isBefore(boundary.attachedTo(), boundary.id());
            }
            case Node.Start start -> {
                if (around != null) {
                    isBefore(around.id(), start.id());
                }
            }
            case Node.End end -> {}
            case Node.Gateway gateway -> {}
            case Node.Escalate escalate -> {}
            case Node.Compensate compensate -> {}
        }
    }

    private static Node.@Nullable Each each(Node node) {
        return switch (node) {
            case Node.Step step -> step.each();
            case Node.Group group -> group.each();
            case Node.Start start -> null;
            case Node.End end -> null;
            case Node.Gateway gateway -> null;
            case Node.Boundary boundary -> null;
            case Node.Escalate escalate -> null;
            case Node.Compensate compensate -> null;
        };
    }

    void check() {
        for (var reading : in.readings) {
            for (var path : reading.paths()) {
                check(reading.elementId(), path);
            }
        }
    }

    private void check(String elementId, List<String> path) {
        var root = path.getFirst();
        if (root.equals("steps") && path.size() > 1) {
            step(elementId, path.get(1));
        } else if (!NAMES.contains(root)
                && !itemNames.getOrDefault(elementId, Set.of()).contains(root)) {
            in.problems.warning(
                    elementId,
                    "unknown-name",
                    "Nothing is called \"" + Compilation.clip(root)
                            + "\" here. There are trigger, steps, run, vars, and item and index inside a for each.");
        }
    }

    private void step(String elementId, String stepId) {
        if (!outputs.contains(stepId)) {
            in.problems.error(
                    elementId,
                    "unknown-step",
                    "There is no step with the id \"" + Compilation.clip(stepId) + "\" to read from.");
            return;
        }
        var from = sourceOfFlow.getOrDefault(elementId, elementId);
        if (!(from.equals(stepId) && !from.equals(elementId)) && !before(from).contains(stepId)) {
            in.problems.warning(
                    elementId,
                    "step-not-before",
                    "The step \"" + stepId + "\" cannot have run before: its output is missing here.");
        }
    }

    private Set<String> before(String id) {
        return known.computeIfAbsent(id, start -> {
            var seen = new HashSet<String>();
            var queue = new ArrayDeque<>(before.getOrDefault(start, Set.of()));
            while (!queue.isEmpty()) {
                var one = queue.poll();
                if (seen.add(one)) {
                    queue.addAll(before.getOrDefault(one, Set.of()));
                }
            }
            return seen;
        });
    }
}
