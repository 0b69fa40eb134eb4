package dev.cadre.platform.run.internal.journal;

import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Node.Catching;
import dev.cadre.platform.workflow.Scope;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A workflow definition with its elements at hand: by id, by what encloses them, by what catches their errors. */
public final class Plan {

    private static final String MESSAGE = "message";

    /** Where a run's time limit is, beside all drawn elements: no id holds a space. */
    public static final String TIME_LIMIT = "run timeout";

    private final WorkflowDefinition definition;
    private final ResumeLinks links;
    private final boolean plain;
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Flow> flows = new HashMap<>();
    private final Map<String, Node.Group> around = new HashMap<>();
    private final Map<String, List<Catching.Error>> boundaries = new HashMap<>();
    /** What event sub-processes catch, by the sub-process that they are in; the process itself is "". */
    private final Map<String, List<Catching.Error>> handlers = new HashMap<>();

    private final Set<String> handlerBodies = new HashSet<>();
    private final Map<String, Node.Step> compensations = new HashMap<>();
    private final Map<String, String> compensated = new HashMap<>();
    private final List<String> messageWaits = new ArrayList<>(0);
    private final Map<String, Node.Tool> tools = new HashMap<>(0);
    /** The agents by the steps at which their tokens stay. */
    private final Map<String, Node.Group> agents = new HashMap<>(0);

    Plan(WorkflowDefinition definition, ResumeLinks links) {
        this.definition = definition;
        this.links = links;
        index("", null, definition.body());
        this.plain = isPlain(definition.body());
        nodes.put(TIME_LIMIT, timeLimit());
    }

    private void index(String scopeId, Node.@Nullable Group group, Scope scope) {
        scope.flows().forEach(flow -> flows.put(flow.id(), flow));
        scope.elements().forEach(node -> {
            nodes.put(node.id(), node);
            if (group != null) {
                around.put(node.id(), group);
            }
            if (node instanceof Node.Boundary boundary && boundary.catching() instanceof Catching.Error error) {
                boundaries
                        .computeIfAbsent(boundary.attachedTo(), _ -> new ArrayList<>())
                        .add(error);
            }
            if (waits(node).filter(step -> step.use().equals(MESSAGE)).isPresent()) {
                messageWaits.add(node.id());
            }
        });
        for (var handler : scope.handlers()) {
            handlerBodies.add(handler.body().id());
            if (handler.start().catching() instanceof Catching.Error error) {
                handlers.computeIfAbsent(scopeId, _ -> new ArrayList<>()).add(error);
            }
        }
        scope.compensations().forEach(compensation -> {
            compensations.put(compensation.activity(), compensation.handler());
            compensated.put(compensation.handler().id(), compensation.activity());
        });
        scope.groups().forEach(inner -> {
            if (inner.role() instanceof Node.Role.Agent agent) {
                agents.put(agent.turn(), inner);
                agent.tools().forEach(tool -> tools.put(tool.name(), tool));
            }
            index(inner.id(), inner, inner.body());
        });
    }

    private static Node.Step timeLimit() {
        var once = new Node.Policy(1, Duration.ZERO, 1, Duration.ZERO, Duration.ofMinutes(1), Node.OnError.FAIL, null);
        return new Node.Step(TIME_LIMIT, "Time limit", TaskEntry.TIME_LIMIT, null, _ -> Map.of(), once, null);
    }

    private static Optional<Node.Step> waits(Node node) {
        return switch (node) {
            case Node.Step step -> Optional.of(step);
            case Node.Boundary boundary
            when boundary.catching() instanceof Catching.Event event -> Optional.of(event.step());
            default -> Optional.empty();
        };
    }

    public WorkflowDefinition definition() {
        return definition;
    }

    /** What expressions see as {@code run}: with where each message event is told, if the workflow has any. */
    Map<String, Object> facts(RunId run, Instant startedAt) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("id", run.value().toString());
        facts.put("startedAt", startedAt.toString());
        facts.put("workflow", definition.name());
        facts.put("version", definition.version());
        if (!messageWaits.isEmpty()) {
            var byElement = new LinkedHashMap<String, Object>();
            messageWaits.forEach(element -> byElement.put(element, links.of(run, element)));
            facts.put("resume", byElement);
        }
        return facts;
    }

    /** The elements that wait for a message. */
    public List<String> messageWaits() {
        return messageWaits;
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
        return scope.handlers().isEmpty()
                && scope.compensations().isEmpty()
                && scope.nodes().stream().allMatch(node -> switch (node) {
                    case Node.Start _, Node.Step _, Node.End _ -> left.getOrDefault(node.id(), 0) <= 1;
                    case Node.Gateway gateway -> gateway.kind() == Node.Gateway.Kind.EXCLUSIVE;
                    case Node.Group _, Node.Boundary _, Node.Escalate _, Node.Compensate _ -> false;
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

    /** Like {@link #node}, empty where the workflow has no such element. */
    public Optional<Node> find(String elementId) {
        return Optional.ofNullable(nodes.get(elementId));
    }

    /** The boundary events on an activity that wait for something. */
    public List<String> boundariesOf(String activityId) {
        return nodes.values().stream()
                .filter(node -> node instanceof Node.Boundary boundary
                        && boundary.catching() instanceof Catching.Event
                        && boundary.attachedTo().equals(activityId))
                .map(Node::id)
                .toList();
    }

    /** The step at an element: the step itself, or the one that an event there waits with. */
    public Node.Step step(String elementId) {
        return waits(node(elementId)).orElseThrow(() -> new IllegalArgumentException(elementId + " is no step"));
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

    /** Whether an element is in a sub-process, at any depth; everything is in the process, which is "". */
    boolean isWithin(String elementId, String scopeId) {
        if (scopeId.isEmpty()) {
            return true;
        }
        for (var group = around(elementId);
                group.isPresent();
                group = around(group.get().id())) {
            if (group.get().id().equals(scopeId)) {
                return true;
            }
        }
        return false;
    }

    /** The scope whose activities a compensation at the element undoes: an event sub-process speaks for the one it is in. */
    String compensatedScope(String elementId) {
        var group = around(elementId);
        if (group.isEmpty()) {
            return "";
        }
        return handlerBodies.contains(group.get().id())
                ? compensatedScope(group.get().id())
                : group.get().id();
    }

    /** How many items of a for-each sub-process are worked on at once. */
    public int parallelism(String groupId) {
        var each = ((Node.Group) node(groupId)).each();
        return each == null ? 1 : each.parallelism();
    }

    /** Whether what a boundary event waits for may happen more than once. */
    public boolean happensAgain(String boundaryId) {
        return !step(boundaryId).use().equals("delay");
    }

    /** What an item of the for-each at an element is called, empty for other elements. */
    Optional<String> itemName(String elementId) {
        var each = switch (node(elementId)) {
            case Node.Step step -> step.each();
            case Node.Group group -> group.each();
            default -> null;
        };
        return Optional.ofNullable(each).map(Node.Each::as);
    }

    /** The tool that an activity is, empty for other elements. */
    Optional<Node.Tool> tool(String elementId) {
        return Optional.ofNullable(tools.get(elementId));
    }

    /** The agent whose token stays at the step, null for other steps. */
    public Node.Role.@Nullable Agent agent(String stepId) {
        var group = agents.get(stepId);
        return group != null && group.role() instanceof Node.Role.Agent agent ? agent : null;
    }

    /** The name of an element's output: what an agent's step gives is what the agent gives. */
    String resultName(String elementId) {
        var agent = agents.get(elementId);
        if (agent == null) {
            return elementId;
        }
        return agent.each() == null ? agent.id() : TaskEntry.END;
    }

    /** What undoes an activity, empty where nothing does. */
    Optional<Node.Step> compensation(String activityId) {
        return Optional.ofNullable(compensations.get(activityId));
    }

    /** The activity that a handler undoes, empty for what is no handler. */
    Optional<String> compensated(String handlerId) {
        return Optional.ofNullable(compensated.get(handlerId));
    }

    /** Whether something on the element, or around it, catches the code. */
    public boolean catches(String elementId, String code) {
        for (var id = Optional.of(elementId);
                id.isPresent();
                id = around(id.get()).map(Node::id)) {
            if (catching(boundaries.get(id.get()), code)) {
                return true;
            }
            var group = around(id.get());
            if (!handlerBodies.contains(id.get())
                    && catching(handlers.get(group.map(Node::id).orElse("")), code)) {
                return true;
            }
            if (group.filter(it -> it.role() instanceof Node.Role.Call call && call.tells())
                    .isPresent()) {
                return true;
            }
            if (group.map(Node.Group::each)
                    .filter(each -> each.onItemError() == Node.OnItemError.CONTINUE)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static boolean catching(@Nullable List<Catching.Error> errors, String code) {
        return errors != null
                && errors.stream()
                        .anyMatch(error -> error.code() == null || error.code().equals(code));
    }
}
