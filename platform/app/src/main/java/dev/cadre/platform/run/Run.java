package dev.cadre.platform.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a workflow, as the journal has it.
 *
 * @param workflowVersion the published version, null for a run of the draft
 * @param paused whether nothing new begins in it until somebody resumes it
 * @param priority 0 to 9; more goes first where runs wait for each other
 * @param agentId null: runs of an agent alone do not exist yet
 * @param parentRunId the run that called the workflow, null for a run of its own
 * @param path the sequence flows taken, in order; null in lists
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Run(
        RunId id,
        WorkflowId workflowId,
        String workflowName,
        @Nullable Integer workflowVersion,
        int workflowRevision,
        @Nullable String agentId,
        RunStatus status,
        boolean paused,
        int priority,
        TriggeredBy trigger,
        @Nullable Object input,
        @Nullable Object output,
        @Nullable RunError error,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long durationMs,
        Usage usage,
        @Nullable RunId parentRunId,
        @Nullable List<FlowTaken> path) {

    /** What started the run. */
    public record TriggeredBy(String use) {}

    /** Why the run failed, and where. */
    public record RunError(
            String code,
            String message,
            @Nullable String elementId,
            @Nullable String taskId) {}

    /** A sequence flow that a token took. */
    public record FlowTaken(String flowId, Instant at) {}
}
