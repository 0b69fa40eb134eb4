package dev.cadre.platform.run;

import dev.cadre.platform.shared.OrganizationId;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import java.util.List;

/**
 * A run has moved; published after the commit.
 *
 * @param tasks the tasks that were opened or changed
 */
public record RunMoved(
        OrganizationId organization,
        RunId run,
        WorkflowId workflow,
        RunStatus status,
        boolean started,
        List<TaskMoved> tasks,
        Instant at) {

    /** What became of one task. */
    public record TaskMoved(TaskId task, String elementId, RunStatus status) {}
}
