package dev.cadre.platform.workflow.internal.bpmn;

import java.util.Map;
import java.util.Set;

/** What the dialect knows of BPMN: what runs, what is kept without running, what is refused by name. */
final class Dialect {

    static final Set<String> STEPS = Set.of("serviceTask", "sendTask", "task");

    static final Set<String> ACTIVITIES = Set.of(
            "serviceTask",
            "sendTask",
            "task",
            "userTask",
            "receiveTask",
            "businessRuleTask",
            "callActivity",
            "subProcess",
            "adHocSubProcess");

    /** Everything that has a meaning for a run, flows apart. */
    static final Set<String> RUN = Set.of(
            "startEvent",
            "endEvent",
            "intermediateCatchEvent",
            "intermediateThrowEvent",
            "boundaryEvent",
            "serviceTask",
            "sendTask",
            "task",
            "userTask",
            "receiveTask",
            "businessRuleTask",
            "callActivity",
            "subProcess",
            "adHocSubProcess",
            "exclusiveGateway",
            "inclusiveGateway",
            "parallelGateway",
            "eventBasedGateway");

    /** Part of other elements, or of the drawing; nothing to warn about. */
    static final Set<String> PARTS = Set.of(
            "documentation",
            "extensionElements",
            "incoming",
            "outgoing",
            "conditionExpression",
            "multiInstanceLoopCharacteristics",
            "standardLoopCharacteristics");

    /** Kept in the file, without a meaning for a run. */
    static final Set<String> KEPT = Set.of(
            "laneSet",
            "textAnnotation",
            "association",
            "group",
            "dataObject",
            "dataObjectReference",
            "dataStoreReference",
            "property",
            "ioSpecification",
            "dataInput",
            "dataOutput",
            "inputSet",
            "outputSet",
            "dataInputAssociation",
            "dataOutputAssociation",
            "auditing",
            "monitoring",
            "supportedInterfaceRef",
            "correlationSubscription",
            "resourceRole",
            "performer",
            "humanPerformer",
            "potentialOwner",
            "completionCondition");

    /** Elements of BPMN that do not run, with what to draw in their place. */
    static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("manualTask", "Manual tasks do not run: use a step, or remove it."),
            Map.entry("scriptTask", "Script tasks are refused: use the step transform with expressions instead."),
            Map.entry("transaction", "Transaction sub-processes do not run: use a plain sub-process."),
            Map.entry("complexGateway", "Complex gateways do not run: use an inclusive gateway instead."),
            Map.entry("implicitThrowEvent", "An event must be intermediateThrowEvent or intermediateCatchEvent."),
            Map.entry("subChoreography", "Choreographies do not run."),
            Map.entry("choreographyTask", "Choreographies do not run."),
            Map.entry("callChoreography", "Choreographies do not run."),
            Map.entry("subConversation", "Conversations do not run."));

    /** Event definitions by what people call them. */
    static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("timerEventDefinition", "timer"),
            Map.entry("messageEventDefinition", "message"),
            Map.entry("signalEventDefinition", "signal"),
            Map.entry("errorEventDefinition", "error"),
            Map.entry("escalationEventDefinition", "escalation"),
            Map.entry("conditionalEventDefinition", "conditional"),
            Map.entry("compensateEventDefinition", "compensation"),
            Map.entry("cancelEventDefinition", "cancel"),
            Map.entry("terminateEventDefinition", "terminate"),
            Map.entry("linkEventDefinition", "link"),
            Map.entry("eventDefinitionRef", "shared event"));

    /** Names that make other engines execute something. */
    static final Set<String> EXECUTING = Set.of(
            "class",
            "delegateexpression",
            "expression",
            "skipexpression",
            "type",
            "topic",
            "script",
            "scriptformat",
            "resource",
            "decisionref",
            "formkey",
            "executionlistener",
            "executionlisteners",
            "tasklistener",
            "tasklisteners",
            "eventlistener",
            "connector",
            "taskdefinition",
            "iomapping",
            "inputoutput",
            "calledelement",
            "calleddecision",
            "subscription",
            "field",
            "mapexception",
            "failedjobretrytimecycle",
            "adhoc");

    private Dialect() {}
}
