package dev.cadre.platform.run;

import dev.cadre.platform.shared.RunId;
import dev.cadre.platform.shared.TaskId;
import dev.cadre.platform.shared.WorkflowId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that people are asked by a run, and what became of it.
 *
 * @param id the task's
 * @param assignees e-mail addresses and {@code role:…}; empty means every member
 * @param data what is proposed
 * @param form JSON Schema of what may be filled in or corrected, null when nothing may
 * @param fourEyes whether the person who started the run may not decide
 * @param reminders how often those who may decide have been reminded
 * @param escalated whether those of the escalation may decide as well by now
 * @param canDecide whether the caller may decide it now
 * @param decision null while nobody has decided
 */
public record Approval(
        TaskId id,
        RunId runId,
        WorkflowId workflowId,
        String workflowName,
        String elementId,
        Status status,
        String title,
        @Nullable String description,
        List<String> assignees,
        Map<String, Object> data,
        @Nullable Map<String, Object> form,
        boolean fourEyes,
        Instant askedAt,
        @Nullable Instant dueAt,
        long reminders,
        boolean escalated,
        boolean canDecide,
        @Nullable Decision decision) {

    /** What became of it. */
    public enum Status {
        WAITING,
        APPROVED,
        REJECTED,
        /** Nobody answered in time, or the run ended without it. */
        CLOSED
    }

    /** Who decided what. {@code data} is the proposal with that person's corrections. */
    public record Decision(
            String decision,
            @Nullable String comment,
            Map<String, Object> decidedBy,
            String decidedAt,
            Map<String, Object> data) {}
}
