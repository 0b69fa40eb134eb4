package dev.cadre.platform.workflow;

import dev.cadre.platform.shared.CadreException;
import java.util.List;
import java.util.Map;

/** A workflow has errors and can neither be published nor run. */
public final class WorkflowInvalidException extends CadreException {

    private final List<Problem> problems;

    public WorkflowInvalidException(List<Problem> problems) {
        super(Kind.INVALID, "workflow-invalid", detail(problems));
        this.problems = List.copyOf(problems);
    }

    private static String detail(List<Problem> problems) {
        var errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        var first = errors.isEmpty() ? "" : ": " + errors.getFirst().message();
        return "The workflow has " + errors.size() + (errors.size() == 1 ? " error" : " errors") + first;
    }

    public List<Problem> problems() {
        return problems;
    }

    @Override
    public Map<String, Object> members() {
        return Map.of("problems", problems);
    }
}
