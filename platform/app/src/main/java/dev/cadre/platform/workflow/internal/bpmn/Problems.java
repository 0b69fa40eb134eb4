package dev.cadre.platform.workflow.internal.bpmn;

import dev.cadre.platform.workflow.Problem;
import dev.cadre.platform.workflow.Problem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects problems, each once, errors first; a file of nothing but problems stays readable. */
final class Problems {

    private static final int MAX = 500;

    private final Set<Problem> found = new LinkedHashSet<>();

    void error(@Nullable String elementId, String code, String message) {
        add(problem(elementId, Severity.ERROR, code, message));
    }

    void warning(@Nullable String elementId, String code, String message) {
        add(problem(elementId, Severity.WARNING, code, message));
    }

    private static Problem problem(@Nullable String elementId, Severity severity, String code, String message) {
        return new Problem(elementId == null ? null : Lowered.drawn(elementId), severity, code, message);
    }

    private void add(Problem problem) {
        if (found.size() < MAX || problem.severity() == Severity.ERROR && found.size() < 2 * MAX) {
            found.add(problem);
        }
    }

    List<Problem> list() {
        var sorted = new ArrayList<Problem>(found);
        sorted.sort((a, b) -> a.severity().compareTo(b.severity()));
        return List.copyOf(sorted);
    }
}
