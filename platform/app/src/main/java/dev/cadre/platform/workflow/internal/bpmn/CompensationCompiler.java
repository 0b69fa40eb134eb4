package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Scope;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiles what undoes activities: a compensation boundary event, and the step that an association leads to. */
final class CompensationCompiler {

    private final Compilation in;
    private final StepCompiler steps;

    CompensationCompiler(Compilation in, StepCompiler steps) {
        this.in = in;
        this.steps = steps;
    }

    /** Whether the element is no part of the flow, but of a compensation. */
    static boolean isPart(Element element) {
        return "true".equals(element.attribute("isForCompensation"))
                || element.isBpmn("boundaryEvent") && EventCompiler.isCompensation(element);
    }

    /** Whether this leads from an activity to what undoes it. */
    static boolean isLink(Element element, Map<String, Element> drawn) {
        var target = element.isBpmn("association") ? drawn.get(String.valueOf(element.attribute("targetRef"))) : null;
        return target != null && isPart(target);
    }

    void compile(Element scope, Map<String, Element> drawn, List<Scope.Compensation> into) {
        for (var element : scope.children()) {
            if (element.isBpmn("boundaryEvent") && EventCompiler.isCompensation(element)) {
                var compensation = compensation(scope, element, drawn);
                if (compensation != null) {
                    into.add(compensation);
                }
            } else if (element.isBpmn() && isPart(element)) {
                unused(scope, element);
            }
        }
    }

    private Scope.@Nullable Compensation compensation(Element scope, Element boundary, Map<String, Element> drawn) {
        var id = ScopeCompiler.id(boundary);
        var activity = boundary.attribute("attachedToRef");
        if (activity == null
                || !drawn.containsKey(activity)
                || !Dialect.ACTIVITIES.contains(drawn.get(activity).name())) {
            in.problems.error(
                    id, "boundary-on-non-activity", "A boundary event must be attached to a step or a sub-process.");
            return null;
        }
        var handlers = scope.bpmn("association")
                .filter(association -> id.equals(association.attribute("sourceRef")))
                .map(association -> drawn.get(String.valueOf(association.attribute("targetRef"))))
                .filter(target -> target != null && isPart(target))
                .toList();
        if (handlers.size() != 1) {
            in.problems.error(
                    id,
                    "compensation-handler",
                    "An association must lead from the compensation event to one step that has isForCompensation.");
            return null;
        }
        var handler = handlers.getFirst();
        var handlerId = ScopeCompiler.id(handler);
        if (handler.isBpmn("subProcess") || !Dialect.ACTIVITIES.contains(handler.name())) {
            in.problems.error(
                    handlerId,
                    "compensation-handler",
                    "A compensation is a step, a user task or a call: call another workflow where it takes several.");
            return null;
        }
        var node = handler.isBpmn("callActivity")
                ? steps.call(handler, handlerId, false)
                : steps.step(handler, handlerId, false);
        return node instanceof Node.Step step ? new Scope.Compensation(activity, step) : null;
    }

    private void unused(Element scope, Element handler) {
        var id = ScopeCompiler.id(handler);
        if (scope.bpmn("association").noneMatch(association -> id.equals(association.attribute("targetRef")))) {
            in.problems.error(
                    id,
                    "compensation-handler",
                    "Nothing leads to \"" + handler.label() + "\": draw an association from a compensation event.");
        }
        boolean inFlow = scope.bpmn("sequenceFlow")
                .anyMatch(flow -> id.equals(flow.attribute("sourceRef")) || id.equals(flow.attribute("targetRef")));
        if (inFlow) {
            in.problems.error(id, "compensation-in-flow", "No flow may lead to or from a compensation.");
        }
    }
}
