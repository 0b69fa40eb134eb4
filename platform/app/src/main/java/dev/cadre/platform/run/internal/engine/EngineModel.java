package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Node.Catching;
import dev.cadre.platform.workflow.Scope;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.util.regex.Pattern;
import org.flowable.bpmn.model.Activity;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ErrorEventDefinition;
import org.flowable.bpmn.model.EscalationEventDefinition;
import org.flowable.bpmn.model.EventDefinition;
import org.flowable.bpmn.model.EventGateway;
import org.flowable.bpmn.model.ExclusiveGateway;
import org.flowable.bpmn.model.FlowElementsContainer;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.InclusiveGateway;
import org.flowable.bpmn.model.IntermediateCatchEvent;
import org.flowable.bpmn.model.MultiInstanceLoopCharacteristics;
import org.flowable.bpmn.model.ParallelGateway;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.Signal;
import org.flowable.bpmn.model.SignalEventDefinition;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.SubProcess;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a workflow to fresh engine BPMN: receive tasks, gateways, events and sub-processes with ids of a safe
 * alphabet, and nothing else. No name, text or expression of the drawn file is copied.
 *
 * <p>Two things are drawn anew. A scope with event sub-processes becomes a sub-process around its body, with their
 * starts as boundary events; so they wait, interrupt and end as boundary events do. An item of a for-each that may fail
 * alone gets a sub-process of its own whose boundary catches every failure; so does each call of an agent's tool, which
 * no flow leads to: {@link Engine#call} begins it beside the agent's token.
 */
final class EngineModel {

    /** Counts up when compiled definitions change, so that running instances keep theirs. */
    static final int FORMAT = 2;

    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}(\u00b7[a-z]{1,8})?");
    private static final Pattern SAFE_CODE = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /** The signal that stands for all waits; nobody ever throws it. No drawn element can have its id. */
    private static final String WAIT = "wait\u00b7all";

    private final BpmnModel model = new BpmnModel();

    private EngineModel() {}

    static String processKey(WorkflowDefinition definition) {
        return "w-" + definition.workflow().value();
    }

    static BpmnModel compile(WorkflowDefinition definition) {
        return new EngineModel().process(definition);
    }

    private BpmnModel process(WorkflowDefinition definition) {
        var process = new Process();
        process.setId(processKey(definition));
        process.setExecutable(true);
        process.setEnableEagerExecutionTreeFetching(true);
        model.setTargetNamespace("http://cadre.dev/engine");
        model.addSignal(new Signal(WAIT, WAIT));
        model.addProcess(process);
        fill(process, "run", definition.body());
        return model;
    }

    private void fill(FlowElementsContainer container, String id, Scope scope) {
        if (scope.handlers().isEmpty()) {
            draw(container, scope);
            return;
        }
        var body = new SubProcess();
        body.setId(Drawn.body(id));
        draw(body, scope);
        around(container, id, body);
        for (var handler : scope.handlers()) {
            var sub = new SubProcess();
            sub.setId(safe(handler.body().id()));
            fill(sub, sub.getId(), handler.body().body());
            container.addFlowElement(sub);
            attach(container, handler.start(), body);
            connect(container, Drawn.flow(handler.start().id()), handler.start().id(), sub.getId());
        }
    }

    /** A start in front of an activity and an end behind it. */
    private void around(FlowElementsContainer container, String id, SubProcess activity) {
        var start = new StartEvent();
        start.setId(Drawn.in(id));
        container.addFlowElement(start);
        container.addFlowElement(activity);
        container.addFlowElement(end(Drawn.out(id)));
        connect(container, Drawn.flow(start.getId()), start.getId(), activity.getId());
        connect(container, Drawn.flow(activity.getId()), activity.getId(), Drawn.out(id));
    }

    private static EndEvent end(String id) {
        var end = new EndEvent();
        end.setId(id);
        return end;
    }

    private void draw(FlowElementsContainer container, Scope scope) {
        for (var node : scope.nodes()) {
            if (!(node instanceof Node.Boundary)) {
                container.addFlowElement(compile(node, scope));
            }
        }
        for (var node : scope.nodes()) {
            if (node instanceof Node.Boundary boundary) {
                attach(container, boundary, (Activity) container.getFlowElement(boundary.attachedTo()));
            }
        }
        scope.flows().forEach(flow -> compile(flow, container));
    }

    private FlowNode compile(Node node, Scope scope) {
        var compiled = switch (node) {
            case Node.Start _ -> new StartEvent();
            case Node.End _ -> new EndEvent();
            case Node.Step step -> isRacing(step, scope) ? racing() : new ReceiveTask();
            case Node.Escalate _, Node.Compensate _ -> new ReceiveTask();
            case Node.Gateway gateway -> gateway(gateway);
            case Node.Group group -> group(group);
            case Node.Boundary boundary -> throw new IllegalArgumentException(boundary.id());
        };
        compiled.setId(safe(node.id()));
        return compiled;
    }

    private static boolean isRacing(Node.Step step, Scope scope) {
        return scope.flows().stream()
                .filter(flow -> flow.target().equals(step.id()))
                .anyMatch(flow -> scope.nodes().stream()
                        .anyMatch(node -> node instanceof Node.Gateway gateway
                                && gateway.kind() == Node.Gateway.Kind.EVENT
                                && gateway.id().equals(flow.source())));
    }

    private static FlowNode racing() {
        var event = new IntermediateCatchEvent();
        event.addEventDefinition(waiting());
        return event;
    }

    private static SignalEventDefinition waiting() {
        var definition = new SignalEventDefinition();
        definition.setSignalRef(WAIT);
        return definition;
    }

    private static FlowNode gateway(Node.Gateway gateway) {
        var compiled = switch (gateway.kind()) {
            case EXCLUSIVE -> new ExclusiveGateway();
            case INCLUSIVE -> new InclusiveGateway();
            case PARALLEL -> new ParallelGateway();
            case EVENT -> new EventGateway();
        };
        if (gateway.defaultFlow() != null) {
            compiled.setDefaultFlow(safe(gateway.defaultFlow()));
        }
        return compiled;
    }

    private FlowNode group(Node.Group group) {
        var compiled = new SubProcess();
        compiled.setId(safe(group.id()));
        if (group.role() instanceof Node.Role.Call call) {
            alone(compiled, group, call.tells());
            return compiled;
        }
        var each = group.each();
        if (each == null) {
            fill(compiled, group.id(), group.body());
            return compiled;
        }
        var loop = new MultiInstanceLoopCharacteristics();
        loop.setSequential(each.sequential());
        // The number of items is ours to say (EachBehaviors); the engine only asks that something stands here.
        loop.setLoopCardinality(ConditionExpressions.PREFIX + safe(group.id()));
        compiled.setLoopCharacteristics(loop);
        if (each.onItemError() == Node.OnItemError.FAIL) {
            fill(compiled, group.id(), group.body());
        } else {
            alone(compiled, group, true);
        }
        return compiled;
    }

    /** An item, or a call of a tool, with an end that tells of it; {@code caught} so that its failure ends nothing else. */
    private void alone(SubProcess compiled, Node.Group group, boolean caught) {
        var item = new SubProcess();
        item.setId(Drawn.item(group.id()));
        fill(item, group.id(), group.body());
        around(compiled, item.getId(), item);
        if (!caught) {
            return;
        }
        attach(compiled, Drawn.caught(group.id()), new ErrorEventDefinition(), true, item);
        compiled.addFlowElement(end(Drawn.failed(group.id())));
        connect(compiled, Drawn.flow(Drawn.caught(group.id())), Drawn.caught(group.id()), Drawn.failed(group.id()));
    }

    private void attach(FlowElementsContainer container, Node.Boundary boundary, Activity activity) {
        attach(container, safe(boundary.id()), definition(boundary.catching()), boundary.interrupting(), activity);
    }

    private static void attach(
            FlowElementsContainer container,
            String id,
            EventDefinition definition,
            boolean interrupting,
            Activity activity) {
        var event = new BoundaryEvent();
        event.setId(id);
        event.setCancelActivity(interrupting);
        event.setAttachedToRefId(activity.getId());
        event.setAttachedToRef(activity);
        event.addEventDefinition(definition);
        activity.getBoundaryEvents().add(event);
        container.addFlowElement(event);
    }

    private EventDefinition definition(Catching catching) {
        return switch (catching) {
            case Catching.Error error -> {
                var definition = new ErrorEventDefinition();
                if (error.code() != null) {
                    model.addError(safeCode(error.code()), error.code());
                    definition.setErrorCode(error.code());
                }
                yield definition;
            }
            case Catching.Escalation escalation -> {
                var definition = new EscalationEventDefinition();
                definition.setEscalationCode(safeCode(escalation.code()));
                yield definition;
            }
            case Catching.Event _ -> waiting();
        };
    }

    private static void compile(Flow flow, FlowElementsContainer container) {
        var compiled = connect(container, safe(flow.id()), safe(flow.source()), safe(flow.target()));
        if (flow.condition() != null) {
            compiled.setConditionExpression(ConditionExpressions.PREFIX + flow.id());
        }
    }

    private static SequenceFlow connect(FlowElementsContainer container, String id, String source, String target) {
        var flow = new SequenceFlow(source, target);
        flow.setId(id);
        ((FlowNode) container.getFlowElement(source)).getOutgoingFlows().add(flow);
        ((FlowNode) container.getFlowElement(target)).getIncomingFlows().add(flow);
        container.addFlowElement(flow);
        return flow;
    }

    private static String safe(String id) {
        if (!SAFE_ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Element id " + id);
        }
        return id;
    }

    private static @Nullable String safeCode(@Nullable String code) {
        if (code != null && !SAFE_CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("Code " + code);
        }
        return code;
    }
}
