package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks how the elements of one scope hang together: flows, starts and ends, gateways, loops. */
final class GraphCheck {

    private static final Set<String> EVENTS = Set.of(StepCompiler.DELAY, StepCompiler.MESSAGE, StepCompiler.SIGNAL);

    private final Problems problems;
    private final Set<String> everyId;
    private final Predicate<Node> instant;
    private final @Nullable String scopeId;
    private final Scope scope;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Set<String>> next = new HashMap<>();
    private final Map<String, List<Flow>> outgoing = new HashMap<>();
    private final Map<String, List<Flow>> incoming = new HashMap<>();

    /** {@code skipped} are elements of this scope that have problems of their own and so did not become nodes. */
    GraphCheck(
            Problems problems,
            Scope scope,
            @Nullable String scopeId,
            Set<String> everyId,
            Collection<String> skipped,
            Predicate<Node> instant) {
        this.problems = problems;
        this.scope = scope;
        this.scopeId = scopeId;
        this.everyId = everyId;
        this.instant = instant;
        scope.nodes().forEach(node -> nodes.putIfAbsent(node.id(), node));
        for (var flow : scope.flows()) {
            boolean sourceHere = nodes.containsKey(flow.source()) || skipped.contains(flow.source());
            boolean targetHere = nodes.containsKey(flow.target()) || skipped.contains(flow.target());
            if (!sourceHere || !targetHere) {
                dangling(flow, sourceHere ? flow.target() : flow.source());
            }
            outgoing.computeIfAbsent(flow.source(), id -> new ArrayList<>()).add(flow);
            incoming.computeIfAbsent(flow.target(), id -> new ArrayList<>()).add(flow);
            next.computeIfAbsent(flow.source(), id -> new LinkedHashSet<>()).add(flow.target());
        }
        for (var node : scope.nodes()) {
            if (node instanceof Node.Boundary boundary) {
                next.computeIfAbsent(boundary.attachedTo(), id -> new LinkedHashSet<>())
                        .add(boundary.id());
            }
        }
    }

    private void dangling(Flow flow, String end) {
        if (everyId.contains(end)) {
            problems.error(
                    flow.id(),
                    "flow-crosses-border",
                    "The flow leads across the border of a sub-process, or to what no flow can lead to.");
        } else {
            problems.error(
                    flow.id(),
                    "dangling-flow",
                    "The flow leads to \"" + Compilation.clip(end) + "\", which does not exist.");
        }
    }

    void check() {
        startsAndEnds();
        scope.nodes().forEach(this::ways);
        unreachable();
        loops();
    }

    private void startsAndEnds() {
        var starts = scope.nodes().stream().filter(Node.Start.class::isInstance).toList();
        if (starts.isEmpty()) {
            problems.error(scopeId, "no-start", "There is no start event: add one.");
        }
        starts.stream()
                .skip(1)
                .forEach(start -> problems.error(
                        start.id(), "several-starts", "There are several start events: a workflow has one."));
        if (scope.nodes().stream().noneMatch(Node.End.class::isInstance)) {
            problems.error(scopeId, "no-end", "There is no end event: add one.");
        }
    }

    private void ways(Node node) {
        var out = outgoing.getOrDefault(node.id(), List.of());
        boolean in = incoming.containsKey(node.id());
        switch (node) {
            case Node.Start start -> {
                if (in) {
                    problems.error(start.id(), "flow-into-start", "No flow may lead to a start event.");
                }
                needsWay(start, out);
            }
            case Node.End end -> {
                if (!out.isEmpty()) {
                    problems.error(end.id(), "flow-out-of-end", "No flow may lead out of an end event.");
                }
            }
            case Node.Boundary boundary -> {
                if (in) {
                    problems.error(boundary.id(), "flow-into-boundary", "No flow may lead to a boundary event.");
                }
                needsWay(boundary, out);
                duplicates(boundary);
            }
            case Node.Gateway gateway -> {
                needsWay(gateway, out);
                conditions(gateway, out);
            }
            case Node.Step step -> endsHere(step, out);
            case Node.Escalate escalate -> endsHere(escalate, out);
            case Node.Compensate compensate -> endsHere(compensate, out);
            case Node.Group group -> endsHere(group, out);
        }
    }

    private void needsWay(Node node, List<Flow> out) {
        if (out.isEmpty()) {
            problems.error(node.id(), "no-way-on", "\"" + node.name() + "\" leads nowhere: connect it.");
        }
    }

    private void endsHere(Node node, List<Flow> out) {
        if (out.isEmpty()) {
            problems.warning(node.id(), "ends-here", "Nothing follows \"" + node.name() + "\": this way ends here.");
        }
    }

    /** Of two that catch the same failure one would never be taken; any number may wait for events. */
    private void duplicates(Node.Boundary boundary) {
        if (boundary.catching() instanceof Node.Catching.Event) {
            return;
        }
        boolean again = scope.nodes().stream()
                .takeWhile(node -> node != boundary)
                .anyMatch(node -> node instanceof Node.Boundary other
                        && other.attachedTo().equals(boundary.attachedTo())
                        && other.catching().equals(boundary.catching()));
        if (again) {
            problems.error(boundary.id(), "duplicate-boundary", "Another boundary event of the step catches the same.");
        }
    }

    private void events(Node.Gateway gateway, List<Flow> out) {
        if (out.size() < 2) {
            problems.warning(
                    gateway.id(),
                    "one-event",
                    "Only one event follows \"" + gateway.name() + "\": it needs no gateway.");
        }
        for (var flow : out) {
            boolean event = nodes.get(flow.target()) instanceof Node.Step step && EVENTS.contains(step.use());
            if (!event) {
                problems.error(
                        flow.id(),
                        "not-an-event",
                        "Behind an event-based gateway only timers, messages and signals may follow.");
            } else if (incoming.getOrDefault(flow.target(), List.of()).size() > 1) {
                problems.error(
                        flow.target(),
                        "event-shared",
                        "An event behind an event-based gateway has one flow that leads to it.");
            }
        }
    }

    private void conditions(Node.Gateway gateway, List<Flow> out) {
        var standard = gateway.defaultFlow();
        if (standard != null && out.stream().noneMatch(flow -> flow.id().equals(standard))) {
            problems.error(gateway.id(), "unknown-default", "The default of the gateway is none of its flows.");
        }
        if (gateway.kind() == Node.Gateway.Kind.EVENT) {
            events(gateway, out);
            return;
        }
        if (gateway.kind() == Node.Gateway.Kind.PARALLEL || out.size() < 2) {
            return;
        }
        for (var flow : out) {
            if (flow.condition() == null && !flow.id().equals(standard)) {
                problems.error(
                        flow.id(),
                        "condition-missing",
                        "The flow needs a condition, as {{ trigger.body.total > 100 }}, or must be the default of \""
                                + gateway.name() + "\".");
            }
        }
        if (standard == null) {
            problems.warning(
                    gateway.id(),
                    "no-default",
                    "When no condition holds the run fails: choose a default flow for \"" + gateway.name() + "\".");
        }
    }

    private void unreachable() {
        var reached = new HashSet<String>();
        var queue = new ArrayDeque<String>();
        scope.nodes().stream().filter(Node.Start.class::isInstance).forEach(start -> queue.add(start.id()));
        if (queue.isEmpty()) {
            return;
        }
        while (!queue.isEmpty()) {
            var id = queue.poll();
            if (reached.add(id)) {
                queue.addAll(next.getOrDefault(id, Set.of()));
            }
        }
        for (var node : scope.nodes()) {
            if (!reached.contains(node.id())) {
                problems.error(
                        node.id(), "unreachable", "No way leads to \"" + node.name() + "\": connect it or remove it.");
            }
        }
    }

    private void loops() {
        for (var circle : new Circles(next, nodes.keySet(), id -> true).list()) {
            boolean leaves = circle.stream()
                    .anyMatch(id -> next.getOrDefault(id, Set.of()).stream().anyMatch(to -> !circle.contains(to)));
            var first = circle.iterator().next();
            if (!leaves) {
                problems.error(first, "endless-loop", "The loop never ends: no way leads out of it.");
            } else {
                problems.warning(first, "loop", "This is a loop: make sure that a condition ends it.");
            }
        }
        for (var circle : new Circles(next, nodes.keySet(), this::isInstant).list()) {
            problems.error(
                    circle.iterator().next(),
                    "endless-loop",
                    "The loop holds nothing that waits, so its data never changes: put a durable step, as delay, into it.");
        }
    }

    private boolean isInstant(String id) {
        var node = nodes.get(id);
        return node != null && instant.test(node);
    }
}
