package dev.cadre.platform.workflow.internal.bpmn;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what other tools left on an element: names it when it has no effect, refuses it when another engine would
 * have executed it, so that nobody believes that it runs.
 */
final class ForeignCheck {

    private static final Set<String> OURS = Set.of(
            "trigger",
            "step",
            "approval",
            "decision",
            "table",
            "wait",
            "output",
            "each",
            "retry",
            "timeout",
            "onError",
            "default",
            "delivery",
            "budget",
            "call",
            "limits",
            "priority",
            "message",
            "webhook",
            "signal",
            "agent");

    private final Problems problems;

    ForeignCheck(Problems problems) {
        this.problems = problems;
    }

    void check(Element element, Element scope) {
        var id = element.id() == null ? scope.id() : element.id();
        attributes(element, id);
        for (var child : element.children()) {
            if (child.isBpmn("extensionElements")) {
                child.children().forEach(extension -> extension(extension, id));
            } else if (child.isBpmn("multiInstanceLoopCharacteristics")) {
                attributes(child, id);
                child.extensions().forEach(extension -> extension(extension, id));
            } else if (child.isBpmn() && child.name().endsWith("EventDefinition")) {
                attributes(child, id);
                child.extensions().forEach(extension -> extension(extension, id));
                if (!Dialect.EVENTS.containsKey(child.name())) {
                    problems.error(id, "unknown-event", "<" + child.name() + "> is not an event of BPMN 2.0.");
                }
            }
        }
    }

    private void attributes(Element element, @Nullable String id) {
        for (var attribute : element.foreign()) {
            var shown = Compilation.clip(attribute.shown());
            if (attribute.namespace().equals(Element.CADRE)) {
                problems.error(id, "unknown-extension", "The attribute " + shown + " is not part of the dialect.");
            } else if (executes(attribute.name())) {
                problems.error(
                        id,
                        "foreign-execution",
                        "The attribute " + shown
                                + " makes another engine execute something; it does not run here. Remove it.");
            } else if (!attribute.namespace().startsWith("http://www.w3.org/")) {
                problems.warning(id, "foreign-attribute", "The attribute " + shown + " is kept and has no effect.");
            }
        }
    }

    private void extension(Element extension, @Nullable String id) {
        var name = Compilation.clip(extension.name());
        if (extension.namespace().equals(Element.CADRE)) {
            if (!OURS.contains(extension.name())) {
                problems.error(id, "unknown-extension", "cadre:" + name + " is not part of the dialect.");
            }
        } else if (executes(extension.name())) {
            problems.error(
                    id,
                    "foreign-execution",
                    "<" + name + "> makes another engine execute something; it does not run here. Remove it.");
        } else {
            problems.warning(id, "foreign-extension", "<" + name + "> of another tool is kept and has no effect.");
        }
    }

    private static boolean executes(String name) {
        return Dialect.EXECUTING.contains(name.toLowerCase(Locale.ROOT));
    }
}
