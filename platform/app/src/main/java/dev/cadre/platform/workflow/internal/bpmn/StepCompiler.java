package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Node;
import dev.cadre.platform.workflow.Node.Each;
import dev.cadre.platform.workflow.Node.OnError;
import dev.cadre.platform.workflow.Node.Policy;
import dev.cadre.platform.workflow.Template;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles steps: what they use, what goes in, what happens when they fail, for each of which items. */
final class StepCompiler {

    static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(366);
    private static final Duration LONGEST_BACKOFF = Duration.ofDays(1);
    private static final int MOST_ATTEMPTS = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Set<String> TAKEN = Set.of("trigger", "steps", "run", "vars", "index");

    /** The step that a user task is. */
    private static final String APPROVAL = "approval";

    /** The step that a timer event is. */
    private static final String DELAY = "delay";

    private final Compilation in;

    StepCompiler(Compilation in) {
        this.in = in;
    }

    @Nullable
    Node step(Element element, String id, boolean hasBoundary) {
        var each = each(element, id);
        boolean asks = element.isBpmn("userTask");
        refuseMisplaced(element, id, List.of("wait", asks ? "step" : "approval"));
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
        var type = in.stepType(use);
        checkType(id, use, type);
        var connection = connection(step, id, type);
        var inputs = in.json(id, step);
        if (inputs != null) {
            type.ifPresent(known -> new InputCheck(in.problems, id, known.inputSchema()).check(inputs.document()));
        }
        var policy = policy(element, id, hasBoundary, type);
        Template template = inputs == null ? Compilation.EMPTY : inputs.value();
        return new Node.Step(id, element.label(), use, connection, template, policy, each);
    }

    /** A timer event is the step delay with another face: {@code wait} is a duration, or an expression that gives one. */
    @Nullable
    Node timer(Element element, String id, Element wait) {
        refuseMisplaced(element, id, List.of("step", "approval", "each"));
        var inputs = in.document(id, "wait", Map.of("duration", wait.text().strip()));
        var type = in.stepType(DELAY);
        checkType(id, DELAY, type);
        if (inputs == null) {
            return null;
        }
        type.ifPresent(known -> new InputCheck(in.problems, id, known.inputSchema()).check(inputs.document()));
        return new Node.Step(id, element.label(), DELAY, null, inputs.value(), policy(element, id, false, type), null);
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
        } else if (!in.connectionExists(connection, needed)) {
            in.problems.error(
                    id,
                    "unknown-connection",
                    "There is no connection \"" + Compilation.clip(connection) + "\" of type " + needed
                            + ": create it or choose another.");
        }
        return connection;
    }

    @Nullable
    Each each(Element element, String id) {
        if (element.bpmn("standardLoopCharacteristics").findAny().isPresent()) {
            in.problems.error(
                    id, "loop-not-available", "Standard loops do not run: use for each, or a gateway that leads back.");
        }
        var loop = element.bpmn("multiInstanceLoopCharacteristics").findFirst().orElse(null);
        var each = loop == null ? null : loop.firstCadre("each").orElse(null);
        if (each == null) {
            each = element.firstCadre("each").orElse(null);
        }
        if (loop == null) {
            if (each != null) {
                in.problems.error(id, "each-without-loop", "cadre:each needs multiInstanceLoopCharacteristics.");
            }
            return null;
        }
        for (var child : loop.children()) {
            if (child.isBpmn() && !Dialect.PARTS.contains(child.name())) {
                in.problems.error(
                        id,
                        "loop-not-available",
                        "For each does not know " + child.name() + ": say in cadre:each which list to go through.");
            }
        }
        var list = each == null ? null : each.attribute("in");
        if (each == null || list == null || list.isBlank()) {
            in.problems.error(
                    id, "each-missing", "For each needs <cadre:each in=\"{{ a list }}\" as=\"item\"/>: which list?");
            return null;
        }
        var expression = in.expression(id, list, "The list of for each", "invalid-expression");
        var as = each.attribute("as");
        var name = as == null || as.isBlank() ? "item" : as.strip();
        if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
            in.problems.error(
                    id, "invalid-item-name", "\"" + Compilation.clip(name) + "\" cannot name the item of for each.");
        }
        return expression == null ? null : new Each(expression, name, "true".equals(loop.attribute("isSequential")));
    }

    private Policy policy(Element element, String id, boolean hasBoundary, Optional<StepType> type) {
        refuseUnavailable(element, id);
        var timeout = in.duration(
                id,
                element.firstCadre("timeout").map(Element::text).orElse(null),
                type.filter(known -> known.kind() == StepType.Kind.CORE).isPresent()
                        ? LONGEST_TIMEOUT
                        : DEFAULT_TIMEOUT,
                LONGEST_TIMEOUT,
                "The timeout");
        var fallback = element.firstCadre("default").map(it -> in.json(id, it)).orElse(null);
        var onError = onError(element, id, hasBoundary);
        if (onError == OnError.DEFAULT && element.firstCadre("default").isEmpty()) {
            in.problems.error(
                    id, "default-missing", "onError is default, but there is no cadre:default to continue with.");
        }
        var retry = element.firstCadre("retry").orElse(null);
        int attempts = retry == null ? 1 : (int) number(retry, id, "attempts", 3, 1, MOST_ATTEMPTS);
        double multiplier = retry == null ? 2 : number(retry, id, "multiplier", 2, 1, 100);
        return new Policy(
                attempts,
                backoff(retry, id, "backoff", Duration.ofSeconds(1)),
                multiplier,
                backoff(retry, id, "maxBackoff", Duration.ofMinutes(1)),
                timeout,
                onError,
                fallback == null ? null : fallback.value());
    }

    private void refuseUnavailable(Element element, String id) {
        element.firstCadre("delivery")
                .filter(delivery -> !delivery.text().strip().equals("at-least-once"))
                .ifPresent(delivery -> in.problems.error(
                        id,
                        "delivery-not-available",
                        "cadre:delivery " + Compilation.clip(delivery.text().strip())
                                + " is not available yet: steps run at least once, with an idempotency key."));
        element.firstCadre("budget")
                .ifPresent(budget -> in.problems.error(
                        id, "budget-not-available", "cadre:budget is not available yet: remove it from the step."));
    }

    private OnError onError(Element element, String id, boolean hasBoundary) {
        var text = element.firstCadre("onError").map(it -> it.text().strip().toLowerCase(Locale.ROOT));
        var onError = switch (text.orElse(hasBoundary ? "branch" : "fail")) {
            case "fail" -> OnError.FAIL;
            case "default" -> OnError.DEFAULT;
            case "branch" -> OnError.BRANCH;
            default -> {
                in.problems.error(id, "invalid-on-error", "cadre:onError must be fail, default or branch.");
                yield OnError.FAIL;
            }
        };
        if (onError == OnError.BRANCH && !hasBoundary) {
            in.problems.error(id, "branch-missing", "onError is branch, but no error boundary event is attached.");
        } else if (onError != OnError.BRANCH && hasBoundary) {
            in.problems.warning(
                    id, "branch-never-taken", "The error boundary event is never taken: onError is not branch.");
        }
        return onError;
    }

    private Duration backoff(@Nullable Element retry, String id, String name, Duration otherwise) {
        return retry == null
                ? otherwise
                : in.duration(id, retry.attribute(name), otherwise, LONGEST_BACKOFF, "retry " + name);
    }

    private double number(Element retry, String id, String name, double otherwise, double least, double most) {
        var text = retry.attribute(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= least && value <= most && (!name.equals("attempts") || value == Math.rint(value))) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        in.problems.error(
                id,
                "invalid-retry",
                "retry " + name + " must be a number between " + (int) least + " and " + (int) most + ".");
        return otherwise;
    }
}
