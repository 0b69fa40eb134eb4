package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.plugin.StepType;
import dev.cadre.platform.workflow.Node.Delivery;
import dev.cadre.platform.workflow.Node.OnError;
import dev.cadre.platform.workflow.Node.Policy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles what happens when a step fails: retry, timeout, what follows. */
final class PolicyCompiler {

    static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(366);
    private static final Duration LONGEST_BACKOFF = Duration.ofDays(1);
    private static final int MOST_ATTEMPTS = 20;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,10})?");

    private final Compilation in;

    PolicyCompiler(Compilation in) {
        this.in = in;
    }

    Policy policy(Element element, String id, boolean hasBoundary, Optional<StepType> type) {
        var delivery = delivery(element, id);
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
                fallback == null ? null : fallback.value(),
                budget(element, id, type),
                delivery);
    }

    /** What an agent may cost; other steps cost nothing that is counted. */
    private @Nullable BigDecimal budget(Element element, String id, Optional<StepType> type) {
        var budget = element.firstCadre("budget").orElse(null);
        if (budget == null) {
            return null;
        }
        if (type.filter(known -> known.kind() == StepType.Kind.AGENT).isEmpty()) {
            in.problems.warning(
                    id, "budget-without-effect", "Only agents have a budget: cadre:budget has no effect here.");
            return null;
        }
        var currency = budget.attribute("currency");
        if (currency != null && !currency.strip().equals("USD")) {
            in.problems.error(id, "invalid-budget", "The currency of a budget is USD, as the prices of models are.");
        }
        var amount = String.valueOf(budget.attribute("amount")).strip();
        var value = AMOUNT.matcher(amount).matches() ? new BigDecimal(amount) : BigDecimal.ZERO;
        if (value.signum() == 0) {
            in.problems.error(
                    id,
                    "invalid-budget",
                    "The amount of a budget is a number above 0, as 0.50, not \"" + Compilation.clip(amount) + "\".");
        }
        return value;
    }

    private Delivery delivery(Element element, String id) {
        var text = element.firstCadre("delivery").map(it -> it.text().strip()).orElse("at-least-once");
        return switch (text) {
            case "at-least-once" -> Delivery.AT_LEAST_ONCE;
            case "at-most-once" -> Delivery.AT_MOST_ONCE;
            default -> {
                in.problems.error(id, "invalid-delivery", "cadre:delivery must be at-least-once or at-most-once.");
                yield Delivery.AT_LEAST_ONCE;
            }
        };
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
