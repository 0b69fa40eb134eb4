package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.RunPolicy;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles what a process says about all its runs: how long, how many, how urgent. */
final class RunPolicyCompiler {

    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(3_660);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);
    private static final int MOST = 100_000;
    private static final Pattern RATE = Pattern.compile("([0-9]{1,6})/(P\\S+)");

    private final Compilation in;

    RunPolicyCompiler(Compilation in) {
        this.in = in;
    }

    RunPolicy policy(Element process) {
        var id = process.id() == null ? "process" : process.id();
        return new RunPolicy(timeout(process, id), limits(process, id), priority(process, id));
    }

    private @Nullable Duration timeout(Element process, String id) {
        var text = process.firstCadre("timeout").map(it -> it.text().strip()).orElse("");
        if (text.isEmpty()) {
            return null;
        }
        var timeout = in.duration(id, text, Duration.ZERO, LONGEST_TIMEOUT, "The time limit of a run");
        return timeout.isZero() ? null : timeout;
    }

    private RunPolicy.@Nullable Limits limits(Element process, String id) {
        var limits = process.firstCadre("limits");
        if (limits.isEmpty()) {
            return null;
        }
        var concurrency = count(id, "concurrency", limits.get().attribute("concurrency"));
        var rate = limits.get().attribute("rate");
        if (rate == null || rate.isBlank()) {
            if (concurrency == null) {
                problem(id, "cadre:limits says a concurrency, as 5, or a rate, as 100/PT1M.");
                return null;
            }
            return new RunPolicy.Limits(concurrency, null, Duration.ZERO);
        }
        var parts = RATE.matcher(rate.strip());
        if (!parts.matches()) {
            problem(id, "The rate of cadre:limits is a number of runs in a time, as 100/PT1M.");
            return null;
        }
        var window = in.duration(id, parts.group(2), Duration.ZERO, LONGEST_WINDOW, "The time of the rate");
        var many = count(id, "rate", parts.group(1));
        return many == null || window.isZero() ? null : new RunPolicy.Limits(concurrency, many, window);
    }

    private @Nullable Integer count(String id, String what, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            int count = Integer.parseInt(text.strip());
            if (count >= 1 && count <= MOST) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        problem(id, "The " + what + " of cadre:limits is a number from 1 to " + MOST + ".");
        return null;
    }

    private void problem(String id, String message) {
        in.problems.error(id, "invalid-limits", message);
    }

    private int priority(Element process, String id) {
        var text = process.firstCadre("priority").map(it -> it.text().strip()).orElse("");
        if (text.isEmpty()) {
            return RunPolicy.USUAL_PRIORITY;
        }
        if (text.matches("[0-9]")) {
            return Integer.parseInt(text);
        }
        in.problems.error(id, "invalid-priority", "cadre:priority is a number from 0 to 9.");
        return RunPolicy.USUAL_PRIORITY;
    }
}
