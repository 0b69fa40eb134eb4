package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.decision.DecisionStep;
import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Node.Each;
import dev.cadre.platform.workflow.Node.Step;
import dev.cadre.platform.workflow.Template;
import dev.cadre.platform.workflow.internal.expression.Compiled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles steps: what they use, what goes in, what happens when they fail, for each of which items. */
final class StepCompiler {

    /** The step that a user task is. */
    private static final String APPROVAL = "approval";

    /** The steps that events are. */
    static final String DELAY = "delay";

    static final String MESSAGE = "message";
    static final String SIGNAL = "signal";
    static final String MESSAGE_SEND = "message-send";
    static final String SIGNAL_SEND = "signal-send";

    /** The step that a call activity is. */
    private static final String CALL = "call";

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,4}");

    private final Compilation in;
    private final EachCompiler loops;
    private final PolicyCompiler policies;

    StepCompiler(Compilation in) {
        this.in = in;
        this.loops = new EachCompiler(in);
        this.policies = new PolicyCompiler(in);
    }

    @Nullable
    Each each(Element element, String id) {
        return loops.each(element, id);
    }

    @Nullable
    Node step(Element element, String id, boolean hasBoundary) {
        if (element.isBpmn("businessRuleTask")) {
            return decision(element, id, hasBoundary);
        }
        var each = each(element, id);
        boolean asks = element.isBpmn("userTask");
        refuseMisplaced(element, id, List.of("wait", "agent", "decision", "table", asks ? "step" : "approval"));
        var steps = element.cadre(asks ? "approval" : "step").toList();
        if (steps.size() != 1) {
            var nothing = asks
                    ? "\" asks nothing yet: fill in cadre:approval."
                    : "\" does nothing yet: choose a step for it.";
            var several = asks
                    ? "\" has several cadre:approval; it can ask once."
                    : "\" has several cadre:step; it can do one.";
            in.problems.error(
                    id,
                    steps.isEmpty() ? "step-missing" : "several-steps",
                    "\"" + element.label() + (steps.isEmpty() ? nothing : several));
            return null;
        }
        var step = steps.getFirst();
        var use = asks ? APPROVAL : step.attribute("use");
        if (use == null || use.isBlank()) {
            in.problems.error(
                    id, "step-missing", "\"" + element.label() + "\" does nothing yet: choose a step for it.");
            return null;
        }
        if (use.equals(DecisionStep.ID)) {
            in.problems.error(id, "extension-misplaced", "A decision table belongs on a <businessRuleTask>.");
            return null;
        }
        var type = in.stepType(use);
        checkType(id, use, type);
        var connection = connection(step, id, type);
        var inputs = in.json(id, step);
        if (inputs != null) {
            type.ifPresent(known -> new InputCheck(in.problems, id, known.inputSchema()).check(inputs.document()));
        }
        var policy = policies.policy(element, id, hasBoundary, type);
        Template template = inputs == null ? Compilation.EMPTY : inputs.value();
        return new Node.Step(id, element.label(), use, connection, template, policy, each);
    }

    /** A business rule task is the step decision-table; its table is read here, once. */
    private @Nullable Node decision(Element element, String id, boolean hasBoundary) {
        refuseMisplaced(element, id, List.of("wait", "step", "approval", "call"));
        var each = each(element, id);
        var type = in.stepType(DecisionStep.ID);
        checkType(id, DecisionStep.ID, type);
        var inputs = new DecisionCompiler(in).inputs(element, id, type);
        var policy = policies.policy(element, id, hasBoundary, type);
        return inputs == null ? null : new Node.Step(id, element.label(), DecisionStep.ID, null, inputs, policy, each);
    }

    /** An event is a step of the hub with another face: {@code inputs} are what the extension and the file say. */
    @Nullable
    Step event(Element element, String id, String use, String extension, Map<String, Object> inputs) {
        refuseMisplaced(element, id, List.of("step", "approval", "call", "agent", "decision", "table"));
        var compiled = in.document(id, extension, inputs);
        var type = in.stepType(use);
        checkType(id, use, type);
        if (compiled == null) {
            return null;
        }
        type.ifPresent(known -> new InputCheck(in.problems, id, known.inputSchema()).check(compiled.document()));
        var each = element.isBpmn("receiveTask") ? each(element, id) : null;
        return new Step(
                id, element.label(), use, null, compiled.value(), policies.policy(element, id, false, type), each);
    }

    /** A call activity: another workflow of the organization, with the text of the extension as its input. */
    @Nullable
    Node call(Element element, String id, boolean hasBoundary) {
        refuseMisplaced(element, id, List.of("step", "approval", "wait", "agent", "decision", "table"));
        var each = each(element, id);
        var calls = element.cadre("call").toList();
        var workflow = calls.isEmpty() ? null : calls.getFirst().attribute("workflow");
        if (calls.size() != 1 || workflow == null || workflow.isBlank()) {
            in.problems.error(
                    id,
                    "call-missing",
                    "\"" + element.label() + "\" calls nothing yet: choose a workflow in cadre:call.");
            return null;
        }
        if (!in.references().workflowExists(workflow.strip())) {
            in.problems.error(
                    id, "unknown-workflow", "There is no workflow \"" + Compilation.clip(workflow) + "\" to call.");
        }
        var input = in.json(id, calls.getFirst());
        var inputs = new LinkedHashMap<String, Object>();
        inputs.put("workflow", workflow.strip());
        inputs.put("version", version(id, calls.getFirst().attribute("version")));
        if (input != null && input.document() != null) {
            inputs.put("input", input.document());
        }
        var compiled = input == null ? null : Compiled.template(inputs);
        var type = in.stepType(CALL);
        checkType(id, CALL, type);
        return compiled == null
                ? null
                : new Step(
                        id,
                        element.label(),
                        CALL,
                        null,
                        compiled.value(),
                        policies.policy(element, id, hasBoundary, type),
                        each);
    }

    /** The agent of an ad-hoc sub-process; its tools are what is drawn inside. */
    @Nullable
    Step agent(Element element, String id, boolean hasBoundary) {
        refuseMisplaced(element, id, List.of("step", "approval", "wait", "call"));
        var agents = element.cadre("agent").toList();
        var use = agents.isEmpty() ? null : agents.getFirst().attribute("use");
        if (agents.size() != 1 || use == null || use.isBlank()) {
            in.problems.error(
                    id,
                    "agent-missing",
                    "\"" + element.label() + "\" has no agent yet: choose one in cadre:agent, as use=\"agent\".");
            return null;
        }
        var type = in.stepType(use.strip());
        checkType(id, use, type);
        if (type.isPresent() && type.get().kind() != StepType.Kind.AGENT) {
            in.problems.error(id, "not-an-agent", "\"" + Compilation.clip(use) + "\" is no agent: choose one.");
        }
        var inputs = in.json(id, agents.getFirst());
        if (inputs != null) {
            type.ifPresent(known -> new InputCheck(in.problems, id, known.inputSchema()).check(inputs.document()));
            if (inputs.document() instanceof Map<?, ?> map && map.get("tools") != null) {
                in.problems.error(
                        id,
                        "tools-inside",
                        "The tools of this agent are the activities inside it: remove its \"tools\".");
            }
        }
        var policy = policies.policy(element, id, hasBoundary, type);
        Template template = inputs == null ? Compilation.EMPTY : inputs.value();
        return new Step(Lowered.turn(id), element.label(), use.strip(), null, template, policy, null);
    }

    private String version(String id, @Nullable String text) {
        var version = text == null || text.isBlank() ? "published" : text.strip();
        if (!version.equals("published") && !WHOLE.matcher(version).matches()) {
            in.problems.error(
                    id, "invalid-version", "The version of a call is \"published\" or the number of a version.");
        }
        return version;
    }

    private void refuseMisplaced(Element element, String id, List<String> extensions) {
        for (var extension : extensions) {
            if (element.firstCadre(extension).isPresent()) {
                in.problems.error(
                        id,
                        "extension-misplaced",
                        "cadre:" + extension + " does not belong on a <" + element.name() + ">.");
            }
        }
    }

    private void checkType(String id, String use, Optional<StepType> type) {
        if (type.isEmpty()) {
            in.problems.error(
                    id,
                    "unknown-step-type",
                    "No enabled plugin offers the step \"" + Compilation.clip(use)
                            + "\": install or enable its plugin, or choose another step.");
        } else if (type.get().kind() == StepType.Kind.TRIGGER) {
            in.problems.error(id, "trigger-as-step", "\"" + use + "\" starts workflows; it belongs on a start event.");
        }
    }

    private @Nullable String connection(Element step, String id, Optional<StepType> type) {
        var given = step.attribute("connection");
        var connection = given == null || given.isBlank() ? null : given.strip();
        var needed = type.map(StepType::connectionType).orElse(null);
        if (needed == null) {
            return connection;
        }
        if (connection == null) {
            in.problems.error(
                    id, "connection-missing", "The step needs a connection of type " + needed + ": choose one.");
        } else if (!in.references().connectionExists(connection, needed)) {
            in.problems.error(
                    id,
                    "unknown-connection",
                    "There is no connection \"" + Compilation.clip(connection) + "\" of type " + needed
                            + ": create it or choose another.");
        }
        return connection;
    }
}
