package dev.cadre.platform.run.internal.engine;

import dev.cadre.platform.workflow.Flow;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Scope;
import dev.cadre.platform.workflow.WorkflowDefinition;
import java.util.regex.Pattern;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ErrorEventDefinition;
import org.flowable.bpmn.model.ExclusiveGateway;
import org.flowable.bpmn.model.FlowElementsContainer;
import org.flowable.bpmn.model.FlowNode;
import org.flowable.bpmn.model.InclusiveGateway;
import org.flowable.bpmn.model.MultiInstanceLoopCharacteristics;
import org.flowable.bpmn.model.ParallelGateway;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.ReceiveTask;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.SubProcess;

/**
 * Compiles a workflow to fresh engine BPMN: receive tasks, gateways, events and sub-processes with ids of a safe
 * alphabet, and nothing else. No name, text or expression of the drawn file is copied.
 */
final class EngineModel {

    /** Counts up when compiled definitions change, so that running instances keep theirs. */
    static final int FORMAT = 1;

    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern SAFE_CODE = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private EngineModel() {}

    static String processKey(WorkflowDefinition definition) {
        return "w-" + definition.workflow().value();
    }

    static BpmnModel compile(WorkflowDefinition definition) {
        var process = new Process();
        process.setId(processKey(definition));
        process.setExecutable(true);
        process.setEnableEagerExecutionTreeFetching(true);
        var model = new BpmnModel();
        model.setTargetNamespace("http://cadre.dev/engine");
        model.addProcess(process);
        fill(process, definition.body(), model);
        return model;
    }

    private static void fill(FlowElementsContainer container, Scope scope, BpmnModel model) {
        for (var node : scope.nodes()) {
            if (!(node instanceof Node.ErrorBoundary)) {
                container.addFlowElement(compile(node, model));
            }
        }
        for (var node : scope.nodes()) {
            if (node instanceof Node.ErrorBoundary boundary) {
                attach(container, boundary, model);
            }
        }
        scope.flows().forEach(flow -> container.addFlowElement(compile(flow, container)));
    }

    private static FlowNode compile(Node node, BpmnModel model) {
        var compiled = switch (node) {
            case Node.Start _ -> new StartEvent();
            case Node.End _ -> new EndEvent();
            case Node.Step _ -> new ReceiveTask();
            case Node.Gateway gateway -> gateway(gateway);
            case Node.Group group -> group(group, model);
            case Node.ErrorBoundary boundary -> throw new IllegalArgumentException(boundary.id());
        };
        compiled.setId(safe(node.id()));
        return compiled;
    }

    private static FlowNode gateway(Node.Gateway gateway) {
        var compiled = switch (gateway.kind()) {
            case EXCLUSIVE -> new ExclusiveGateway();
            case INCLUSIVE -> new InclusiveGateway();
            case PARALLEL -> new ParallelGateway();
        };
        if (gateway.defaultFlow() != null) {
            compiled.setDefaultFlow(safe(gateway.defaultFlow()));
        }
        return compiled;
    }

    private static FlowNode group(Node.Group group, BpmnModel model) {
        var compiled = new SubProcess();
        if (group.each() != null) {
            var loop = new MultiInstanceLoopCharacteristics();
            loop.setSequential(group.each().sequential());
            // The number of items is ours to say (EachGroups); the engine only asks that something stands here.
            loop.setLoopCardinality(ConditionExpressions.PREFIX + safe(group.id()));
            compiled.setLoopCharacteristics(loop);
        }
        fill(compiled, group.body(), model);
        return compiled;
    }

    private static void attach(FlowElementsContainer container, Node.ErrorBoundary boundary, BpmnModel model) {
        var definition = new ErrorEventDefinition();
        var code = boundary.errorCode();
        if (code != null) {
            if (!SAFE_CODE.matcher(code).matches()) {
                throw new IllegalArgumentException("Error code " + code);
            }
            model.addError(code, code);
            definition.setErrorCode(code);
        }
        var event = new BoundaryEvent();
        event.setId(safe(boundary.id()));
        event.setCancelActivity(true);
        event.setAttachedToRefId(safe(boundary.attachedTo()));
        event.setAttachedToRef((org.flowable.bpmn.model.Activity) container.getFlowElement(boundary.attachedTo()));
        event.addEventDefinition(definition);
        event.getAttachedToRef().getBoundaryEvents().add(event);
        container.addFlowElement(event);
    }

    private static SequenceFlow compile(Flow flow, FlowElementsContainer container) {
        var compiled = new SequenceFlow(safe(flow.source()), safe(flow.target()));
        compiled.setId(safe(flow.id()));
        if (flow.condition() != null) {
            compiled.setConditionExpression(ConditionExpressions.PREFIX + flow.id());
        }
        ((FlowNode) container.getFlowElement(flow.source())).getOutgoingFlows().add(compiled);
        ((FlowNode) container.getFlowElement(flow.target())).getIncomingFlows().add(compiled);
        return compiled;
    }

    private static String safe(String id) {
        if (!SAFE_ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Element id " + id);
        }
        return id;
    }
}
