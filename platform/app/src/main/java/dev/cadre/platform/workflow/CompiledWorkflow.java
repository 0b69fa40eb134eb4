package dev.cadre.platform.workflow;

import java.util.List;

/**
 * What the compiler made of a drawn file.
 *
 * @param definition without the elements that could not be compiled
 * @param problems errors first
 */
public record CompiledWorkflow(WorkflowDefinition definition, List<Problem> problems) {

    /** Whether it may be published and run. */
    public boolean valid() {
        return problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** The definition; refuses one with errors. */
    public WorkflowDefinition orThrow() {
        if (!valid()) {
            throw new WorkflowInvalidException(problems);
        }
        return definition;
    }
}
